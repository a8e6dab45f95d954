"""The trend of a metric: its nights, the levels that they stood at, and where it became worse or better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from reportgen.analysis.history.marking import marks
from reportgen.analysis.history.series import scale_of
from reportgen.analysis.history.shown import CellTrend, Outcome, SoftwareChange, Step, TrendGroup, TrendPoint
from reportgen.analysis.history.steps import steps
from reportgen.language import gettext
from reportgen.records.night import CellKind


def cell_trend(kind: CellKind, groups: Sequence[TrendGroup], points: Sequence[TrendPoint], said: Mapping[int, Outcome]) -> CellTrend:
    """Return a metric's trend; ``levels`` are in the metric's unit. ``said`` are the verdicts on flagged nights, by their place."""
    centres = np.array([point.centre for point in points])
    scale = scale_of(kind, centres)
    found = steps(scale(centres)) if points else ()
    levels = tuple(Step(first=one.first, last=one.last, level=one.level if scale.shares else float(np.exp(one.level))) for one in found)
    return CellTrend(kind=kind, groups=tuple(groups), points=tuple(points), levels=levels, marks=marks(said, scale(centres) if points else centres))


def software_changes(nights: Sequence[tuple[str, str, dict[str, str]]]) -> tuple[SoftwareChange, ...]:
    """Return what changed from night to night; each night is when it was, its software key, and its software by name, oldest first."""
    found: list[SoftwareChange] = []
    for (_, key, before), (at, next_key, after) in pairwise(nights):
        if key != next_key:
            found.append(SoftwareChange(at=at, text=changed_text(before, after)))
    return tuple(found)


def changed_text(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return what differs between two nights' software, in words."""
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    absent = gettext("absent")
    return ", ".join(f"{name} {before.get(name, absent)} \u2192 {after.get(name, absent)}" for name in names)
