"""Numbers as CSV: what is behind a figure at full precision, and what a table prints, for whoever wants to compute with them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportgen.report.format import ABSENT, DASH, MINUS, THIN_SPACE
from reportgen.report.sections.elements import Cell, Table

Value = str | int | float | None
CSV = "text/csv"
#: What spreadsheet programs take for the beginning of a formula, and carry out.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")
POWER = re.compile("\u202f?\u00d7\u202f?10\\^(-?\\d+)")
GROUPED = re.compile("(?<=\\d)\u202f(?=\\d{3})")


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """Rows of values below the names of their columns. None is a value that there is not."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def data(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> DataTable:
    """Return rows as a table."""
    return DataTable(columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def to_csv(table: DataTable) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8; no text in it is taken for a formula by a spreadsheet program."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([guarded(name) for name in table.columns])
    writer.writerows([[guarded(value) for value in row] for row in table.rows])
    return buffer.getvalue().encode("utf-8")


def guarded(value: Value) -> str:
    """Return a value as text; where a spreadsheet program would carry it out, an apostrophe before it says that it is text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)
    return f"'{value}" if value.startswith(FORMULA) and not NUMBER.fullmatch(value) else value


def has_numbers(table: Table) -> bool:
    """Tell whether a table of the report holds figures; one of words is not worth a file."""
    return any(cell.numeric for row in table.rows for cell in row)


def printed(table: Table) -> DataTable:
    """Return what a table of the report prints: a cell that spans several stands in each of them, and the heads of a column are joined."""
    heads = spread(table.head)
    columns = [": ".join(dict.fromkeys(text for text in column if text)) for column in zip(*heads, strict=True)]
    return data(columns, spread((*table.rows, *table.foot)))


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts of rows of cells as a full grid."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for line, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[line]:
                column += 1
            text = plain(cell)
            for down in range(min(cell.rowspan, len(rows) - line)):
                for across in range(cell.colspan):
                    grid[line + down][column + across] = text
            column += cell.colspan
    width = max((max(line, default=-1) + 1 for line in grid), default=0)
    return [[line.get(column, "") for column in range(width)] for line in grid]


def plain(cell: Cell) -> str:
    """Return what a cell says in signs that programs read: no typographic minus, no spaces inside of numbers, powers of ten as exponents."""
    text = POWER.sub(r"e\1", cell.text.replace(MINUS, "-"))
    text = GROUPED.sub("", text).replace(THIN_SPACE, " ").replace("\u00a0", " ")
    return "" if text in (DASH, ABSENT) else text
