"""The ratio of two sets of times, with everything that a finding asks of it: paired by block inside a run, not paired between runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import stats

from reportgen.analysis import log_ratios
from reportgen.analysis.claims import Sensitivity
from reportgen.analysis.interval import Interval
from reportgen.analysis.log_ratios import NO_SCATTER, POWER, Differences
from reportgen.language import gettext

UNPAIRED = "Welch's t on logarithms, not paired"


class RatioEstimate(Protocol):
    """What findings ask of a ratio. ``n`` is the smaller number of repetitions; intervals need two of each."""

    @property
    def n(self) -> int:
        """The number of repetitions on which a claim would rest."""

    @property
    def count(self) -> int | str:
        """The same for a sentence: both numbers where there are two."""

    @property
    def ratio(self) -> float:
        """The exponential of the mean log ratio."""

    @property
    def scatter(self) -> float:
        """How much the repetitions scatter, on the logarithmic scale."""

    def p_value(self) -> float:
        """The two-sided p-value of "the ratio is 1"."""

    def interval(self, level: float = log_ratios.CONFIDENCE) -> Interval:
        """The interval of the ratio."""

    def detectable(self, level: float = log_ratios.CONFIDENCE) -> float:
        """The ratio, at least 1, that would have been told from 1 with probability 80 %."""

    def sensitivity(self) -> Sensitivity:
        """The answer of a method with other assumptions."""


@dataclass(frozen=True, kw_only=True)
class PairedRatio:
    """A ratio within the blocks of one run; see :mod:`reportgen.analysis.log_ratios`."""

    differences: Differences

    @property
    def n(self) -> int:
        """See :class:`RatioEstimate`."""
        return int(self.differences.size)

    @property
    def count(self) -> int | str:
        """See :class:`RatioEstimate`."""
        return self.n

    @property
    def ratio(self) -> float:
        """See :class:`RatioEstimate`."""
        return math.exp(float(self.differences.mean()))

    @property
    def scatter(self) -> float:
        """See :class:`RatioEstimate`; of one pair alone there is none."""
        return float(self.differences.std(ddof=1)) if self.n > 1 else 0.0

    def p_value(self) -> float:
        """See :class:`RatioEstimate`."""
        return log_ratios.paired_p_value(self.differences)

    def interval(self, level: float = log_ratios.CONFIDENCE) -> Interval:
        """See :class:`RatioEstimate`."""
        return log_ratios.ratio_interval(self.differences, level)

    def detectable(self, level: float = log_ratios.CONFIDENCE) -> float:
        """See :class:`RatioEstimate`."""
        return log_ratios.minimal_detectable_ratio(self.differences, level)

    def sensitivity(self) -> Sensitivity:
        """See :class:`RatioEstimate`."""
        return log_ratios.rank_sensitivity(self.differences)


@dataclass(frozen=True, kw_only=True)
class UnpairedRatio:
    """A ratio between two runs. Nothing ties a block of the one to a block of the other, so their logarithms are compared as two groups.

    Student's t after Welch, for groups of unequal scatter and size. The interval takes in how trials scatter inside each run; what changed
    on the machine from one run to the other is in the ratio itself.
    """

    above: Differences
    below: Differences

    @property
    def n(self) -> int:
        """See :class:`RatioEstimate`."""
        return int(min(self.above.size, self.below.size))

    @property
    def count(self) -> int | str:
        """See :class:`RatioEstimate`."""
        return gettext("{size} and {size_2}", size=self.above.size, size_2=self.below.size)

    @property
    def log_ratio(self) -> float:
        """The difference of the mean logarithms."""
        return float(self.above.mean() - self.below.mean())

    @property
    def ratio(self) -> float:
        """See :class:`RatioEstimate`."""
        return math.exp(self.log_ratio)

    @property
    def scatter(self) -> float:
        """See :class:`RatioEstimate`."""
        return math.sqrt(log_ratios.welch(self.above, self.below)[0])

    def p_value(self) -> float:
        """See :class:`RatioEstimate`."""
        variance, degrees = log_ratios.welch(self.above, self.below)
        error = math.sqrt(variance)
        return 1.0 if not error > NO_SCATTER else float(2 * stats.t.sf(abs(self.log_ratio) / error, degrees))

    def interval(self, level: float = log_ratios.CONFIDENCE) -> Interval:
        """See :class:`RatioEstimate`."""
        variance, degrees = log_ratios.welch(self.above, self.below)
        half = float(stats.t.ppf((1 + level) / 2, degrees)) * math.sqrt(variance)
        return Interval(low=math.exp(self.log_ratio - half), high=math.exp(self.log_ratio + half), level=level, method=UNPAIRED)

    def detectable(self, level: float = log_ratios.CONFIDENCE) -> float:
        """See :class:`RatioEstimate`."""
        variance, degrees = log_ratios.welch(self.above, self.below)
        multiple = stats.t.ppf((1 + level) / 2, degrees) + stats.t.ppf(POWER, degrees)
        return math.exp(float(multiple) * math.sqrt(variance))

    def sensitivity(self) -> Sensitivity:
        """Return the test of Mann and Whitney, exact, with the median of all differences between the groups (Hodges and Lehmann) as a ratio."""
        tied = len({*self.above.tolist(), *self.below.tolist()}) < self.above.size + self.below.size
        # SciPy's table of the exact distribution holds without ties only; the seed keeps a report reproducible.
        method = stats.PermutationMethod(n_resamples=9999, rng=np.random.default_rng(0)) if tied else "exact"
        p_value = float(stats.mannwhitneyu(self.above, self.below, method=method).pvalue) if self.n >= 2 else 1.0
        estimate = math.exp(float(np.median(np.subtract.outer(self.above, self.below))))
        sentence = gettext("Mann-Whitney test: p = {p_value:.2g}; Hodges-Lehmann ratio {estimate:.3f}", p_value=p_value, estimate=estimate)
        return Sensitivity(method=gettext("Mann-Whitney, Hodges-Lehmann"), estimate=estimate, p_value=p_value, sentence=sentence)


def estimate(above: Sequence[float], below: Sequence[float], *, paired: bool) -> RatioEstimate:
    """Return the ratio of positive values; raises ``ValueError`` for others, and for pairs of unequal number."""
    if paired:
        return PairedRatio(differences=log_ratios.log_differences(above, below))
    return UnpairedRatio(above=log_ratios.logarithms(above), below=log_ratios.logarithms(below))
