"""Finding report.toml and reading it as TOML, with errors that name the file, the line and the column."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.errors import ReportgenError

FILE_NAME = "report.toml"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A configuration as it was written. ``path`` is ``None`` where there is no file, and everything has its default."""

    folder: Path
    path: Path | None = None
    text: str = ""
    data: dict[str, object] = field(default_factory=dict)


def read_document(path: Path | None) -> Document:
    """Read ``path``: a file, or a folder with a report.toml in it. ``None`` means the current folder, in which the file may be absent.

    Raises :class:`ReportgenError` for a file that is missing, unreadable, not UTF-8 or not TOML.
    """
    file = Path(FILE_NAME) if path is None else path / FILE_NAME if path.is_dir() else path
    folder = file.absolute().parent
    if path is None and not file.exists():
        return Document(folder=folder)
    text, data = read_toml(file)
    return Document(folder=folder, path=file, text=text, data=data)


def read_toml(file: Path) -> tuple[str, dict[str, object]]:
    """Return a file's text and what it says; raises :class:`ReportgenError` where it is missing, unreadable, not UTF-8 or not TOML."""
    text = _text(file)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReportgenError(_syntax(file, text, str(error))) from error
    except RecursionError as error:
        raise ReportgenError(f"{file}: values are nested too deeply. Write them as docs/configuration.md shows them.") from error


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise ReportgenError(f"{file}: there is no such file. `python -m reportgen init` writes a report.toml to start from.") from error
    except OSError as error:
        raise ReportgenError(f"{file} cannot be read: {error.strerror or error}.") from error
    try:
        # A byte-order mark, as some editors write it, is not part of the text.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReportgenError(f"{file}, line {line}: the file is not UTF-8 text. Save it with the encoding UTF-8.") from error


def _syntax(file: Path, text: str, message: str) -> str:
    """Return the parser's complaint with its position in the form that all other messages have."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:
        return f"{file}: this is not TOML: {message}."
    said = message[: place.start()]
    last_line = text.count("\n") + 1
    line, column = (int(place[1]), int(place[2])) if place[1] else (last_line, len(text.split("\n")[-1]) + 1)
    return f"{file}, line {line}, column {column}: this is not TOML: {said}."
