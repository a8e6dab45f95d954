"""The author's own references: CSL-JSON, as Zotero and most libraries export it, by the keys that prose cites them with."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.report.citation_style import citation
from reportgen.report.prose_problems import Problems

ADVICE = "Export it as CSL-JSON (in Zotero: Export Library, CSL JSON), or correct the entry."
SPACE = re.compile(r"[\s,]*")


def read_references(path: Path) -> dict[str, str]:
    """Return the references of a CSL-JSON file as text by their ``id``; none where there is no such file.

    Raises :class:`ReportgenError` that names the file, and the line or the entry.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReportgenError(f"{path}, line {error.lineno}, column {error.colno}: this is not JSON: {error.msg}. {ADVICE}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8.") from error
    if not isinstance(entries, list):
        raise ReportgenError(f"{path}, line 1: a list of entries is wanted, [ ... ]. {ADVICE}")
    found: dict[str, str] = {}
    problems = Problems()
    for entry, line in zip(entries, lines_of_entries(text), strict=True):
        with problems.noted():
            key = key_of(entry, found, f"{path}, line {line}")
            found[key] = citation(entry)
    problems.tell()
    return found


def key_of(entry: Any, taken: Collection[str], where: str) -> str:
    """Return by which key the text cites an entry. Raises :class:`ReportgenError` for one that has none, or nothing to be printed."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str | int) or not str(entry["id"]):
        raise ReportgenError(f'{where}: an entry is an object with an "id", by which the text cites it. {ADVICE}')
    key = str(entry["id"])
    if key in taken:
        raise ReportgenError(f"{where}: the id {key!r} occurs twice. Rename one of the two.")
    if not isinstance(entry.get("title"), str) or not entry["title"].strip():
        raise ReportgenError(f'{where} ({key}): it has no "title". {ADVICE}')
    return key


def lines_of_entries(text: str) -> Iterator[int]:
    """Yield the line on which each member of a JSON list begins; ``text`` has been found to be one."""
    decoder = json.JSONDecoder()
    place = SPACE.match(text, text.index("[") + 1).end()  # type: ignore[union-attr]
    while text[place] != "]":
        yield text.count("\n", 0, place) + 1
        _, place = decoder.raw_decode(text, place)
        place = SPACE.match(text, place).end()  # type: ignore[union-attr]


class Citations:
    """The references that the author may cite, by key: those of the report itself, and the author's own.

    The author's are numbered after the report's, in the order in which the text first cites them. Where both have a key, it is the author's.
    """

    def __init__(self, own: Mapping[str, str], automatic: Mapping[str, tuple[int, str]]) -> None:
        self.own = own
        self.automatic = automatic
        self.cited: list[str] = []

    @property
    def available(self) -> dict[str, str]:
        """The texts of all references by key."""
        return {key: text for key, (_, text) in self.automatic.items()} | dict(self.own)

    def number(self, key: str) -> int:
        """Return the number of an entry; raises ``KeyError`` where there is none of that key."""
        if key not in self.own:
            return self.automatic[key][0]
        if key not in self.cited:
            self.cited.append(key)
        # The last number, not the count of keys: of several data sets each has a number, and the first has the key.
        return max((number for number, _ in self.automatic.values()), default=0) + self.cited.index(key) + 1

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """The author's entries that were cited, with their numbers."""
        return tuple((self.number(key), self.own[key]) for key in self.cited)
