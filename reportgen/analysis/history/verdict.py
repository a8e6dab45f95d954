"""The verdict on a night: metric by metric what changed, whether it was confirmed, and the exit code that follows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from reportgen.analysis.history.confirming import control_moved, mean_shift, repeat_says
from reportgen.analysis.history.detector import BASELINE_LEAST, WINDOWS, Floats, Shift, last_shift
from reportgen.analysis.history.sentences import sentence_of
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import CellVerdict, Outcome, Reason, State
from reportgen.analysis.multiplicity import ALPHA
from reportgen.records.night import CellKind
from reportgen.records.sentence import NOTHING, Sentence

FINE, REGRESSION, FAILURE, INCONCLUSIVE = 0, 1, 2, 3
#: What an exit code is called.
STATES: dict[int, State] = {FINE: "fine", REGRESSION: "regression", FAILURE: "failure", INCONCLUSIVE: "inconclusive"}
PRECEDENCE = (REGRESSION, FAILURE, INCONCLUSIVE, FINE)
# Fewer earlier nights than this leave no window with a baseline.
LEAST_NIGHTS = BASELINE_LEAST + min(WINDOWS) - 1


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A metric that the detector flagged tonight, for the worse or for the better; ``adjusted_p`` is Benjamini and Hochberg's over all metrics."""

    series: CellSeries
    shift: Shift
    adjusted_p: float
    worse: bool


def flags(series: Sequence[CellSeries]) -> tuple[Flag, ...]:
    """Return what the detector flags at the last night of these series, in their order.

    Beyond the detector's own level, the false discovery rate over all metrics of the night, each with its windows and directions, stays at 5 %.
    """
    found = [(one, shift) for one in series for sign in (1, -1) if (shift := last_shift(one.scaled, one.scale, sign)) is not None]
    if not found:
        return ()
    adjusted = adjust(np.array([shift.p_value for _, shift in found]))
    by_code = {one.kind.code: one for one in series}
    return tuple(
        Flag(series=one, shift=shift, adjusted_p=float(p_value), worse=is_worse(one.kind, shift, by_code))
        for (one, shift), p_value in zip(found, adjusted, strict=True)
        if shift.flagged and p_value <= ALPHA
    )


def adjust(p_values: Floats) -> Floats:
    """Return a night's p-values, each the least of its windows, adjusted so that 5 % of what is flagged is flagged by chance, at most."""
    # Three windows are three chances.
    adjusted: Floats = stats.false_discovery_control(np.minimum(1.0, len(WINDOWS) * p_values), method="bh")
    return adjusted


def is_worse(kind: CellKind, shift: Shift, series: Mapping[str, CellSeries]) -> bool:
    """Say whether a shift is for the worse: of a ratio, where the side that became slower moved more than the one that became faster."""
    if kind.worse != "either":
        return (shift.sign > 0) == (kind.worse == "higher")
    sides = [series.get(code) for code in kind.parts]
    if len(sides) != 2 or any(side is None or side.centres.size < shift.window + 1 for side in sides):
        return True
    above, below = (mean_shift(side.scaled, shift.window) for side in sides if side is not None)
    slower, faster = (above, -below) if shift.sign > 0 else (below, -above)
    return slower >= faster


def to_confirm(found: Sequence[Flag]) -> tuple[Flag, ...]:
    """Return the flags that are measured again before they may raise an alarm."""
    return tuple(flag for flag in found if flag.worse)


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """What was measured again: medians by code, and the control workload's. ``problem`` says why a measurement is missing."""

    centres: Mapping[str, float]
    control: float | None = None
    problem: Sentence = NOTHING


def cell_verdicts(series: Sequence[CellSeries], found: Sequence[Flag], repeated: Repeated, control: Floats | None) -> tuple[CellVerdict, ...]:
    """Return a verdict for every series; ``control`` are the control workload's values in seconds, tonight last, ``None`` where there are none."""
    flagged = {flag.series.kind.code: flag for flag in sorted(found, key=lambda flag: flag.worse)}
    verdicts = (flagged_verdict(flagged[one.kind.code], repeated, control) if one.kind.code in flagged else quiet_verdict(one) for one in series)
    return tuple(told(one) for one in verdicts)


def told(cell: CellVerdict) -> CellVerdict:
    """Return a verdict on a metric with its sentence in the language that is spoken."""
    return cell.model_copy(update={"sentence": sentence_of(cell)})


def quiet_verdict(one: CellSeries) -> CellVerdict:
    """Return the verdict on a metric that was not flagged."""
    kind, tonight = one.kind, float(one.centres[-1])
    shift = last_shift(one.scaled, one.scale, 1)
    if shift is None:
        earlier = one.centres.size - 1
        return base(kind, tonight, "no baseline").model_copy(update={"nights": earlier, "needed": LEAST_NIGHTS})
    centre = unscaled(one, shift.centre)
    change = change_of(one, float(one.scaled[-1]) - shift.centre)
    return base(kind, tonight, "fine").model_copy(update={"baseline": centre, "change": change, "nights": shift.baseline})


def flagged_verdict(flag: Flag, repeated: Repeated, control: Floats | None) -> CellVerdict:
    """Return the verdict on a flagged metric."""
    one, shift, kind = flag.series, flag.shift, flag.series.kind
    again = repeated.centres.get(kind.code)
    outcome, reason = decided(flag, repeated, control)
    centre = unscaled(one, shift.centre)
    value = unscaled(one, shift.centre + shift.size)
    change = change_of(one, shift.size)
    return base(kind, value, outcome).model_copy(
        update={
            "reason": reason,
            "problem": repeated.problem if reason == "not measured again" else NOTHING,
            "baseline": centre,
            "change": change,
            "nights": shift.baseline,
            "window": shift.window,
            "p_value": shift.p_value,
            "adjusted_p": flag.adjusted_p,
            "again": again,
        }
    )


def decided(flag: Flag, repeated: Repeated, control: Floats | None) -> tuple[Outcome, Reason]:
    """Return the outcome of a flag, with the reason."""
    one, shift = flag.series, flag.shift
    if not flag.worse:
        return "improvement", "better"
    again = repeated.centres.get(one.kind.code)
    if again is None:
        return "inconclusive", "not measured again"
    said = repeat_says(one.scaled, float(one.scale([again])[0]), shift, one.scale)
    if said == "not seen again":
        return "not confirmed", "not seen again"
    if one.kind.timed:
        # A slower machine takes longer for the control, whether the metric is a time or a throughput; of a ratio, either side may be the slower one.
        sign = None if one.kind.worse == "either" else 1
        logs = None if control is None else np.log(control)
        moved = control_moved(logs, None if repeated.control is None else math.log(repeated.control), shift.window, sign)
        if moved:
            return "machine changed", "control moved"
        if said == "seen again":
            return "regression", "seen again" if moved is False else "seen again without control"
    elif said == "seen again":
        return "regression", "seen again"
    return "inconclusive", "unclear"


def missing_verdict(kind: CellKind) -> CellVerdict:
    """Return the verdict on a metric that the last comparable night had, and tonight has not."""
    return told(base(kind, None, "missing"))


def base(kind: CellKind, value: float | None, outcome: Outcome) -> CellVerdict:
    """Return what all verdicts have in common."""
    return CellVerdict(
        code=kind.code,
        title=kind.title,
        metric=kind.metric,
        framework=kind.framework,
        unit=kind.unit,
        outcome=outcome,
        value=value,
    )


def unscaled(one: CellSeries, value: float) -> float:
    """Return a value of the scale in the metric's unit."""
    return value if one.scale.shares else math.exp(value)


def change_of(one: CellSeries, size: float) -> float:
    """Return a shift on the scale as a fraction of the baseline, or for shares as their difference."""
    return size if one.scale.shares else math.expm1(size)


def exit_code(outcomes: Sequence[Outcome], problems: Sequence[object], require_baseline: bool) -> int:
    """Return the exit code of a workload's night: 1 confirmed regression, 2 failure, 3 inconclusive, 0 fine, in this order of precedence.

    A night that measured nothing is a failure. Where no metric has a baseline yet, nothing was compared: that is fine unless one is required.
    """
    if "regression" in outcomes:
        return REGRESSION
    if problems or not outcomes or "missing" in outcomes:
        return FAILURE
    if {"inconclusive", "machine changed"} & set(outcomes):
        return INCONCLUSIVE
    if require_baseline and set(outcomes) == {"no baseline"}:
        return INCONCLUSIVE
    return FINE


def worst(codes: Sequence[int]) -> int:
    """Return the exit code of a night of several workloads, by the same precedence; of none, failure."""
    return min(codes, key=PRECEDENCE.index, default=FAILURE)
