"""The language of the documents: sentences by gettext catalogues, numbers and dates as the language writes them.

Every text that a document prints goes through :func:`gettext`, whole, with names for what is put into it; a catalogue has the sentence in its own
words and order. What is a constant of a module is marked by :func:`marked` and goes through :func:`gettext` where it is printed. Pure code may use
both: which language is spoken is decided, and its catalogue read, by whoever makes the documents (:func:`spoken`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, TypeVar

ENGLISH = "en"
Sentence = TypeVar("Sentence", bound=str)


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language by its code: its sentences by the English ones, and how it writes numbers and dates (a pattern of Unicode's LDML)."""

    code: str = ENGLISH
    sentences: Mapping[str, str] = field(default_factory=dict)
    decimal_mark: str = "."
    date_pattern: str = "yyyy-MM-dd"


_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=Language())  # noqa: B039


def current() -> Language:
    """Return the language that is spoken."""
    return _SPOKEN.get()


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak a language for everything that is made inside."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


class _Numbers(Formatter):
    """Puts values into a sentence; a number that is formatted there has the decimal mark of the language."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Return one value as text."""
        formatted = super().format_field(value, format_spec)
        return localised(formatted) if format_spec and isinstance(value, float | int) else formatted


_FORMATTER = _Numbers()


def localised(number: str) -> str:
    """Return a number, as Python formats it, with the decimal mark of the language that is spoken; where that is a comma, thousands stand apart."""
    mark = current().decimal_mark
    return number if mark == "." else number.replace(",", "\u202f").replace(".", mark)


def gettext(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken, with ``values`` put where it names them in braces.

    One that the catalogue has not is left as it is: what a person, a plugin or an old record says has no translation.
    """
    found = current().sentences.get(sentence, sentence)
    return _FORMATTER.vformat(found, (), values) if values else found


def marked(sentence: Sentence) -> Sentence:
    """Return a sentence as it is, for catalogues to have: a constant, translated where it is printed."""
    return sentence
