"""The author's own references: CSL-JSON, as Zotero and most libraries export it, set in the numbered style of engineering papers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.report.format import enumeration

ADVICE = "Export it as CSL-JSON (in Zotero: Export Library, CSL JSON), or correct the entry."
EN_DASH = "\u2013"
# More names than this are cut to the first with "et al.", as the style has it.
MOST_AUTHORS = 6
#: Kinds whose title stands by itself, as that of a book does; every other title is part of something, and is quoted.
WHOLE_WORKS = frozenset({"book", "thesis", "report", "software", "dataset", "webpage", "post", "post-weblog"})
Entry = Mapping[str, Any]


def read_references(path: Path) -> dict[str, str]:
    """Return the references of a CSL-JSON file as text by their ``id``; none where there is no such file.

    Raises :class:`ReportgenError` that names the file, and the line or the entry.
    """
    if not path.is_file():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ReportgenError(f"{path}, line {error.lineno}: this is not JSON: {error.msg}. {ADVICE}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8.") from error
    if not isinstance(entries, list):
        raise ReportgenError(f"{path}: a list of entries is wanted, [ ... ]. {ADVICE}")
    found: dict[str, str] = {}
    for position, entry in enumerate(entries, start=1):
        where = f"{path}, entry {position}"
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str | int) or not str(entry["id"]):
            raise ReportgenError(f'{where}: an entry is an object with an "id", by which the text cites it. {ADVICE}')
        key = str(entry["id"])
        if key in found:
            raise ReportgenError(f"{where}: the id {key!r} occurs twice. Rename one of the two.")
        if not isinstance(entry.get("title"), str) or not entry["title"].strip():
            raise ReportgenError(f'{where} ({key}): it has no "title". {ADVICE}')
        found[key] = citation(entry)
    return found


def citation(entry: Entry) -> str:
    """Return one entry as a reader of the list of references sees it, ending in a full stop or an address."""
    title = plain(entry["title"])
    whole = entry.get("type") in WHOLE_WORKS
    container = plain(entry.get("container-title"))
    parts = [
        authors(entry.get("author") or entry.get("editor") or ()),
        title if whole else f'"{title}"',
        f"in {container}" if entry.get("type") in ("paper-conference", "chapter") and container else container,
        numbered("vol.", entry.get("volume")),
        numbered("no.", entry.get("issue")),
        pages(entry.get("page")),
        plain(entry.get("publisher")),
        numbered("version", entry.get("version")),
        year(entry.get("issued")),
    ]
    text = ", ".join(part for part in parts if part) + "."
    doi = plain(entry.get("DOI"))
    address = f"https://doi.org/{doi}" if doi else plain(entry.get("URL"))
    seen = year(entry.get("accessed"), whole_date=True)
    return f"{text} {address}{f' (accessed {seen})' if seen and not doi else ''}" if address else text


def authors(names: Any) -> str:
    """Return names as ``A. Lovelace and C. Babbage``."""
    shown = [name for name in (author(one) for one in names if isinstance(one, Mapping)) if name] if isinstance(names, Sequence) else []
    if not shown:
        return ""
    return f"{shown[0]} et al." if len(shown) > MOST_AUTHORS else enumeration(shown)


def author(name: Mapping[str, Any]) -> str:
    """Return one name, given names as initials; an institution stands as it is."""
    family, given = plain(name.get("family")), plain(name.get("given"))
    if not family:
        return plain(name.get("literal"))
    particle = plain(name.get("non-dropping-particle"))
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.replace(".", " ").split())
    return " ".join(part for part in (initials, particle, family) if part)


def plain(value: Any) -> str:
    """Return a field as one line of text."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def numbered(label: str, value: Any) -> str:
    """Return ``vol. 12`` where there is a volume."""
    text = plain(value)
    return f"{label} {text}" if text else ""


def pages(value: Any) -> str:
    """Return the pages, with an en dash between first and last."""
    text = plain(value).replace("--", "-").replace("-", EN_DASH)
    return f"{'pp.' if EN_DASH in text else 'p.'} {text}" if text else ""


def year(date: Any, *, whole_date: bool = False) -> str:
    """Return the year of a CSL date, or all of it."""
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence) and parts[0]:
        numbers = [plain(part).zfill(2) for part in parts[0]]
        return "-".join(numbers) if whole_date else numbers[0]
    return plain(date.get("literal") or date.get("raw"))


class Citations:
    """Numbers the author's references in the order in which the text first cites them, after those that the report makes by itself."""

    def __init__(self, available: Mapping[str, str], automatic: int) -> None:
        self.available = available
        self.automatic = automatic
        self.cited: list[str] = []

    def number(self, key: str) -> int:
        """Return the number of an entry; raises ``KeyError`` where there is none of that id."""
        if key not in self.available:
            raise KeyError(key)
        if key not in self.cited:
            self.cited.append(key)
        return self.automatic + self.cited.index(key) + 1

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """The entries that were cited, with their numbers."""
        return tuple((self.number(key), self.available[key]) for key in self.cited)
