"""The language of the documents: sentences by gettext catalogues, numbers and dates as the language writes them.

Every text that a document prints goes through :func:`gettext`, whole, with names for what is put into it; a catalogue has the sentence in its own
words and order. One whose words depend on a count goes through :func:`ngettext`: a language has as many forms of it as its plural has. What is a
constant of a module is marked by :func:`marked` or :func:`nmarked` and goes through the same functions where it is printed. Pure code may use them
all: which language is spoken is decided, and its catalogue read, by whoever makes the documents (:func:`spoken`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, TypeVar

ENGLISH = "en"
#: A day as ISO 8601 has it: the pattern of English, and of a language whose own is not known.
ISO_DATE = "yyyy-MM-dd"
Sentence = TypeVar("Sentence", bound=str)


def one_or_many(count: int) -> int:
    """Return which form a count takes in English, and in many languages: the first for one, the second for any other."""
    return int(count != 1)


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language by its code: its sentences by the English ones, and how it writes numbers and dates (a pattern of Unicode's LDML).

    ``plurals`` has the forms of counted sentences by the English one for a count of 1, and ``plural_form`` says which of them a count takes.
    """

    code: str = ENGLISH
    sentences: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural_form: Callable[[int], int] = one_or_many
    decimal_mark: str = "."
    date_pattern: str = ISO_DATE


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
    """Return a number, as Python formats it, with the decimal mark of the language that is spoken.

    Where that is a comma, thousands stand apart, and so does the sign of per cent.
    """
    mark = current().decimal_mark
    return number if mark == "." else number.replace(",", "\u202f").replace(".", mark).replace("%", "\u202f%")


def gettext(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken, with ``values`` put where it names them in braces.

    One that the catalogue has not is left as it is: what a person, a plugin or an old record says has no translation.
    """
    return filled(current().sentences.get(sentence, sentence), values)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return what is said of ``count`` things, in the form that the language has for this count; ``one`` and ``many`` are the English ones.

    The count is put into it like any other value, by the name that both have for it: as text, in the way that the document writes counts.
    """
    forms = current().plurals.get(one)
    return filled(forms[current().plural_form(count)] if forms else (one, many)[one_or_many(count)], values)


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with values where it names them; without any it is no pattern, and may have braces of its own."""
    return _FORMATTER.vformat(sentence, (), values) if values else sentence


def marked(sentence: Sentence) -> Sentence:
    """Return a sentence as it is, for catalogues to have: a constant, translated where it is printed."""
    return sentence


def nmarked(one: Sentence, many: Sentence) -> tuple[Sentence, Sentence]:
    """Return both forms of a counted sentence as they are, for catalogues to have: constants, for :func:`ngettext` where they are printed."""
    return one, many
