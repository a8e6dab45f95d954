"""Ratios between runs: as SciPy has them, covering what they say they cover, and never paired."""

import math

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.accuracies import compare_recipes
from reportgen.analysis.ratio_estimates import PairedRatio, UnpairedRatio, estimate

FIRST, SECOND = (1.1, 1.3, 1.2, 1.25, 1.4, 1.15, 1.22, 1.31), (1.0, 1.05, 0.98, 1.1, 1.02, 0.99)


def test_it_is_welch_s_test_on_logarithms():
    found = estimate(FIRST, SECOND, paired=False)
    known = stats.ttest_ind(np.log(FIRST), np.log(SECOND), equal_var=False)
    bounds = known.confidence_interval(0.99)
    assert found.p_value() == pytest.approx(known.pvalue)
    assert (found.interval(0.99).low, found.interval(0.99).high) == pytest.approx((math.exp(bounds.low), math.exp(bounds.high)))
    assert found.ratio == pytest.approx(stats.gmean(FIRST) / stats.gmean(SECOND))
    assert (found.n, found.count) == (6, "8 and 6")


def test_the_order_of_blocks_is_no_matter_between_runs_and_decides_inside_one():
    turned = FIRST[:6][::-1]
    assert estimate(turned, SECOND, paired=False).interval() == estimate(FIRST[:6], SECOND, paired=False).interval()
    assert estimate(turned, SECOND, paired=True).interval() != estimate(FIRST[:6], SECOND, paired=True).interval()
    assert isinstance(estimate(FIRST[:6], SECOND, paired=True), PairedRatio)
    with pytest.raises(ValueError, match="pairs"):
        estimate(FIRST, SECOND, paired=True)


def test_without_scatter_nothing_is_known():
    still = estimate((2.0,) * 6, (1.0,) * 7, paired=False)
    assert still.p_value() == 1.0
    assert still.scatter == 0.0
    assert still.interval().low == pytest.approx(2.0)


def test_one_value_has_a_ratio_and_no_more():
    single = estimate((2.0,), (1.0,), paired=False)
    assert (single.ratio, single.n) == (2.0, 1)
    assert single.sensitivity().p_value == 1.0


def test_what_is_no_time_is_refused():
    for values in ((), (1.0, 0.0), (1.0, math.nan), (-1.0, 1.0)):
        with pytest.raises(ValueError, match="positive"):
            estimate(values, (1.0, 2.0), paired=False)


def test_the_other_method_agrees_with_scipy_and_sees_ties():
    found = estimate(FIRST, SECOND, paired=False).sensitivity()
    assert found.p_value == pytest.approx(stats.mannwhitneyu(FIRST, SECOND, method="exact").pvalue)
    assert found.estimate == pytest.approx(math.exp(np.median(np.subtract.outer(np.log(FIRST), np.log(SECOND)))))
    assert 0 < estimate((1.0, 1.0, 2.0), (1.0, 3.0, 3.0), paired=False).sensitivity().p_value <= 1


def test_intervals_cover_the_true_ratio_as_often_as_they_say():
    draw = np.random.default_rng(7)
    studies = 2000
    held = sum(
        one.low <= 1.0 <= one.high
        for one in (UnpairedRatio(above=draw.normal(0, 0.06, 10), below=draw.normal(0, 0.02, 6)).interval() for _ in range(studies))
    )
    assert held / studies == pytest.approx(0.95, abs=0.015)


def test_recipes_that_were_run_unequally_often_are_compared_over_seeds_and_images():
    draw = np.random.default_rng(3)
    held = 0
    for _ in range(300):
        difficulty = draw.uniform(0.6, 1.0, 400)
        first, second = (draw.random((n, 400)) < difficulty * np.clip(draw.normal(0.97, 0.01, (n, 1)), 0, 1) for n in (10, 6))
        interval = compare_recipes(first, second, paired=False).interval()
        held += interval.low <= 0 <= interval.high
    assert 0.92 <= held / 300 <= 0.99
    few = compare_recipes(first, second, paired=False)
    assert few.n == 6
    assert few.difference == pytest.approx(-compare_recipes(second, first, paired=False).difference)
