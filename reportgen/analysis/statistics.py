"""Summaries and intervals. The methods, and why these, are explained in docs/methods.md."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from reportgen.analysis.interval import Interval
from reportgen.analysis.log_ratios import CONFIDENCE, log_differences, ratio_interval
from reportgen.analysis.results import Ratio, Summary

# An order-statistics interval of the median reaches 95 % from 6 values on: 1 - 2 * 2**-6 = 0.969, while 5 values give 0.9375.
SMALLEST_N_FOR_INTERVAL = 6
# Iglewicz and Hoaglin's limit for the modified z-score; 1.4826 makes the median absolute deviation estimate sigma of a normal distribution.
OUTLIER_LIMIT = 3.5
MAD_TO_SIGMA = 1.4826


def summarise(values: Sequence[float], unit: str) -> Summary:
    """Summarise at least one value; raises ``ValueError`` for none, or for one that is not finite."""
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0 or not np.all(np.isfinite(array)):
        raise ValueError(f"cannot summarise {values!r}")
    return Summary(
        unit=unit,
        values=tuple(float(value) for value in array),
        n=array.size,
        mean=float(array.mean()),
        standard_deviation=float(array.std(ddof=1)) if array.size >= 2 else None,
        median=float(np.median(array)),
        minimum=float(array.min()),
        maximum=float(array.max()),
        interval=median_interval(array),
        outliers=flag_outliers(array),
    )


def optional(values: Sequence[float | None], unit: str) -> Summary | None:
    """Summarise values of which none is missing; ``None`` when one is."""
    known = [float(value) for value in values if value is not None]
    return summarise(known, unit) if known and len(known) == len(values) else None


def median_interval(values: NDArray[np.float64]) -> Interval | None:
    """Return the distribution-free interval of the median between two order statistics, or ``None`` below :data:`SMALLEST_N_FOR_INTERVAL` values.

    The number of values below the true median is Binomial(n, 1/2); the k-th smallest and k-th largest value enclose the median with
    probability 1 - 2 P(B < k). k is the largest that keeps at least 95 % (Hahn and Meeker, Statistical Intervals, section 5.2).
    """
    n = len(values)
    if n < SMALLEST_N_FOR_INTERVAL:
        return None
    rank, level = median_rank(n)
    ordered = np.sort(values)
    return Interval(low=float(ordered[rank - 1]), high=float(ordered[n - rank]), level=level, method="order statistics of the median")


@cache
def median_rank(n: int) -> tuple[int, float]:
    """Return the k of :func:`median_interval` for n values, and the confidence that it gives: asked for again with every metric of every night."""
    ranks = np.arange(1, n // 2 + 1)
    levels = 1 - 2 * stats.binom.cdf(ranks - 1, n, 0.5)
    rank = int(ranks[levels >= CONFIDENCE][-1])
    return rank, float(levels[rank - 1])


def flag_outliers(values: NDArray[np.float64]) -> tuple[int, ...]:
    """Return the indices of values further than 3.5 scaled median absolute deviations from the median; flagged, never dropped.

    Where more than half of the values are equal, that deviation is zero and says nothing about scatter: none is flagged then.
    """
    distance = np.abs(values - np.median(values))
    spread = MAD_TO_SIGMA * float(np.median(distance))
    if spread == 0.0:
        return ()
    return tuple(int(index) for index in np.flatnonzero(distance > OUTLIER_LIMIT * spread))


def paired_ratio(metric: str, numerator: str, numerator_values: Sequence[float], denominator: str, denominator_values: Sequence[float]) -> Ratio:
    """Return the ratio of two frameworks' times, paired by block: exp of the mean of ln(a_i / b_i), with its paired t interval on the logarithms.

    Times are positive seconds, one a block, in the same order; anything else raises ``ValueError``. The interval needs two blocks at least:
    mean +- t(0.975, n - 1) s / sqrt(n), as in ``scipy.stats.ttest_rel``.
    """
    differences = log_differences(numerator_values, denominator_values)
    interval = ratio_interval(differences) if differences.size >= 2 else None
    ratio = float(np.exp(differences.mean()))
    return Ratio(metric=metric, numerator=numerator, denominator=denominator, n=differences.size, ratio=ratio, interval=interval)
