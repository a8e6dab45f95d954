"""The few shapes that every section is made of: tables, figures, headings, and the register that numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from reportgen.analysis.results import Summary
from reportgen.report.format import bounds, decimals_for, integer, number
from reportgen.report.sections.cells import Cell as Cell
from reportgen.report.sections.cells import code as code
from reportgen.report.sections.cells import figures as figures
from reportgen.report.sections.cells import head as head
from reportgen.report.sections.cells import words as words
from reportgen.report.sections.columns import columns_of

LEAST_SORTED = 3  # rows; two are compared at a glance
# About a quarter of a page, in either size: a longer table, kept whole, would leave a page half empty.
WHOLE_ROWS = 12
WHOLE_ROWS_SMALL = 15


@dataclass(frozen=True, kw_only=True)
class Table:
    """A numbered table. ``title`` stands in the list of tables; ``detail`` completes the caption; ``foot`` rows are totals."""

    key: str
    numbers: Mapping[str, int] = field(repr=False, compare=False)
    title: str
    detail: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    style: str = ""

    @property
    def headed(self) -> tuple[tuple[tuple[Cell, int | None], ...], ...]:
        """The rows of the head, each cell with the column that it is the head of; None for one above several."""
        return columns_of(self.head)

    @property
    def sortable(self) -> bool:
        """Whether the rows are lines of one kind, which can stand in another order: three or more, undivided, below heads that all differ."""
        heads = [cell.text for line in self.headed for cell, column in line if column is not None]
        plain = all(cell.rowspan == cell.colspan == 1 for row in self.rows for cell in row) and all(len(row) == len(heads) for row in self.rows)
        listed = [cell.text for row in self.head for cell in row if cell.rowspan == len(self.head)]
        return plain and len(self.rows) >= LEAST_SORTED and "matrix" not in self.style.split() and len(set(listed)) == len(listed)

    @property
    def joined(self) -> tuple[bool, ...]:
        """Of each row, whether a cell of a row above reaches into it: a page cannot end between them."""
        ends = accumulate((index + max((cell.rowspan for cell in row), default=1) for index, row in enumerate(self.rows)), max)
        return tuple(index < end for index, end in zip(range(len(self.rows)), (0, *ends), strict=False))

    @property
    def number(self) -> int:
        """Its number in the order of the document, which is known once all of it is."""
        return self.numbers[self.key]


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A curve or a row of dots in a figure, for a reader who asks for values: ``panel`` counts the figure's axes from 0.

    ``points`` are places in the units of the axes, each with its value in words.
    """

    panel: int
    label: str
    points: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A numbered figure; ``resource`` names its picture among the report's own resources, ``alternative`` describes the picture in words.

    ``curves`` are what the web page shows the values of.
    """

    key: str
    numbers: Mapping[str, int] = field(repr=False, compare=False)
    title: str
    detail: str
    alternative: str
    resource: str
    width_percent: int = 100
    curves: tuple[Curve, ...] = ()

    @property
    def number(self) -> int:
        """Its number in the order of the document, which is known once all of it is."""
        return self.numbers[self.key]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of the report's own: ``number`` is empty where none is printed; ``level`` is that of the HTML element.

    ``parts`` are the sections below it (of an appendix, itself): the name of their template in ``templates/parts/``, and whether the author writes
    it. An appendix is ``lettered``.
    """

    key: str
    number: str
    title: str
    level: int
    parts: tuple[tuple[str, bool], ...] = ()
    lettered: bool = False

    @property
    def children(self) -> tuple[str, ...]:
        """The names of the sections below it."""
        return tuple(name for name, _ in self.parts)

    @property
    def groups(self) -> tuple[tuple[bool, tuple[str, ...]], ...]:
        """Parts that follow each other and come from one hand: whether it is the author's, and their names."""
        return tuple((by_author, tuple(name for name, _ in parts)) for by_author, parts in groupby(self.parts, key=lambda part: part[1]))


class Register:
    """Remembers tables and figures for the front matter's lists, numbered in the order in which they are made, or that of the document."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.figures: list[Figure] = []
        self.table_numbers: dict[str, int] = {}
        self.figure_numbers: dict[str, int] = {}
        self.places: dict[tuple[type, str], str] = {}
        self.prefix = ""
        self.label = ""
        self.place = ""

    def within(self, prefix: str, label: str) -> Register:
        """Return a register that goes on with the same numbers and lists, for the chapter of one workload.

        Keys and resources begin with ``prefix``, so that they are the chapter's own; titles end with ``label``, so that the lists tell them apart.
        """
        inner = Register()
        inner.tables, inner.figures, inner.places = self.tables, self.figures, self.places
        inner.table_numbers, inner.figure_numbers = self.table_numbers, self.figure_numbers
        inner.prefix, inner.label = prefix, label
        return inner

    def begin(self, part: str, *, shared: bool = False) -> Register:
        """Say of what is made from here on that the part of that name prints it, this chapter's or, where it is ``shared``, the report's."""
        self.place = part if shared else self.own(part)
        return self

    def arrange(self, headings: Iterable[str]) -> None:
        """Number everything anew in the order of the document, whose parts are ``headings``, and forget what no part prints."""
        order = {key: position for position, key in enumerate(headings)}
        self.tables[:] = sorted((item for item in self.tables if self.place_of(item) in order), key=lambda item: order[self.place_of(item)])
        self.figures[:] = sorted((item for item in self.figures if self.place_of(item) in order), key=lambda item: order[self.place_of(item)])
        renumber(self.table_numbers, self.tables)
        renumber(self.figure_numbers, self.figures)

    def place_of(self, item: Table | Figure) -> str:
        """Return the key of the heading below which something is printed."""
        return self.places[type(item), item.key]

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
        """Make the next table; one that fits into about a quarter of a page is never divided between pages, unless it may be ``divided``."""
        rows = list(rows)
        if not divided and len(rows) <= (WHOLE_ROWS_SMALL if "small" in style.split() else WHOLE_ROWS):
            style = f"{style} whole".strip()
        made = Table(
            key=self.own(key),
            numbers=self.table_numbers,
            title=self.titled(title),
            detail=detail,
            head=tuple(tuple(row) for row in head),
            rows=tuple(tuple(row) for row in rows),
            foot=tuple(tuple(row) for row in foot),
            style=style,
        )
        self.tables.append(made)
        self.table_numbers[made.key] = len(self.tables)
        self.places[Table, made.key] = self.place
        return made

    def figure(
        self, key: str, title: str, detail: str, alternative: str, resource: str, width_percent: int = 100, curves: tuple[Curve, ...] = ()
    ) -> Figure:
        """Make the next figure."""
        made = Figure(
            key=self.own(key),
            numbers=self.figure_numbers,
            title=self.titled(title),
            detail=detail,
            alternative=alternative,
            resource=self.own(resource),
            width_percent=width_percent,
            curves=curves,
        )
        self.figures.append(made)
        self.figure_numbers[made.key] = len(self.figures)
        self.places[Figure, made.key] = self.place
        return made


def renumber(numbers: dict[str, int], items: Iterable[Table | Figure]) -> None:
    """Let ``numbers`` be the places of ``items``, from 1, and nothing else."""
    numbers.clear()
    numbers.update({item.key: number for number, item in enumerate(items, start=1)})


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
        interval = bounds(number(summary.interval.low * scale, decimals), number(summary.interval.high * scale, decimals))
    spread_decimals = decimals if spread is None or spread > 0 else 0
    return SummaryText(
        mean=number(summary.mean * scale, decimals),
        standard_deviation="\u2013" if spread is None else number(spread * scale, spread_decimals),
        median=median,
        interval=interval,
        median_with_interval=median if summary.interval is None else f"{median} {interval}",
        n=integer(summary.n),
    )
