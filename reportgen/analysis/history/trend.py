"""The trend of a metric: its nights, the levels that they stood at, and where it became worse or better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from reportgen.analysis.history.detector import BASELINE_MOST
from reportgen.analysis.history.series import scale_of
from reportgen.analysis.history.shown import CellTrend, Mark, Outcome, SoftwareChange, Step, TrendGroup, TrendPoint
from reportgen.analysis.history.steps import steps
from reportgen.records.night import CellKind


def cell_trend(kind: CellKind, groups: Sequence[TrendGroup], points: Sequence[TrendPoint], said: Mapping[int, Outcome]) -> CellTrend:
    """Return a metric's trend; ``levels`` are in the metric's unit. ``said`` are the verdicts on flagged nights, by their place."""
    centres = np.array([point.centre for point in points])
    scale = scale_of(kind, centres)
    found = steps(scale(centres)) if points else ()
    levels = tuple(Step(first=one.first, last=one.last, level=one.level if scale.shares else float(np.exp(one.level))) for one in found)
    return CellTrend(kind=kind, groups=tuple(groups), points=tuple(points), levels=levels, marks=marks(said))


def marks(said: Mapping[int, Outcome]) -> tuple[Mark, ...]:
    """Return where a change began, from the verdicts on the flagged nights of a metric.

    A lasting change is flagged night after night until it is a part of the baseline; it is marked once, and
    once more where it is confirmed later; what is flagged until a regression is a part of the baseline is that regression.
    An improvement after a regression is a recovery.
    """
    found: list[Mark] = []
    regressed, absorbed = False, -1
    for index in sorted(said):
        before = said.get(index - 1)
        better, was_better = said[index] == "improvement", before == "improvement"
        if better:
            if not was_better:
                found.append(Mark(index=index, kind="recovery" if regressed else "improvement"))
            regressed, absorbed = False, -1
        elif said[index] == "regression":
            if not regressed or before is None:
                found.append(Mark(index=index, kind="regression"))
            regressed, absorbed = True, index + BASELINE_MOST
        elif (before is None or was_better) and index > absorbed:
            found.append(Mark(index=index, kind="flagged"))
    return tuple(found)


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
    return ", ".join(f"{name} {before.get(name, 'absent')} \u2192 {after.get(name, 'absent')}" for name in names)
