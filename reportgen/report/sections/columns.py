"""Which column each cell of a table's head stands above, where heads have two rows and cells that span several columns or both rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Spanning(Protocol):
    """A cell's size in rows and columns."""

    @property
    def rowspan(self) -> int:
        """In rows."""

    @property
    def colspan(self) -> int:
        """In columns."""


SomeCell = TypeVar("SomeCell", bound=Spanning)


def columns_of(head: Sequence[Sequence[SomeCell]]) -> tuple[tuple[tuple[SomeCell, int | None], ...], ...]:
    """Return each cell with the column that it alone is the head of, counted from 0, or None: it spans several, or heads stand below it."""
    taken: set[tuple[int, int]] = set()
    lines = []
    for row, cells in enumerate(head):
        column = 0
        line: list[tuple[SomeCell, int | None]] = []
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            reaches_the_body = row + cell.rowspan == len(head)
            line.append((cell, column if cell.colspan == 1 and reaches_the_body else None))
            column += cell.colspan
        lines.append(tuple(line))
    return tuple(lines)
