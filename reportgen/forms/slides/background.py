"""The background table: what each framework is, from a small file of facts with their sources, and from the installed packages themselves.

The texts of the file are sentences of the catalogues, as if they were marked (:mod:`reportgen.languages.extract` reads them there).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from reportgen import frameworks
from reportgen.analysis.results import FrameworkResult
from reportgen.language import gettext, marked
from reportgen.report import format as shown

FILE = Path(__file__).with_name("background.toml")
UNKNOWN = marked("not described")
CLASSIFIER = "License :: OSI Approved :: "


class Fact(BaseModel):
    """What is said of one framework, where it was read, and on which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(min_length=5, max_length=160)]
    sources: Annotated[tuple[HttpUrl, ...], Field(min_length=1)]
    accessed: date


@dataclass(frozen=True, kw_only=True)
class Said:
    """A cell of the table: its text, and the numbers of its sources."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A feature with what is said of each framework, in order."""

    name: str
    cells: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Background:
    """The rows, and the sources by the number that the cells have: each a text with its day of access."""

    rows: tuple[Row, ...]
    sources: tuple[str, ...]


@cache
def facts() -> Mapping[str, Mapping[str, Fact]]:
    """Return all facts by feature and framework, in the order of the file. Raises pydantic's error where the file is not in order."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        str(feature["name"]): {name: Fact.model_validate(fact) for name, fact in feature.items() if name != "name"} for feature in document["feature"]
    }


class Sources:
    """Numbers sources in the order in which they are cited; each once."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def cite(self, text: str) -> int:
        """Return the number of a source."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def background(measured: Sequence[FrameworkResult]) -> Background:
    """Return the table for the frameworks that were measured; what the packages say of themselves comes first."""
    sources = Sources()
    rows = [Row(name=name, cells=tuple(cells)) for name, cells in read_rows(measured, sources)]
    for name, by_framework in facts().items():
        rows.append(Row(name=gettext(name), cells=tuple(said(by_framework.get(one.name), sources) for one in measured)))
    return Background(rows=tuple(rows), sources=tuple(sources.texts))


def said(fact: Fact | None, sources: Sources) -> Said:
    """Return a fact as a cell."""
    if fact is None:
        return Said(text=gettext(UNKNOWN), marks=())
    accessed = shown.date(fact.accessed.isoformat())
    return Said(
        text=gettext(fact.text),
        marks=tuple(sources.cite(gettext("{address} (accessed {date})", address=url, date=accessed)) for url in fact.sources),
    )


def read_rows(measured: Sequence[FrameworkResult], sources: Sources) -> Iterable[tuple[str, list[Said]]]:
    """Yield what the software itself tells: the version that ran, and licence and Python versions from the package's metadata."""
    ran = sources.cite(gettext("Read back from the frameworks in the measured run"))
    yield gettext("Version"), [Said(text=one.version, marks=(ran,)) for one in measured]
    described = [package(one) for one in measured]
    marks = [() if found is None else (sources.cite(origin(found)),) for found in described]
    yield gettext("Licence"), [Said(text=licence(found), marks=mark) for found, mark in zip(described, marks, strict=True)]
    yield (
        "Python",
        [Said(text=(found and found["Requires-Python"]) or gettext(UNKNOWN), marks=mark) for found, mark in zip(described, marks, strict=True)],
    )


def package(framework: FrameworkResult) -> PackageMetadata | None:
    """Return the metadata of a framework's distribution, where it is installed."""
    try:
        return metadata(frameworks.find(framework.name).distribution)
    except PackageNotFoundError:
        return None


def origin(found: PackageMetadata) -> str:
    """Return what a source is called that is an installed package."""
    return gettext("Metadata of the installed package {name} {version}", name=found["Name"], version=found["Version"])


def licence(found: PackageMetadata | None) -> str:
    """Return the licence as the package names it: an expression where it has one, else its field or its classifier."""
    if found is None:
        return gettext(UNKNOWN)
    classified = [value.removeprefix(CLASSIFIER) for value in found.get_all("Classifier") or () if value.startswith(CLASSIFIER)]
    # A field that holds the whole text of a licence is no name of it.
    field = next((value for value in (found["License-Expression"], found["License"]) if value and len(value) <= 160 and "\n" not in value), "")
    return field or ", ".join(classified) or gettext(UNKNOWN)
