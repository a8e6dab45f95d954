"""The few shapes that every section is made of: cells, tables, figures, headings, and the register that numbers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.analysis.results import Summary
from reportgen.report.format import decimals_for, integer, number

# About half a page, in either size: a longer table, kept whole, would leave a page half empty.
WHOLE_ROWS = 24
WHOLE_ROWS_SMALL = 36


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table. ``background`` and ``ink`` are hex colours of a shaded cell, chosen to contrast by at least 4.5:1."""

    text: str
    header: bool = False
    numeric: bool = False
    code: bool = False
    rowspan: int = 1
    colspan: int = 1
    background: str | None = None
    ink: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A numbered table. ``title`` stands in the list of tables; ``detail`` completes the caption; ``foot`` rows are totals."""

    key: str
    number: int
    title: str
    detail: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    style: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A numbered figure; ``resource`` names its picture among the report's own resources, ``alternative`` describes the picture in words."""

    key: str
    number: int
    title: str
    detail: str
    alternative: str
    resource: str
    width_percent: int = 100


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of the report's own: ``number`` is empty where none is printed; ``level`` is that of the HTML element.

    ``children`` are the sections below it, by the name of their template in ``templates/parts/``.
    """

    key: str
    number: str
    title: str
    level: int
    children: tuple[str, ...] = ()


class Register:
    """Numbers tables and figures in the order in which they are made, and remembers them for the front matter's lists."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.figures: list[Figure] = []
        self.prefix = ""
        self.label = ""

    def within(self, prefix: str, label: str) -> Register:
        """Return a register that goes on with the same numbers and lists, for the chapter of one workload.

        Keys and resources begin with ``prefix``, so that they are the chapter's own; titles end with ``label``, so that the lists tell them apart.
        """
        inner = Register()
        inner.tables, inner.figures = self.tables, self.figures
        inner.prefix, inner.label = prefix, label
        return inner

    def own(self, name: str) -> str:
        """Return the key or resource of that name in this chapter."""
        return f"{self.prefix}.{name}" if self.prefix else name

    def titled(self, title: str) -> str:
        """Return the title with the chapter's label."""
        return f"{title} ({self.label})" if self.label else title

    def table(
        self,
        key: str,
        title: str,
        detail: str,
        head: Iterable[Iterable[Cell]],
        rows: Iterable[Iterable[Cell]],
        foot: Iterable[Iterable[Cell]] = (),
        style: str = "",
        *,
        divided: bool = False,
    ) -> Table:
        """Make the next table; one that fits into about half a page is never divided between pages, unless it may be ``divided``."""
        rows = list(rows)
        if not divided and len(rows) <= (WHOLE_ROWS_SMALL if "small" in style.split() else WHOLE_ROWS):
            style = f"{style} whole".strip()
        made = Table(
            key=self.own(key),
            number=len(self.tables) + 1,
            title=self.titled(title),
            detail=detail,
            head=tuple(tuple(row) for row in head),
            rows=tuple(tuple(row) for row in rows),
            foot=tuple(tuple(row) for row in foot),
            style=style,
        )
        self.tables.append(made)
        return made

    def figure(self, key: str, title: str, detail: str, alternative: str, resource: str, width_percent: int = 100) -> Figure:
        """Make the next figure."""
        made = Figure(
            key=self.own(key),
            number=len(self.figures) + 1,
            title=self.titled(title),
            detail=detail,
            alternative=alternative,
            resource=self.own(resource),
            width_percent=width_percent,
        )
        self.figures.append(made)
        return made


def words(text: str, *, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell of running text."""
    return Cell(text=text, rowspan=rowspan, colspan=colspan)


def code(text: str) -> Cell:
    """Return a cell in the monospaced face."""
    return Cell(text=text, code=True)


def figures(text: str) -> Cell:
    """Return a cell with a number, set flush right."""
    return Cell(text=text, numeric=True)


def head(text: str, *, numeric: bool = False, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a header cell."""
    return Cell(text=text, header=True, numeric=numeric, rowspan=rowspan, colspan=colspan)


@dataclass(frozen=True, kw_only=True)
class SummaryText:
    """A summary in print: all parts with the same number of decimals, which the spread decides."""

    mean: str
    standard_deviation: str
    median: str
    interval: str
    median_with_interval: str
    n: str


def summary_text(summary: Summary, scale: float = 1.0, most_decimals: int = 9) -> SummaryText:
    """Return ``summary`` multiplied by ``scale``, rounded to at most ``most_decimals``; parts that its n does not allow are a dash."""
    spread = summary.standard_deviation
    decimals = min(most_decimals, decimals_for(None if spread is None else spread * scale, summary.median * scale))
    median = number(summary.median * scale, decimals)
    interval = "\u2013"
    if summary.interval is not None:
        interval = f"[{number(summary.interval.low * scale, decimals)}, {number(summary.interval.high * scale, decimals)}]"
    spread_decimals = decimals if spread is None or spread > 0 else 0
    return SummaryText(
        mean=number(summary.mean * scale, decimals),
        standard_deviation="\u2013" if spread is None else number(spread * scale, spread_decimals),
        median=median,
        interval=interval,
        median_with_interval=median if summary.interval is None else f"{median} {interval}",
        n=integer(summary.n),
    )
