"""What a catalogue must hold: every sentence that code, templates and the facts of the slides mark, with the places that mark it.

``python -m reportgen.languages.extract CODE`` brings ``CODE.po`` up to date: new sentences are added without translation, those that are gone are
taken out, and what is translated stays. A new language begins with the same command.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from reportgen.languages import FOLDER
from reportgen.report.locate import templates_folder

PACKAGE = Path(__file__).parents[1]
#: What marks a sentence, and how many of its first arguments are one: two where it is counted, the English singular and plural.
IN_CODE = {"gettext": 1, "marked": 1, "ngettext": 2, "nmarked": 2}
IN_TEMPLATES = "_"
#: A sentence of a catalogue: itself alone, or with its plural.
Message = tuple[str, ...]
#: A file of facts whose texts are sentences too, and what in a table of it is one.
FACTS, IN_FACTS = "background.toml", ("name", "text")
WIDTH = 120  # of a line of a catalogue, in characters


def sentences() -> dict[str, tuple[str, ...]]:
    """Return every marked sentence, both forms of a counted one, with the files that mark it."""
    return {sentence: places for message, places in messages().items() for sentence in message}


def messages() -> dict[Message, tuple[str, ...]]:
    """Return everything that a catalogue must hold, with the files that mark it, in the order of their names."""
    found: dict[Message, list[str]] = {}
    for folder, pattern, marked_in in ((PACKAGE, "*.py", in_code), (PACKAGE, FACTS, in_facts), (templates_folder(), "*.j2", in_template)):
        for path in sorted(folder.rglob(pattern)):
            name = path.relative_to(folder).as_posix()
            for message in marked_in(path):
                places = found.setdefault(message, [])
                if name not in places:
                    places.append(name)
    return {message: tuple(places) for message, places in found.items()}


def in_code(path: Path) -> Iterator[Message]:
    """Yield what a module marks. Babel's own reader passes over a sentence that stands inside of another's values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IN_CODE:
            wanted = IN_CODE[node.func.id]
            said = [one.value for one in node.args[:wanted] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(said) == wanted:
                yield tuple(said)


def in_facts(path: Path) -> Iterator[Message]:
    """Yield the texts of a file of facts, with what they are facts of."""
    for text in texts_of(tomllib.loads(path.read_text(encoding="utf-8"))):
        yield (text,)


def texts_of(part: object) -> Iterator[str]:
    """Yield the texts of a part of such a file."""
    if isinstance(part, list):
        for one in part:
            yield from texts_of(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in IN_FACTS:
                yield str(value)
            else:
                yield from texts_of(value)


def in_template(path: Path) -> Iterator[Message]:
    """Yield what a template marks."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for _line, message, _comments, _context in extract_from_file("jinja2.ext:babel_extract", path, keywords={IN_TEMPLATES: None}, options=options):
        yield (message if isinstance(message, str) else message[0],)


def placeholders(sentence: str) -> set[str]:
    """Return the names in braces of a sentence, with how a value is to be formatted."""
    return {f"{name}!{conversion}:{form}" for _text, name, form, conversion in Formatter().parse(sentence) if name is not None}


def updated(code: str, translated: Mapping[Message, str | tuple[str, ...]]) -> Catalog:
    """Return a catalogue of all sentences, with these translations: a counted sentence has one for each form of the language's plural."""
    catalogue = Catalog(locale=code, project="reportgen", charset="utf-8", fuzzy=False)
    for message, places in messages().items():
        counted = len(message) > 1
        empty = ("",) * catalogue.num_plurals if counted else ""
        catalogue.add(message if counted else message[0], translated.get(message, empty), locations=[(place, 0) for place in places])
    return catalogue


def read(code: str) -> dict[Message, str | tuple[str, ...]]:
    """Return what the catalogue of a language has, by its sentences; nothing where there is none yet."""
    path = FOLDER / f"{code}.po"
    if not path.is_file():
        return {}
    found: dict[Message, str | tuple[str, ...]] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=code, abort_invalid=True):
            if isinstance(message.id, str) and message.id:
                found[message.id,] = str(message.string)
            elif message.id:
                found[tuple(message.id)] = tuple(message.string or ())
    return found


def update(code: str) -> Path:
    """Bring the catalogue of a language up to date, or begin one, and return its path."""
    path = FOLDER / f"{code}.po"
    catalogue = updated(code, read(code))
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same sentences are the same bytes
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, sort_output=False)
    return path


if __name__ == "__main__":
    for language in sys.argv[1:]:
        print(update(language))
