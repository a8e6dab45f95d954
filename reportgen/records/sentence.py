"""A sentence as a record holds it: which one, and what is put into it. It is put into words where it is printed, in the language of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import ModelWrapValidatorHandler, SerializationInfo, model_serializer, model_validator

from reportgen.errors import WordedError
from reportgen.language import gettext
from reportgen.records.base import Record

Value: TypeAlias = "str | int | float | Sentence"
# What is put in may be a whole sentence itself; the full stop of the one around it is enough.
TWO_STOPS = re.compile(r"(?<!\.)\.\.$")
IN_WORDS = {"in words": True}


class Sentence(Record):
    """The English sentence with names in braces, as code marks it, and the values by these names; one may be a sentence too.

    A text that has no values, such as a message of another program or whatever an older record says, is written and read as that text.
    """

    sentence: str
    values: Mapping[str, Value] = {}

    @classmethod
    def of(cls, said: object) -> Sentence:
        """Return what an error of this program's own says, or any other thing in words, as a record can hold it."""
        if isinstance(said, Sentence):
            return said
        if isinstance(said, WordedError):
            return made(said.sentence, **said.values)
        return cls(sentence=str(said))

    @model_validator(mode="wrap")
    @classmethod
    def read(cls, data: Any, handler: ModelWrapValidatorHandler[Sentence]) -> Sentence:
        """Take a text for a sentence without values."""
        return handler({"sentence": data} if isinstance(data, str) else data)

    @model_serializer(mode="plain")
    def write(self, info: SerializationInfo) -> Any:
        """Return a sentence without values as its text, and any other too where words are asked for (:func:`json_in_words`)."""
        if info.context == IN_WORDS:
            return str(self)
        return self.facts() if self.values else self.sentence

    def facts(self) -> dict[str, object]:
        """Return the sentence and its values as JSON has them: inside another, a sentence without values is told from a plain text."""
        values = {name: value.facts() if isinstance(value, Sentence) else value for name, value in self.values.items()}
        return {"sentence": self.sentence, "values": values}

    def __str__(self) -> str:
        """Return the sentence in the language that is spoken."""
        return TWO_STOPS.sub(".", gettext(self.sentence, **self.values))

    def __bool__(self) -> bool:
        """Say whether there is anything that it says."""
        return bool(self.sentence)

    def __hash__(self) -> int:
        """Return a hash: mappings have none, and sentences are counted once."""
        return hash((self.sentence, *self.values))

    @property
    def clause(self) -> str:
        """The sentence as it stands inside another, without its full stop."""
        return str(self).rstrip(".")


NOTHING = Sentence(sentence="")


def made(sentence: str, /, **values: object) -> Sentence:
    """Return a sentence with values: numbers and sentences stay what they are, and anything else is its text."""
    return Sentence(sentence=sentence, values=dict(recordable(values)))


def in_a_row(said: Iterable[Sentence], between: str = " ") -> Sentence:
    """Return sentences one after the other as one; a single one stays what it is."""
    each = {f"sentence{number}": one for number, one in enumerate(said)}
    return each["sentence0"] if len(each) == 1 else made(between.join(f"{{{name}}}" for name in each), **each)


def recordable(values: Mapping[str, object]) -> Iterator[tuple[str, Value]]:
    """Yield values as a record can hold them."""
    for name, value in values.items():
        if isinstance(value, Sentence | WordedError):
            yield name, Sentence.of(value)
        else:
            yield name, value if isinstance(value, str | int | float) else str(value)


def json_in_words(record: Record) -> str:
    """Return a record as JSON for its readers: indented, each sentence a text in the language that is spoken."""
    return record.model_dump_json(indent=1, context=IN_WORDS)
