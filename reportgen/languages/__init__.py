"""The languages that documents are written in: English, and a catalogue (NAME.po, as gettext has them) in this folder for every other."""

from __future__ import annotations

from dataclasses import replace
from gettext import c2py
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.language import ENGLISH, Language

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


def find(code: str) -> Language:
    """Return a language by its code. Raises :class:`ReportgenError` for one that is not there, or whose catalogue cannot be read.

    What the catalogue has not is said in English; numbers, dates and plurals are those of Babel's locale of this code, where it knows it.
    """
    if code == ENGLISH:
        return Language()
    if code not in names():
        raise ReportgenError(f"There is no language {code!r}. Languages: {', '.join(names())}.")
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    path = FOLDER / f"{code}.po"
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code, abort_invalid=True)
        plural_form = c2py(catalogue.plural_expr)
    except (OSError, ValueError, PoFileError) as error:
        raise ReportgenError(f"{path} cannot be read as a catalogue of gettext: {error}.") from error
    made = [(message.id, message.string) for message in catalogue if message.id and not message.fuzzy]
    language = Language(
        code=code,
        sentences={sentence: said for sentence, said in made if isinstance(sentence, str) and isinstance(said, str) and said},
        plurals={said[0]: tuple(forms) for said, forms in made if isinstance(forms, list | tuple) and all(forms)},
        plural_form=plural_form,
    )
    try:
        locale = Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        # Babel does not know how it writes numbers and dates: they stay as in English.
        return language
    return replace(language, decimal_mark=locale.number_symbols["latn"]["decimal"], date_pattern=locale.date_formats["medium"].pattern)
