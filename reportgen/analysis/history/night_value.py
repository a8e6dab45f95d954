"""What one night says of one metric: its median, with the distribution-free interval that the reports use too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.analysis.statistics import median_interval


@dataclass(frozen=True, kw_only=True)
class NightValue:
    """A night's median of ``n`` blocks; ``low`` and ``high`` enclose it where there are enough blocks for an interval."""

    centre: float
    low: float | None
    high: float | None
    n: int


def night_value(values: Sequence[float]) -> NightValue:
    """Return what a night's raw values say; raises ``ValueError`` for none, or for one that is not finite."""
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0 or not np.all(np.isfinite(array)):
        raise ValueError(f"not values of a night: {values!r}")
    interval = median_interval(array)
    return NightValue(
        centre=float(np.median(array)),
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        n=int(array.size),
    )
