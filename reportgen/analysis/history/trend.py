"""The trend of a metric: its nights, the levels that they stood at, and where it became worse or better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from reportgen.analysis.history.confirming import repeat_says
from reportgen.analysis.history.detector import LEAST_SHIFT, WINDOWS, Scale, Shift, baseline_of, scan, share_scale
from reportgen.analysis.history.series import CellKind
from reportgen.analysis.history.steps import Step, steps

MarkKind = Literal["regression", "flagged", "recovery", "improvement"]


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A night's value of a metric with its interval; ``at`` is ISO 8601. ``again`` is what was measured again that night."""

    run: str
    at: str
    centre: float
    low: float | None
    high: float | None
    n: int
    again: float | None = None


@dataclass(frozen=True, kw_only=True)
class TrendGroup:
    """Older nights taken together: how many, from when to when, their median, and their range."""

    first_at: str
    last_at: str
    count: int
    centre: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Night ``index`` of the points, at which the detector first saw a change of this kind."""

    index: int
    kind: MarkKind


@dataclass(frozen=True, kw_only=True)
class SoftwareChange:
    """What changed in the software before the night at ``at``, in words."""

    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CellTrend:
    """A metric over nights: older ones in groups, recent ones each as a point, the levels of these, and the marks on them."""

    kind: CellKind
    groups: tuple[TrendGroup, ...]
    points: tuple[TrendPoint, ...]
    levels: tuple[Step, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class SeriesTrend:
    """All metrics of one workload on one machine."""

    workload: str
    workload_title: str
    dataset: str
    hardware: str
    nights: int
    cells: tuple[CellTrend, ...]
    changes: tuple[SoftwareChange, ...]


def cell_trend(kind: CellKind, groups: Sequence[TrendGroup], points: Sequence[TrendPoint]) -> CellTrend:
    """Return a metric's trend; ``levels`` are in the metric's unit."""
    centres = np.array([point.centre for point in points])
    scale = share_scale(float(centres.mean()), kind.test_count) if kind.unit == "fraction" and points else Scale()
    found = steps(scale(centres)) if points else ()
    levels = tuple(Step(first=one.first, last=one.last, level=one.level if scale.shares else float(np.exp(one.level))) for one in found)
    return CellTrend(kind=kind, groups=tuple(groups), points=tuple(points), levels=levels, marks=marks(kind, points, scale))


def marks(kind: CellKind, points: Sequence[TrendPoint], scale: Scale) -> tuple[Mark, ...]:
    """Return the nights at which the detector began to flag a change: a regression where it was confirmed that night, a recovery after one.

    A ratio has no better side here; its changes are marked as flagged.
    """
    values = scale(np.array([point.centre for point in points])) if points else np.zeros(0)
    seen = scan(values, scale.noise)
    upward, downward = seen.flagged(1, scale.least), seen.flagged(-1, scale.least)
    worse, better = (downward, upward) if kind.worse == "lower" else (upward, downward)
    found: list[Mark] = []
    state, was_worse, was_better = "usual", False, False
    for index in range(values.size):
        is_worse, is_better = bool(worse[:, index].any()), bool(better[:, index].any())
        if is_worse and (not was_worse or state != "regression"):
            mark: MarkKind = "flagged"
            sign = -1 if kind.worse == "lower" else 1
            if kind.worse != "either" and confirmed(values[: index + 1], points[index], scale, sign, worse[:, index]):
                mark, state = "regression", "regression"
            if mark == "regression" or not was_worse:
                found.append(Mark(index=index, kind=mark))
        elif is_better and not was_better:
            mark = "flagged" if kind.worse == "either" else "recovery" if state == "regression" else "improvement"
            found.append(Mark(index=index, kind=mark))
            state = "usual"
        was_worse, was_better = is_worse, is_better
    return tuple(found)


def confirmed(values: np.ndarray, point: TrendPoint, scale: Scale, sign: int, flagged: np.ndarray) -> bool:
    """Say whether a flagged night was measured again, and showed the change then too."""
    if point.again is None:
        return False
    window = WINDOWS[int(np.flatnonzero(flagged)[0])]
    before = baseline_of(values, window)
    shift = Shift(window=window, baseline=before.size, sign=sign, size=LEAST_SHIFT, p_value=0.0, centre=float(before.mean()), flagged=True)
    return repeat_says(values, float(scale([point.again])[0]), shift, scale) == "seen again"


def software_changes(nights: Sequence[tuple[str, str, dict[str, str]]]) -> tuple[SoftwareChange, ...]:
    """Return what changed from night to night; each night is when it was, its software key, and its software by name, oldest first."""
    found: list[SoftwareChange] = []
    for (_, key, before), (at, next_key, after) in zip(nights, nights[1:], strict=False):
        if key != next_key:
            found.append(SoftwareChange(at=at, text=changed_text(before, after)))
    return tuple(found)


def changed_text(before: dict[str, str], after: dict[str, str]) -> str:
    """Return what differs between two nights' software, in words."""
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    return ", ".join(f"{name} {before.get(name, 'absent')} \u2192 {after.get(name, 'absent')}" for name in names)
