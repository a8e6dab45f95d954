"""What the verdict on every night of a series was, all at once: for the marks on the trend page, which must say what those nights said.

Asking :mod:`reportgen.analysis.history.verdict` night by night would look at every metric again each time; here the detector runs once over each
metric, and only a metric that it flagged is looked at closely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.history.detector import BASELINE_MOST, WINDOWS, Floats, Scan, last_shift, scan
from reportgen.analysis.history.series import CellSeries, scale_of
from reportgen.analysis.history.shown import Outcome
from reportgen.analysis.history.verdict import Flag, Repeated, adjust, decided, is_worse
from reportgen.analysis.multiplicity import ALPHA
from reportgen.records.night import CellKind

# As far as the detector looks back from a night.
LOOK_BACK = BASELINE_MOST + max(WINDOWS)


@dataclass(frozen=True, kw_only=True)
class CellNights:
    """A metric over the nights of a series: ``nights`` int64 (values,), rising, are the places of its values among all nights of the series.

    ``centres`` and ``again`` float64 (values,) are the medians, and what was measured again that night, NaN where nothing was.
    """

    kind: CellKind
    nights: NDArray[np.int64] = field(repr=False)
    centres: Floats = field(repr=False)
    again: Floats = field(repr=False)

    def until(self, index: int) -> CellSeries:
        """Return the metric as the verdict on the night of its value ``index`` saw it."""
        return CellSeries(kind=self.kind, centres=self.centres[max(0, index + 1 - LOOK_BACK) : index + 1])


@dataclass(frozen=True, kw_only=True)
class ControlNights:
    """The control workload over all nights of a series, float64 (nights,): medians in seconds, and those of what was measured again; NaN for none.

    ``keys`` say which of them are comparable.
    """

    keys: tuple[str, ...]
    centres: Floats = field(repr=False)
    again: Floats = field(repr=False)

    def until(self, night: int) -> Floats | None:
        """Return the medians up to a night that are comparable with that night's, or ``None`` where it has none."""
        if np.isnan(self.centres[night]):
            return None
        kept = [index for index in range(night + 1) if self.keys[index] == self.keys[night] and not np.isnan(self.centres[index])]
        return self.centres[kept[-LOOK_BACK:]]


def outcomes(cells: Sequence[CellNights], control: ControlNights) -> tuple[Mapping[int, Outcome], ...]:
    """Return for each metric what was said of it on the nights on which it was flagged, by the place of the value among its own."""
    scans = [scan(scale_of(one.kind, one.centres)(one.centres), scale_of(one.kind, one.centres).noise) for one in cells]
    chance = adjusted_by_night(cells, scans, control.centres.size)
    found: list[Mapping[int, Outcome]] = []
    for row, (one, seen) in enumerate(zip(cells, scans, strict=True)):
        scale = scale_of(one.kind, one.centres)
        own: dict[int, Outcome] = {}
        for direction, sign in enumerate((1, -1)):
            flagged = seen.flagged(sign, scale.least).any(axis=0) & (chance[row, direction, one.nights] <= ALPHA)
            for index in np.flatnonzero(flagged):
                own[int(index)] = outcome_of(cells, row, int(index), sign, control)
        found.append(own)
    return tuple(found)


def adjusted_by_night(cells: Sequence[CellNights], scans: Sequence[Scan], nights: int) -> Floats:
    """Return the p-values float64 (metrics, directions, nights) adjusted over all metrics of each night; NaN where there is none."""
    least = np.full((len(cells), 2, nights), np.nan)
    for row, (one, seen) in enumerate(zip(cells, scans, strict=True)):
        for direction, p_values in enumerate((seen.p_higher, seen.p_lower)):
            # Where a metric has no baseline yet, no window of it has a value.
            known = ~np.isnan(p_values).all(axis=0)
            least[row, direction, one.nights[known]] = np.nanmin(p_values[:, known], axis=0)
    for night in range(nights):
        column = least[:, :, night]
        known = ~np.isnan(column)
        if known.any():
            column[known] = adjust(column[known])
    return least


def outcome_of(cells: Sequence[CellNights], row: int, index: int, sign: int, control: ControlNights) -> Outcome:
    """Return what was said of a flagged metric on the night of its value ``index``."""
    one = cells[row]
    series, night = one.until(index), int(one.nights[index])
    shift = last_shift(series.scaled, series.scale, sign)
    if shift is None:
        return "no baseline"
    sides = [(other, np.flatnonzero(other.nights == night)) for other in cells if other.kind.code in one.kind.parts]
    parts = {other.kind.code: other.until(int(place[0])) for other, place in sides if place.size}
    flag = Flag(series=series, shift=shift, adjusted_p=0.0, worse=is_worse(one.kind, shift, parts))
    centres = {} if np.isnan(one.again[index]) else {one.kind.code: float(one.again[index])}
    repeated = Repeated(centres=centres, control=None if np.isnan(control.again[night]) else float(control.again[night]))
    return decided(flag, repeated, control.until(night))[0]
