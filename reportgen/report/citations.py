"""The author's own references: CSL-JSON, as Zotero and most libraries export it, set in the numbered style of engineering papers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.report.format import enumeration
from reportgen.report.prose_problems import Problems

ADVICE = "Export it as CSL-JSON (in Zotero: Export Library, CSL JSON), or correct the entry."
EN_DASH = "\u2013"
# More names than this are cut to the first with "et al.", as the style has it.
MOST_AUTHORS = 6
#: Kinds whose title stands by itself, as that of a book does; every other title is part of something, and is quoted.
WHOLE_WORKS = frozenset({"book", "thesis", "report", "software", "dataset", "webpage", "post", "post-weblog"})
MARKUP = re.compile(r"</?(?:i|b|sc|sup|sub|span)\b[^<>]*>")
SPACE = re.compile(r"[\s,]*")
Entry = Mapping[str, Any]


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


def citation(entry: Entry) -> str:
    """Return one entry as a reader of the list of references sees it, ending in a full stop or an address."""
    title = plain(entry["title"])
    whole = entry.get("type") in WHOLE_WORKS
    container = plain(entry.get("container-title"))
    parts = [
        authors(entry.get("author") or entry.get("editor") or ()),
        title if whole else f'"{title}"',
        f"in {container}" if entry.get("type") in ("paper-conference", "chapter") and container else container,
        edition(entry.get("edition")),
        numbered("vol.", entry.get("volume")),
        numbered("no.", entry.get("issue")),
        pages(entry.get("page")),
        plain(entry.get("genre")),
        plain(entry.get("publisher")),
        plain(entry.get("number")),
        numbered("version", entry.get("version")),
        year(entry.get("issued")),
    ]
    # As the report's own references have it, a comma or a full stop stands inside the quotation marks.
    text = f"{', '.join(part for part in parts if part)}.".replace('", ', '," ').replace('".', '."')
    doi = plain(entry.get("DOI"))
    address = f"https://doi.org/{doi.removeprefix('https://doi.org/')}" if doi else plain(entry.get("URL"))
    seen = year(entry.get("accessed"), whole_date=True)
    return f"{text} {address}{f' (accessed {seen})' if seen and not doi else ''}" if address else text


def edition(value: Any) -> str:
    """Return ``2nd ed.`` for a number, and what an edition is called otherwise."""
    text = plain(value)
    if not text.isdecimal():
        return text
    endings = {"1": "st", "2": "nd", "3": "rd"}
    return f"{text}{'th' if text[-2:-1] == '1' else endings.get(text[-1], 'th')} ed."


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
    """Return a field as one line of text, without the few marks of italics and the like that CSL-JSON allows."""
    return " ".join(MARKUP.sub("", str(value)).split()) if isinstance(value, str | int | float) else ""


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
