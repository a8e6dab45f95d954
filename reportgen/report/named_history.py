"""The names of what the nights before say of this one: a metric's value tonight, the level before, and the change between them."""

from __future__ import annotations

from reportgen.analysis.history.sentences import difference, shown
from reportgen.analysis.history.shown import CellVerdict, NightHistory
from reportgen.analysis.history.titles import cell_title
from reportgen.language import gettext
from reportgen.records.night import CellKind
from reportgen.report.format import MINUS, integer
from reportgen.report.named import Named, Value


def history_values(history: NightHistory) -> Named:
    """Yield the verdict, the number of nights before, and what is said of every metric; its name is that of the history, with dots in it."""
    verdict = history.verdict
    yield "history.nights", Value(text=integer(verdict.earlier_nights), meaning="Comparable nights before this one")
    yield "history.verdict", Value(text=gettext(verdict.state), meaning="Verdict on this night")
    for cell in verdict.cells:
        yield from cell_values(cell)


def cell_values(cell: CellVerdict) -> Named:
    """Yield what is said of one metric."""
    name, title = f"history.{cell.code.replace(':', '.')}", cell_title(cell.title)
    kind = CellKind(code=cell.code, metric=cell.metric, title=cell.title, framework=cell.framework, unit=cell.unit, worse="higher")
    if cell.value is not None:
        of = f", the last {cell.window} nights" if cell.window else ", tonight"
        yield name, Value(text=shown(kind, cell.value), meaning=f"{title}{of}")
    if cell.baseline is not None:
        yield f"{name}.before", Value(text=shown(kind, cell.baseline), meaning=f"{title}, the nights before")
    if cell.change is not None:
        sign = "+" if cell.change > 0 else MINUS
        yield f"{name}.change", Value(text=f"{sign}{difference(kind, cell.change)}", meaning=f"{title}, change")
    yield f"{name}.verdict", Value(text=gettext(cell.outcome), meaning=f"{title}, verdict")
