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
IN_CODE = ("gettext", "marked")
IN_TEMPLATES = "_"
#: A file of facts whose texts are sentences too, and what in a table of it is one.
FACTS, IN_FACTS = "background.toml", ("name", "text")
WIDTH = 120  # of a line of a catalogue, in characters


def sentences() -> dict[str, tuple[str, ...]]:
    """Return every marked sentence with the files that mark it, in the order of their names."""
    found: dict[str, list[str]] = {}
    for folder, pattern, marked_in in ((PACKAGE, "*.py", in_code), (PACKAGE, FACTS, in_facts), (templates_folder(), "*.j2", in_template)):
        for path in sorted(folder.rglob(pattern)):
            name = path.relative_to(folder).as_posix()
            for sentence in marked_in(path):
                places = found.setdefault(sentence, [])
                if name not in places:
                    places.append(name)
    return {sentence: tuple(places) for sentence, places in found.items()}


def in_code(path: Path) -> Iterator[str]:
    """Yield what a module marks. Babel's own reader passes over a sentence that stands inside of another's values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IN_CODE and node.args:
            sentence = node.args[0]
            if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                yield sentence.value


def in_facts(path: Path) -> Iterator[str]:
    """Yield the texts of a file of facts, with what they are facts of."""
    yield from texts_of(tomllib.loads(path.read_text(encoding="utf-8")))


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


def in_template(path: Path) -> Iterator[str]:
    """Yield what a template marks."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for _line, message, _comments, _context in extract_from_file("jinja2.ext:babel_extract", path, keywords={IN_TEMPLATES: None}, options=options):
        yield message if isinstance(message, str) else message[0]


def placeholders(sentence: str) -> set[str]:
    """Return the names in braces of a sentence, with how a value is to be formatted."""
    return {f"{name}!{conversion}:{form}" for _text, name, form, conversion in Formatter().parse(sentence) if name is not None}


def updated(code: str, translated: Mapping[str, str]) -> Catalog:
    """Return a catalogue of all sentences, with these translations."""
    catalogue = Catalog(locale=code, project="reportgen", charset="utf-8", fuzzy=False)
    for sentence, places in sentences().items():
        catalogue.add(sentence, translated.get(sentence, ""), locations=[(place, 0) for place in places])
    return catalogue


def update(code: str) -> Path:
    """Bring the catalogue of a language up to date, or begin one, and return its path."""
    path = FOLDER / f"{code}.po"
    known: dict[str, str] = {}
    if path.is_file():
        with path.open("rb") as file:
            known = {str(message.id): str(message.string) for message in read_po(file, locale=code) if message.id}
    catalogue = updated(code, known)
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same sentences are the same bytes
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, sort_output=False)
    return path


if __name__ == "__main__":
    for language in sys.argv[1:]:
        print(update(language))
