"""The sentences of a night's verdict. They say what was seen and how sure it is, and never a cause."""

from __future__ import annotations

from reportgen.analysis.history.detector import Shift
from reportgen.analysis.history.shown import CellVerdict
from reportgen.analysis.wording import per_cent, percentage_points
from reportgen.language import gettext
from reportgen.records.night import CellKind
from reportgen.report.format import MINUS, duration, number, percent, plural, significant, size

CONFIRMED = "Confirmed: it was measured again at once, and the control workload beside it did not move."
CONFIRMED_WITHOUT_CONTROL = (
    "Confirmed: it was measured again at once. Whether the machine has changed is not known: the control workload has no baseline."
)
NOT_SEEN_AGAIN = "Not confirmed: measured again at once, it was not there."
UNCLEAR = "Inconclusive: measured again at once, it may or may not be there."
MACHINE_CHANGED = "Machine changed: the control workload beside it moved too, so nothing is said about the frameworks."
BETTER = "No alarm: it is for the better."
LEAST_P = 0.0001
MISSING = "Missing: earlier nights measured it, and this one did not."


def no_baseline(earlier: int, wanted: int) -> str:
    """Return what is said of a metric with too few comparable nights."""
    return f"no baseline: {plural(earlier, 'comparable night')} before this one, and {wanted} are needed"


def not_repeated(problem: str) -> str:
    """Return what is said of a flag that could not be measured again."""
    return f"Inconclusive: it was not measured again{f' ({problem})' if problem else ''}."


def quiet(kind: CellKind, value: float, baseline: float, change: float, nights: int) -> str:
    """Return what is said of a metric that was not flagged."""
    return f"no change shown: {shown(kind, value)} tonight, {shown(kind, baseline)} in {plural(nights, 'night')} before ({difference(kind, change)})"


def flagged(kind: CellKind, value: float, baseline: float, change: float, shift: Shift, again: float | None, worse: bool) -> str:
    """Return what is said of a flagged metric, without the outcome."""
    repeated = f", {shown(kind, again)} measured again" if again is not None else ""
    how = "worse" if worse else "better"
    return (
        f"{how} by {difference(kind, change)}: {shown(kind, value)} in the last {shift.window} nights{repeated}, {shown(kind, baseline)} in the "
        f"{plural(shift.baseline, 'night')} before them ({chance(shift.p_value)})."
    )


def chance(p_value: float) -> str:
    """Return a p-value; below one in ten thousand its size says nothing more."""
    return f"p = {significant(p_value, 2)}" if p_value >= LEAST_P else f"p < {LEAST_P:.4f}"


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
    kind = CellKind(code=cell.code, metric=cell.metric, title=cell.title, framework=cell.framework, unit=cell.unit, worse="higher")
    sign = "+" if cell.change > 0 else MINUS
    return f"{sign}{difference(kind, cell.change)} ({shown(kind, cell.baseline)} \u2192 {shown(kind, cell.value)})"
