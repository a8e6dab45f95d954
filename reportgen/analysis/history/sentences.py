"""The sentences of a night's verdict, made from its facts where they are printed. They say what was seen and how sure it is, and never a cause."""

from __future__ import annotations

from reportgen.analysis.history.shown import CellVerdict, Reason
from reportgen.analysis.wording import per_cent, percentage_points
from reportgen.language import gettext, marked
from reportgen.records.night import CellKind
from reportgen.report.format import MINUS, duration, number, percent, plural, significant, size

#: Why a flagged metric has its outcome.
REASONS: dict[Reason, str] = {
    "better": marked("No alarm: it is for the better."),
    "not measured again": marked("Inconclusive: it was not measured again."),
    "not seen again": marked("Not confirmed: measured again at once, it was not there."),
    "unclear": marked("Inconclusive: measured again at once, it may or may not be there."),
    "control moved": marked("Machine changed: the control workload beside it moved too, so nothing is said about the frameworks."),
    "seen again": marked("Confirmed: it was measured again at once, and the control workload beside it did not move."),
    "seen again without control": marked(
        "Confirmed: it was measured again at once. Whether the machine has changed is not known: the control workload has no baseline."
    ),
}
LEAST_P = 0.0001


def sentence_of(cell: CellVerdict) -> str:
    """Return what is said of a metric."""
    if cell.outcome == "missing":
        return gettext("Missing: earlier nights measured it, and this one did not.")
    if cell.outcome == "no baseline":
        return gettext(
            "no baseline: {nights} before this one, and {needed} are needed", nights=plural(cell.nights, "comparable night"), needed=cell.needed
        )
    return quiet(cell) if cell.reason is None else f"{flagged(cell)} {reason(cell)}"


def quiet(cell: CellVerdict) -> str:
    """Return what is said of a metric that was not flagged."""
    return gettext(
        "no change shown: {tonight} tonight, {baseline} in {nights} before ({difference})",
        tonight=value_text(cell, cell.value),
        baseline=value_text(cell, cell.baseline),
        nights=plural(cell.nights, "night"),
        difference=difference(kind_of(cell), cell.change or 0.0),
    )


def flagged(cell: CellVerdict) -> str:
    """Return what was seen of a flagged metric."""
    facts = {
        "difference": difference(kind_of(cell), cell.change or 0.0),
        "value": value_text(cell, cell.value),
        "window": cell.window,
        "baseline": value_text(cell, cell.baseline),
        "nights": plural(cell.nights, "night"),
        "chance": chance(cell.p_value or 0.0),
    }
    better = cell.reason == "better"
    if cell.again is None:
        if better:
            return gettext("better by {difference}: {value} in the last {window} nights, {baseline} in the {nights} before them ({chance}).", **facts)
        return gettext("worse by {difference}: {value} in the last {window} nights, {baseline} in the {nights} before them ({chance}).", **facts)
    again = value_text(cell, cell.again)
    if better:
        return gettext(
            "better by {difference}: {value} in the last {window} nights, {again} measured again, {baseline} in the {nights} before them ({chance}).",
            **facts,
            again=again,
        )
    return gettext(
        "worse by {difference}: {value} in the last {window} nights, {again} measured again, {baseline} in the {nights} before them ({chance}).",
        **facts,
        again=again,
    )


def reason(cell: CellVerdict) -> str:
    """Return why a flagged metric has its outcome."""
    if cell.reason == "not measured again" and cell.problem:
        return gettext("Inconclusive: it was not measured again ({problem}).", problem=cell.problem.clause)
    return "" if cell.reason is None else gettext(REASONS[cell.reason])


def chance(p_value: float) -> str:
    """Return a p-value; below one in ten thousand its size says nothing more."""
    return f"p = {significant(p_value, 2)}" if p_value >= LEAST_P else f"p < {number(LEAST_P, 4)}"


def value_text(cell: CellVerdict, value: float | None) -> str:
    """Return a value of a metric with its unit; what does not exist is said to be not available."""
    return number(None, 0) if value is None else shown(kind_of(cell), value)


def kind_of(cell: CellVerdict) -> CellKind:
    """Return of what kind the values of a verdict are."""
    return CellKind(code=cell.code, metric=cell.metric, title=cell.title, framework=cell.framework, unit=cell.unit, worse="higher")


def shown(kind: CellKind, value: float) -> str:
    """Return a value with its unit, as reports print it."""
    if kind.unit == "s":
        return duration(value)
    if kind.unit == "bytes":
        return size(value)
    if kind.unit == "fraction":
        return percent(value)
    if kind.unit == "1/s":
        return gettext("{value}\u202fimages/s", value=significant(value))
    return number(value, 3) if kind.unit == "ratio" else significant(value, 4)


def difference(kind: CellKind, change: float) -> str:
    """Return a change without its sign: per cent, or percentage points of an accuracy."""
    return percentage_points(abs(change)) if kind.unit == "fraction" else per_cent(abs(change))


def change_text(cell: CellVerdict) -> str:
    """Return a metric's change with its sign, and the values that it lies between."""
    if cell.change is None or cell.baseline is None or cell.value is None:
        return ""
    kind = kind_of(cell)
    sign = "+" if cell.change > 0 else MINUS
    return f"{sign}{difference(kind, cell.change)} ({shown(kind, cell.baseline)} \u2192 {shown(kind, cell.value)})"
