"""One reference as the list of references has it: the numbered style of engineering papers, in the words of the language that is spoken.

Where a language has its own way, the catalogue says it: a mark stands inside the quotation marks in English and outside of them in German, and the
number of an edition takes the ending that Unicode's rules for ordinals (CLDR) give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.language import ENGLISH, current, gettext, marked, ngettext
from reportgen.report import format as shown

EN_DASH = "\u2013"
# More names than this are cut to the first with "et al.", as the style has it.
MOST_AUTHORS = 6
#: What stands last in a list of names that goes on: what "and others" of BibTeX becomes in CSL-JSON.
OTHERS = "others"
#: Kinds whose title stands by itself, as that of a book does; every other title is part of something, and is quoted.
WHOLE_WORKS = frozenset({"book", "thesis", "report", "software", "dataset", "webpage", "post", "post-weblog"})
#: Kinds that stand in a book: the year comes before the pages.
IN_BOOKS = frozenset({"paper-conference", "chapter"})
MARKUP = re.compile(r"</?(?:i|b|sc|sup|sub|span)\b[^<>]*>")
#: What ends a part of a reference so that no other mark follows.
ENDS = (".", "?", "!")
#: The number of an edition by the kind of ordinal that it is in the language. English has four kinds: 1st, 2nd, 3rd, 4th.
EDITIONS = {
    "one": marked("{number}st ed."),
    "two": marked("{number}nd ed."),
    "few": marked("{number}rd ed."),
    "other": marked("{number}th ed."),
}
Entry = Mapping[str, Any]


def citation(entry: Entry) -> str:
    """Return one entry of CSL-JSON as a reader of the list of references sees it, ending in a full stop or an address."""
    return located(described(entry), entry)


def described(entry: Entry) -> str:
    """Return what an entry is, ending in a full stop, without its address."""
    behind = [part for part in places(entry) if part]
    parts = [closed(part, last=False) for part in names(entry)]
    parts.append(heading(entry, last=not behind))
    parts += [closed(part, last=place == len(behind)) for place, part in enumerate(behind, start=1)]
    return " ".join(parts)


def closed(part: str, *, last: bool) -> str:
    """Return a part of a reference with the comma behind it, or the full stop behind the last; a part may have its own."""
    if last:
        return part if part.endswith(ENDS) else f"{part}."
    return part if part.endswith(ENDS[1:]) else f"{part},"


def located(text: str, entry: Entry) -> str:
    """Return what an entry is with its address behind it, and the day on which a page was read."""
    doi = plain(entry.get("DOI"))
    if doi:
        return f"{text} https://doi.org/{doi.removeprefix('https://doi.org/')}"
    address = plain(entry.get("URL"))
    return f"{text} {accessed(address, entry.get('accessed'))}" if address else text


def accessed(address: str, day: Any) -> str:
    """Return an address with the day of a CSL date, or the month or year where it has no more."""
    numbers = date_parts(day)
    if len(numbers) == 3:
        return gettext("{address} (accessed {date})", address=address, date=shown.date("-".join(numbers)))
    period = shown.month("-".join(numbers)) if numbers else year(day)
    return gettext("{address} (accessed {period})", address=address, period=period) if period else address


def names(entry: Entry) -> Iterator[str]:
    """Yield the authors, or the editors of what has none; nothing where there are neither."""
    written, edited = people(entry.get("author")), people(entry.get("editor"))
    if written:
        yield joined(written)
    elif edited:
        yield ngettext("{names}, Ed.", "{names}, Eds.", len(edited), names=joined(edited))


def people(named: Any) -> list[str]:
    """Return the names of a list of CSL names."""
    return [name for name in (author(one) for one in named if isinstance(one, Mapping)) if name] if isinstance(named, Sequence) else []


def joined(found: Sequence[str]) -> str:
    """Return names as ``A. Lovelace and C. Babbage``."""
    cut = len(found) > 1 and (len(found) > MOST_AUTHORS or found[-1] == OTHERS)
    return gettext("{name} et al.", name=found[0]) if cut else shown.enumeration(found)


def author(name: Mapping[str, Any]) -> str:
    """Return one name, given names as initials; an institution stands as it is."""
    family, given = plain(name.get("family")), plain(name.get("given"))
    if not family:
        return plain(name.get("literal"))
    particle = plain(name.get("non-dropping-particle"))
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.replace(".", " ").split())
    return " ".join(part for part in (initials, particle, family) if part)


def heading(entry: Entry, *, last: bool) -> str:
    """Return the title, in quotation marks where it is part of something, with the mark behind it on the side where the language has it."""
    text = plain(entry.get("title")).removesuffix(".")
    if entry.get("type") == "dataset":
        text = gettext("{title} [data set]", title=text)
    if entry.get("type") in WHOLE_WORKS:
        return closed(text, last=last)
    if text.endswith(ENDS):
        return gettext("“{title}”", title=text)
    return gettext("“{title}.”", title=text) if last else gettext("“{title},”", title=text)


def places(entry: Entry) -> Iterator[str]:
    """Yield where an entry is to be found, in the order of the style; what it has not is empty."""
    container, in_book = plain(entry.get("container-title")), entry.get("type") in IN_BOOKS
    yield gettext("in {container}", container=container) if in_book and container else container
    yield edition(entry.get("edition"))
    yield volume(entry.get("volume"))
    yield issue(entry.get("issue"))
    if not in_book:
        yield pages(entry.get("page"))
    yield plain(entry.get("genre"))
    yield plain(entry.get("publisher"))
    yield plain(entry.get("number"))
    yield version(entry.get("version"))
    yield year(entry.get("issued"))
    if in_book:
        yield pages(entry.get("page"))


def edition(value: Any) -> str:
    """Return ``2nd ed.`` for a number, and what an edition is called otherwise."""
    text = plain(value)
    if not text.isdecimal():
        return text
    said = EDITIONS[ordinal(current().code, int(text))]
    # Where the catalogue has it not, it is an English sentence, with the ending that English has.
    return gettext(said if said in current().sentences else EDITIONS[ordinal(ENGLISH, int(text))], number=text)


def ordinal(code: str, number: int) -> str:
    """Return the kind of ordinal that a number is in a language, one of :data:`EDITIONS`."""
    from babel import Locale, UnknownLocaleError

    try:
        kind = str(Locale.parse(code).ordinal_form(number))
    except (UnknownLocaleError, ValueError):
        return "other"
    return kind if kind in EDITIONS else "other"


def volume(value: Any) -> str:
    """Return ``vol. 12`` where there is a volume."""
    text = plain(value)
    return gettext("vol. {number}", number=text) if text else ""


def issue(value: Any) -> str:
    """Return ``no. 3`` where there is an issue."""
    text = plain(value)
    return gettext("no. {number}", number=text) if text else ""


def version(value: Any) -> str:
    """Return ``version 1.2`` where there is a version."""
    text = plain(value)
    return gettext("version {number}", number=text) if text else ""


def pages(value: Any) -> str:
    """Return the pages, with an en dash between first and last."""
    text = plain(value).replace("--", "-").replace("-", EN_DASH)
    if not text:
        return ""
    several = EN_DASH in text or "," in text
    return gettext("pp. {pages}", pages=text) if several else gettext("p. {page}", page=text)


def year(date: Any) -> str:
    """Return the year of a CSL date, or what is said in place of one."""
    if not isinstance(date, Mapping):
        return ""
    numbers = date_parts(date)
    return numbers[0] if numbers else plain(date.get("literal") or date.get("raw"))


def date_parts(date: Any) -> list[str]:
    """Return year, month and day of a CSL date, as many as it has, in the digits of ISO 8601."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence):
        return [plain(part).zfill(2) for part in parts[0] if plain(part)]
    return []


def plain(value: Any) -> str:
    """Return a field as one line of text, without the few marks of italics and the like that CSL-JSON allows."""
    return " ".join(MARKUP.sub("", str(value)).split()) if isinstance(value, str | int | float) else ""
