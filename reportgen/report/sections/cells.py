"""The cells of a report's tables, and what makes each kind of them."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.report.read_back import leading_number

#: In characters: shorter texts of a cell are names, or a few words.
SENTENCE = 60


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

    @property
    def long(self) -> bool:
        """Whether it holds a sentence, which wants some width even on a phone."""
        return len(self.text) > SENTENCE and self.colspan == 1

    @property
    def sort_value(self) -> str:
        """What a table is sorted by where the text begins with a number, as a script reads it; else empty."""
        value = leading_number(self.text) if self.numeric else None
        return "" if value is None else f"{value:.12g}"


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
