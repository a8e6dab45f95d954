"""Where every section of the report comes from: the program, from the results, or the author, from a file; each with its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.language import gettext, marked
from reportgen.report.format import DASH
from reportgen.report.prose import AUTHORS
from reportgen.report.sections.arrangement import Arrangement, is_written
from reportgen.report.sections.elements import Cell, Heading, Register, Table, code, head, words
from reportgen.report.sections.outline import MAIN

if TYPE_CHECKING:
    from reportgen.config import Config

GENERATED, AUTHOR, MISSING = marked("generated"), marked("author"), marked("not provided")
RESULTS = "results.json"


def provenance(headings: Mapping[str, Heading], arranged: Arrangement, config: Config, results_json: bytes, register: Register) -> Table:
    """Make the table: a row for each main section and each text of the author's, with the SHA-256 of what it was made from."""
    files = {key: str(getattr(config.prose, key)) for key in AUTHORS} | {own.key: own.file for own in arranged.own.values()}
    generated = hashlib.sha256(results_json).hexdigest()
    rows = []
    for key, heading in headings.items():
        if key in files:
            rows += list(text_rows(key, heading, files[key], config.folder, generated))
        elif heading.level == MAIN:
            rows.append(row(heading, GENERATED, RESULTS, generated))
        if key == "references" and (config.prose_file("references")).is_file():
            rows.append(row(heading, AUTHOR, config.prose.references, digest(config.prose_file("references"))))
    return register.table(
        "provenance",
        gettext("Provenance of the sections"),
        gettext(
            "What each section was made from, and the SHA-256 digest of that file. The program never writes "
            "what is marked as the author's, and the author's files change nothing that is marked as generated."
        ),
        [[head(gettext("Section")), head(gettext("Origin")), head(gettext("Made from")), head(gettext("SHA-256"))]],
        rows,
        style="small digests",
        divided=True,
    )


def text_rows(key: str, heading: Heading, file: str, folder: Path, generated: str) -> Iterator[list[Cell]]:
    """Yield the row of a section that is the author's to write; the introduction has a generated one to fall back on."""
    if is_written(folder / file):
        yield row(heading, AUTHOR, file, digest(folder / file))
    elif key == "introduction":
        yield row(heading, GENERATED, RESULTS, generated)
    else:
        yield row(heading, MISSING, DASH, DASH)


def row(heading: Heading, origin: str, source: str, sha256: str) -> list[Cell]:
    """Return the cells of a section."""
    return [head(f"{heading.number} {heading.title}"), words(gettext(origin)), words(source), code(sha256)]


def digest(path: Path) -> str:
    """Return the SHA-256 digest of a file, as ``sha256sum`` prints it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
