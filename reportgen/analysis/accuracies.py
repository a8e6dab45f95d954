"""Two questions about accuracy that need two methods: these two models on this test set, and the two recipes that made them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from reportgen.analysis.claims import ModelPair
from reportgen.analysis.interval import Interval
from reportgen.analysis.log_ratios import CONFIDENCE, NO_SCATTER, POWER, welch

#: bool (trials, test images): whether a trial's model classified an image correctly.
Correct = NDArray[np.bool_]


def compare_models(block: int, numerator: str, first: Correct, denominator: str, second: Correct) -> ModelPair:
    """Compare two models on the same images; ``first`` and ``second`` are bool (test images,).

    McNemar's exact test: of the images that only one model got right, each has an even chance to be either's. The interval of the difference
    adds half an image to each of the four cells (Agresti and Min, Statistics in Medicine 24, 2005), which keeps its coverage where few images
    differ. Never pool trials into it: their test images are the same, and would be counted again and again.
    """
    count = first.size
    b, c = int(np.sum(first & ~second)), int(np.sum(~first & second))
    return ModelPair(
        block=block,
        numerator=numerator,
        denominator=denominator,
        b=b,
        c=c,
        image_count=count,
        difference=(b - c) / count,
        interval=change_interval(b, c, count),
        p_value=float(stats.binomtest(min(b, c), b + c).pvalue) if b + c else 1.0,
    )


def change_interval(b: int, c: int, count: int, level: float = CONFIDENCE) -> Interval:
    """Return Agresti and Min's interval of (b - c) / count, where ``b`` images speak for one model alone and ``c`` for the other alone."""
    centre, standard_error = agresti_min(b, c, count)
    half_width = float(stats.norm.ppf((1 + level) / 2)) * standard_error
    return Interval(low=max(-1.0, centre - half_width), high=min(1.0, centre + half_width), level=level, method="Agresti-Min")


def loss_p_value(b: int, c: int, count: int, margin: float) -> float:
    """Return the p-value, two-sided as intervals are, of "the accuracy falls by ``margin`` or more".

    It is at most 1 - level where the interval of that level lies above -``margin``, so that Holm's procedure may take it in.
    """
    centre, standard_error = agresti_min(b, c, count)
    return min(1.0, 2 * float(stats.norm.sf((centre + margin) / standard_error)))


def agresti_min(b: int, c: int, count: int) -> tuple[float, float]:
    """Return the centre and the standard error behind :func:`change_interval`: half an image more in each of the four cells."""
    more, fewer, total = b + 0.5, c + 0.5, count + 2.0
    centre = (more - fewer) / total
    return centre, math.sqrt(more + fewer - (more - fewer) ** 2 / total) / total


@dataclass(frozen=True, kw_only=True)
class RecipeDifference:
    """The difference of two recipes' accuracies (fractions), its standard error over seeds and test images, and its degrees of freedom."""

    difference: float
    standard_error: float
    degrees_of_freedom: float
    n: int

    def interval(self, level: float = CONFIDENCE) -> Interval:
        """Return the t interval of the difference."""
        half_width = float(stats.t.ppf((1 + level) / 2, self.degrees_of_freedom)) * self.standard_error
        return Interval(low=self.difference - half_width, high=self.difference + half_width, level=level, method="t over seeds and test images")

    def p_value(self) -> float:
        """Return the two-sided p-value of "no difference"; 1 where nothing scatters, since nothing is known about scatter then."""
        if not self.standard_error > NO_SCATTER:
            return 1.0
        return float(2 * stats.t.sf(abs(self.difference) / self.standard_error, self.degrees_of_freedom))

    def equivalence_p_value(self, margin: float) -> float:
        """Return the p-value of "they differ by ``margin`` or more", the larger of two one-sided tests (Schuirmann, 1987); 1 without scatter."""
        if not self.standard_error > NO_SCATTER:
            return 1.0
        return float(stats.t.sf((margin - abs(self.difference)) / self.standard_error, self.degrees_of_freedom))

    def minimal_detectable_difference(self, level: float = CONFIDENCE) -> float:
        """Return the difference that a study like this one would have told from zero with probability 80 %."""
        multiple = stats.t.ppf((1 + level) / 2, self.degrees_of_freedom) + stats.t.ppf(POWER, self.degrees_of_freedom)
        return float(multiple * self.standard_error)


def compare_recipes(first: Correct, second: Correct, *, paired: bool) -> RecipeDifference:
    """Return the difference in accuracy of two recipes, each run n times on the same N test images; bool (n, N) both, n >= 2.

    Where they are not ``paired``, the one may have been run more often than the other.

    Two sources of chance are crossed: the seed of a trial, and the choice of the test images. se^2 = s^2_seed / n + s^2_item / N. s^2_seed is
    the variance of the trials' accuracies (Welch's sum over both recipes, or that of the differences where ``paired``). s^2_item is the
    variance over images of the difference of the shares of trials that got an image right, less what the trials' own chance contributes to it,
    which s^2_seed holds already (the two-way random-effects estimate of the component, not below zero). Degrees of freedom are those of the
    seeds alone, the scarcer of the two: n - 1 when paired, else Welch's.

    ``paired`` only where trials of a block really share initial weights, order of data and split; an equal seed number in two frameworks is no
    such thing. The normal approximation behind it wants some tens of images on which the recipes differ.
    """
    trials, others, images = len(first), len(second), first.shape[1]
    a, b = first.mean(axis=1), second.mean(axis=1)
    if paired:
        seeds, degrees = float((a - b).var(ddof=1)) / trials, trials - 1.0
        chance = residual_variance(first.astype(float) - second) / trials if images > 1 else 0.0
    else:
        seeds, degrees = welch(a, b)
        chance = residual_variance(first) / trials + residual_variance(second) / others if images > 1 else 0.0
    items = max(0.0, float((first.mean(axis=0) - second.mean(axis=0)).var(ddof=1)) - chance) if images > 1 else 0.0
    return RecipeDifference(
        difference=float(a.mean() - b.mean()),
        standard_error=math.sqrt(seeds + items / images),
        degrees_of_freedom=degrees,
        n=min(trials, others),
    )


def residual_variance(answers: NDArray[np.bool_] | NDArray[np.float64]) -> float:
    """Return the variance of answers (trials, images) that neither the trial nor the image accounts for: the mean square of interaction and error."""
    values = answers.astype(np.float64)
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0, keepdims=True) + values.mean()
    trials, images = values.shape
    return float(np.sum(rest**2) / ((trials - 1) * (images - 1)))
