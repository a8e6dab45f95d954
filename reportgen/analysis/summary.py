"""A summary of repeated measurements, as results hold it; how it is made is in :mod:`reportgen.analysis.statistics`."""

from __future__ import annotations

from reportgen.analysis.interval import Interval
from reportgen.records import Record


class Summary(Record):
    """One measured quantity over repeated trials.

    ``values`` are the raw samples in order of blocks. ``standard_deviation`` needs n >= 2; ``interval`` (of the median) needs n >= 6.
    ``outliers`` are indices into ``values``, flagged and never dropped.
    """

    unit: str
    values: tuple[float, ...]
    n: int
    mean: float
    standard_deviation: float | None
    median: float
    minimum: float
    maximum: float
    interval: Interval | None
    outliers: tuple[int, ...] = ()
