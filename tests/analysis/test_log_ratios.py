from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.log_ratios import (
    hodges_lehmann,
    log_differences,
    minimal_detectable_ratio,
    paired_p_value,
    position_effect,
    rank_sensitivity,
    ratio_interval,
)

# Student's sleep data: hours of sleep gained by ten patients under two drugs; t = -4.0621 on 9 degrees of freedom, p = 0.002833,
# interval -2.4598858 to -0.7001142, as every statistics package prints them.
SLEEP = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]) - np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
# Darwin's maize, cross- minus self-fertilised, in inches: the example of scipy.stats.wilcoxon; W = 24, p = 0.041259765625.
MAIZE = np.array([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75], dtype=float)


def test_student_s_sleep_data() -> None:
    assert paired_p_value(SLEEP) == pytest.approx(0.002833, abs=5e-7)
    found = ratio_interval(SLEEP)
    assert (math.log(found.low), math.log(found.high)) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_the_signed_rank_test_on_darwin_s_maize() -> None:
    found = rank_sensitivity(MAIZE / 100)
    assert found.p_value == pytest.approx(0.041259765625)
    assert math.log(found.estimate) == pytest.approx(hodges_lehmann(MAIZE) / 100)


def test_six_blocks_all_one_way_have_the_smallest_exact_p_value() -> None:
    assert rank_sensitivity(np.arange(1.0, 7.0)).p_value == pytest.approx(2 / 2**6)


def test_tied_sizes_and_zeros_keep_the_test_exact() -> None:
    # |d| = 1, 1, 1: of the 8 patterns of signs, two are as extreme as three alike; the zero says nothing.
    assert rank_sensitivity(np.array([1.0, 1.0, 1.0, 0.0])).p_value == pytest.approx(2 / 8)
    assert rank_sensitivity(np.zeros(3)).p_value == 1.0


def test_hodges_lehmann_by_hand() -> None:
    # Walsh averages of 1, 2, 6: 1, 1.5, 3.5, 2, 4, 6.
    assert hodges_lehmann(np.array([1.0, 2.0, 6.0])) == pytest.approx(2.75)


def test_hodges_lehmann_does_not_follow_an_outlier() -> None:
    assert hodges_lehmann(np.array([1.0, 2.0, 3.0, 4.0, 1000.0])) == pytest.approx(3.0)


def test_the_minimal_detectable_ratio_by_hand() -> None:
    # s = 1, n = 4, t(.975, 3) = 3.1824463, t(.8, 3) = 0.9784723.
    values = np.array([0.5, -0.5, 0.5, -0.5]) * math.sqrt(3)
    assert values.std(ddof=1) == pytest.approx(1.0)
    assert minimal_detectable_ratio(values) == pytest.approx(math.exp((3.1824463 + 0.9784723) / 2), rel=1e-6)


def test_a_difference_of_the_detectable_size_is_seen_in_about_four_of_five_studies() -> None:
    n, noise, simulations = 10, 0.03, 4000
    multiple = stats.t.ppf(0.975, n - 1) + stats.t.ppf(0.8, n - 1)
    effect = multiple * noise / math.sqrt(n)
    samples = np.random.default_rng(1).normal(effect, noise, size=(simulations, n))
    seen = np.mean(stats.ttest_1samp(samples, 0, axis=1).pvalue < 0.05)
    # The sum of two t quantiles is an approximation; it errs by about a per cent at n = 10.
    assert seen == pytest.approx(0.8, abs=0.04)


def test_the_interval_agrees_with_the_p_value_at_every_level() -> None:
    differences = np.random.default_rng(3).normal(0.03, 0.05, size=10)
    p_value = paired_p_value(differences)
    narrower, wider = ratio_interval(differences, 1 - p_value * 1.001), ratio_interval(differences, 1 - p_value * 0.999)
    assert not narrower.low <= 1 <= narrower.high
    assert wider.low <= 1 <= wider.high
    touching = ratio_interval(differences, 1 - p_value)
    assert min(abs(math.log(touching.low)), abs(math.log(touching.high))) == pytest.approx(0, abs=1e-9)


def test_values_without_scatter_have_no_significance_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert paired_p_value(log_differences([2.0, 2.2, 2.6], [1.0, 1.1, 1.3])) == 1.0


def test_the_position_effect_by_hand() -> None:
    # Frameworks differ by 0.5, running first costs 0.1: 0.6 when the numerator is first, 0.4 when it is second.
    differences, first = np.array([0.6, 0.4, 0.4, 0.6]), np.array([True, False, False, True])
    found = position_effect(differences, first)
    assert found is not None
    ratio, interval = found
    assert math.log(ratio) == pytest.approx(0.1)
    assert interval is None, "nothing scatters within the two orders"


def test_the_position_effect_is_covered_by_its_interval() -> None:
    generator = np.random.default_rng(5)
    first = np.array([True, False] * 5)
    hits = 0
    for _ in range(1000):
        found = position_effect(generator.normal(0.3, 0.02, 10) + np.where(first, 0.05, -0.05), first)
        assert found is not None and found[1] is not None
        hits += math.log(found[1].low) <= 0.05 <= math.log(found[1].high)
    assert hits / 1000 == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 1000) + 0.01)


def test_one_order_alone_tells_nothing_about_position() -> None:
    assert position_effect(np.array([0.1, 0.2]), np.array([True, True])) is None
