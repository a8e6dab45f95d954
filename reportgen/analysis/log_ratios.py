"""Comparing times within blocks, on the logarithm of their ratio: slowness multiplies, so its logarithm is what adds up and scatters alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from reportgen.analysis.claims import Sensitivity
from reportgen.analysis.interval import Interval

Differences = NDArray[np.float64]

CONFIDENCE = 0.95
# What Cohen made customary: four studies in five would see a difference of that size.
POWER = 0.80
METHOD = "paired t on logarithms"
# Below this standard deviation values differ by rounding in the last of 16 digits only, and no clock made the difference.
NO_SCATTER = 1e-12


def log_differences(numerator: Sequence[float], denominator: Sequence[float]) -> Differences:
    """Return ln(a_i / b_i), float64 (blocks,), of positive times in the same order of blocks; raises ``ValueError`` for anything else."""
    above, below = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if above.shape != below.shape or not np.all((above > 0) & (below > 0) & np.isfinite(above) & np.isfinite(below)):
        raise ValueError(f"not positive times in pairs: {numerator!r}, {denominator!r}")
    return np.log(above) - np.log(below)


def logarithms(values: Sequence[float]) -> Differences:
    """Return ln of positive values, float64 (values,); raises ``ValueError`` for anything else."""
    array = np.asarray(values, dtype=np.float64)
    if not array.size or not np.all((array > 0) & np.isfinite(array)):
        raise ValueError(f"not positive values: {values!r}")
    return np.log(array)


def paired_p_value(differences: Differences) -> float:
    """Return the two-sided p-value of "the mean log ratio is zero": Student's t of the differences, as in ``scipy.stats.ttest_rel``.

    Needs two differences. It assumes that they scatter normally and independently; from ten blocks on, moderate skewness matters little.
    Differences without any scatter (a clock too coarse) have the p-value 1: nothing is known about their scatter then.
    """
    if not differences.std(ddof=1) > NO_SCATTER:
        return 1.0
    return float(stats.ttest_1samp(differences, 0.0).pvalue)


def half_width(differences: Differences, level: float = CONFIDENCE) -> float:
    """Return half the width of the interval of the mean log ratio: t((1 + level) / 2, n - 1) s / sqrt(n). Needs two differences."""
    n = differences.size
    return float(stats.t.ppf((1 + level) / 2, n - 1) * differences.std(ddof=1) / math.sqrt(n))


def ratio_interval(differences: Differences, level: float = CONFIDENCE) -> Interval:
    """Return the interval of exp(mean), Student's for the mean log ratio taken back from the logarithms. Needs two differences."""
    mean, half = float(differences.mean()), half_width(differences, level)
    return Interval(low=math.exp(mean - half), high=math.exp(mean + half), level=level, method=METHOD)


def minimal_detectable_ratio(differences: Differences, level: float = CONFIDENCE) -> float:
    """Return the ratio (at least 1) that a study like this one would have told from 1 with probability :data:`POWER`.

    exp((t((1 + level) / 2) + t(POWER)) s / sqrt(n)), both quantiles with n - 1 degrees of freedom (Bloom's multiple of the standard error,
    Evaluation Review 19, 1995). The scatter is the observed one, so the figure is an estimate as well. Needs two differences.
    """
    n = differences.size
    multiple = stats.t.ppf((1 + level) / 2, n - 1) + stats.t.ppf(POWER, n - 1)
    return math.exp(float(multiple * differences.std(ddof=1) / math.sqrt(n)))


def welch(first: Differences, second: Differences) -> tuple[float, float]:
    """Return the variance of the difference of two means, and its degrees of freedom (Welch and Satterthwaite). Needs two values of each.

    Without any scatter, the degrees of freedom are those of the smaller group: nothing hangs on them then.
    """
    above, below = float(first.var(ddof=1)) / first.size, float(second.var(ddof=1)) / second.size
    if not above + below > NO_SCATTER**2:
        return above + below, min(first.size, second.size) - 1.0
    return above + below, (above + below) ** 2 / (above**2 / (first.size - 1) + below**2 / (second.size - 1))


def hodges_lehmann(differences: Differences) -> float:
    """Return the median of all pairwise means, each value paired with itself too (Hodges and Lehmann, 1963): the centre that ranks see."""
    first, second = np.triu_indices(differences.size)
    return float(np.median((differences[first] + differences[second]) / 2))


def rank_sensitivity(differences: Differences) -> Sensitivity:
    """Return Wilcoxon's signed-rank test, exact, with the Hodges-Lehmann estimate as a ratio: symmetry instead of normality.

    Equal sizes, where SciPy's table of the exact distribution does not hold, are given mean ranks, and the distribution is then found by
    permuting signs. Differences of zero say nothing of direction and are left out.
    """
    informative = differences[differences != 0]
    p_value = 1.0
    if informative.size:
        tied = len(set(np.abs(informative).tolist())) < informative.size
        # Exact for both: up to 13 values SciPy permutes all signs, beyond that it draws them; the seed keeps a report reproducible.
        method = stats.PermutationMethod(n_resamples=9999, rng=np.random.default_rng(0)) if tied else "exact"
        p_value = float(stats.wilcoxon(informative, method=method).pvalue)
    estimate = math.exp(hodges_lehmann(differences))
    sentence = f"Wilcoxon signed-rank test: p = {p_value:.2g}; Hodges-Lehmann ratio {estimate:.3f}"
    return Sensitivity(method="Wilcoxon signed-rank, Hodges-Lehmann", estimate=estimate, p_value=p_value, sentence=sentence)


def position_effect(differences: Differences, numerator_first: NDArray[np.bool_]) -> tuple[float, Interval | None] | None:
    """Return the ratio of a time in the first position of a block to one in the second, and its 95 % interval.

    In blocks where the numerator ran first the differences hold the frameworks' difference plus the effect, in the others minus it: half the
    difference of the two groups' means is the effect (a two-period crossover; Welch's interval, as the groups may be of unequal size). ``None``
    unless both orders occurred; without interval unless both occurred twice, with scatter.
    """
    first, second = differences[numerator_first], differences[~numerator_first]
    if first.size == 0 or second.size == 0:
        return None
    effect = float(first.mean() - second.mean()) / 2
    if first.size < 2 or second.size < 2 or not min(first.std(), second.std()) > NO_SCATTER:
        return math.exp(effect), None
    found = stats.ttest_ind(first, second, equal_var=False).confidence_interval(CONFIDENCE)
    interval = Interval(
        low=math.exp(found.low / 2), high=math.exp(found.high / 2), level=CONFIDENCE, method="Welch's t between orders, on logarithms"
    )
    return math.exp(effect), interval
