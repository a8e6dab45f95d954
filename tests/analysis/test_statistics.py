from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from scipy import stats

from reportgen.analysis.statistics import flag_outliers, median_interval, paired_ratio, summarise

# Ranks (counted from 1) and confidence in per cent of the two-sided 95 % interval of the median, as tables of nonparametric statistics print them.
PUBLISHED_RANKS = {
    6: (1, 6, 96.9),
    7: (1, 7, 98.4),
    8: (1, 8, 99.2),
    9: (2, 8, 96.1),
    10: (2, 9, 97.9),
    11: (2, 10, 98.8),
    12: (3, 10, 96.1),
    13: (3, 11, 97.8),
    14: (3, 12, 98.7),
    15: (4, 12, 96.5),
    16: (4, 13, 97.9),
    17: (5, 13, 95.1),
    18: (5, 14, 96.9),
    19: (5, 15, 98.1),
    20: (6, 15, 95.9),
    25: (8, 18, 95.7),
    30: (10, 21, 95.7),
}


@pytest.mark.parametrize(("n", "expected"), PUBLISHED_RANKS.items())
def test_ranks_and_confidence_are_those_of_published_tables(n: int, expected: tuple[int, int, float]) -> None:
    shuffled = np.random.default_rng(n).permutation(np.arange(1.0, n + 1))
    interval = median_interval(shuffled)
    assert interval is not None
    low, high, percent = expected
    assert (interval.low, interval.high) == (low, high)
    assert round(100 * interval.level, 1) == percent


@pytest.mark.parametrize("n", range(6, 61))
def test_the_confidence_is_the_exact_binomial_one_and_the_next_narrower_interval_would_miss_it(n: int) -> None:
    interval = median_interval(np.arange(1.0, n + 1))
    assert interval is not None
    rank = int(interval.low)
    tail = sum(math.comb(n, below) for below in range(rank)) / 2**n
    assert interval.level == pytest.approx(1 - 2 * tail, abs=1e-12)
    assert interval.level >= 0.95
    assert 1 - 2 * (tail + math.comb(n, rank) / 2**n) < 0.95


@pytest.mark.parametrize("n", range(1, 6))
def test_too_few_values_have_no_interval(n: int) -> None:
    assert median_interval(np.arange(float(n))) is None


def test_the_interval_lies_around_the_median_and_does_not_alter_its_argument() -> None:
    values = np.array([5.0, 1.0, 9.0, 3.0, 7.0, 2.0, 8.0])
    before = values.copy()
    interval = median_interval(values)
    assert interval is not None
    assert interval.low <= np.median(values) <= interval.high
    assert np.array_equal(values, before)


@pytest.mark.parametrize("n", [6, 10, 15])
def test_simulated_coverage_of_the_median_is_the_stated_one(n: int) -> None:
    # A skewed distribution, since the interval claims to need no other. Four standard errors of a proportion: about one false alarm in 16,000.
    simulations = 4000
    generator = np.random.default_rng(2024 + n)
    samples = generator.exponential(size=(simulations, n))
    intervals = [median_interval(sample) for sample in samples]
    hits = [interval is not None and interval.low <= math.log(2) <= interval.high for interval in intervals]
    first = intervals[0]
    assert first is not None
    assert np.mean(hits) == pytest.approx(first.level, abs=4 * math.sqrt(first.level * (1 - first.level) / simulations))


@pytest.mark.parametrize("n", [3, 10])
def test_simulated_coverage_of_the_ratio_is_the_nominal_one(n: int) -> None:
    # Drift of the machine hits both members of a block alike, and must not matter.
    simulations, ratio = 2000, 1.2
    generator = np.random.default_rng(7 + n)
    drift = generator.normal(0, 0.5, size=(simulations, n))
    slow = np.exp(drift + math.log(ratio) + generator.normal(0, 0.05, size=(simulations, n)))
    fast = np.exp(drift + generator.normal(0, 0.05, size=(simulations, n)))
    hits = 0
    for numerator, denominator in zip(slow, fast, strict=True):
        interval = paired_ratio("time", "slow", numerator.tolist(), "fast", denominator.tolist()).interval
        hits += interval is not None and interval.low <= ratio <= interval.high
    assert hits / simulations == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / simulations))


def test_the_ratio_by_hand() -> None:
    # ln ratios: ln 2, ln 8, mean ln 4, sd = ln 4 / sqrt 2, half-width = t(.975, 1) * ln 4 / 2.
    found = paired_ratio("time", "a", [2.0, 24.0], "b", [1.0, 3.0])
    assert (found.metric, found.numerator, found.denominator, found.n) == ("time", "a", "b", 2)
    assert found.ratio == pytest.approx(4.0)
    assert found.interval is not None
    half = 12.7062047 * math.log(4) / 2
    assert found.interval.low == pytest.approx(math.exp(math.log(4) - half), rel=1e-6)
    assert found.interval.high == pytest.approx(math.exp(math.log(4) + half), rel=1e-6)


@pytest.mark.parametrize("n", [2, 6, 10, 30])
def test_the_ratio_agrees_with_the_t_interval_of_the_mean_log_ratio(n: int) -> None:
    generator = np.random.default_rng(n)
    a, b = generator.lognormal(1, 0.2, n), generator.lognormal(0.8, 0.2, n)
    logs = np.log(a / b)
    expected = stats.t.interval(0.95, n - 1, loc=logs.mean(), scale=logs.std(ddof=1) / math.sqrt(n))
    found = paired_ratio("time", "a", a.tolist(), "b", b.tolist())
    assert found.ratio == pytest.approx(float(stats.gmean(a) / stats.gmean(b)))
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(np.exp(expected)))


def test_swapping_the_frameworks_inverts_ratio_and_interval() -> None:
    a, b = [3.0, 3.3, 2.9, 3.1], [2.0, 2.1, 2.2, 1.9]
    forth, back = paired_ratio("time", "a", a, "b", b), paired_ratio("time", "b", b, "a", a)
    assert forth.interval is not None and back.interval is not None
    assert forth.ratio == pytest.approx(1 / back.ratio)
    assert forth.interval.low == pytest.approx(1 / back.interval.high)


def test_one_block_has_a_ratio_and_no_interval() -> None:
    found = paired_ratio("time", "a", [3.0], "b", [2.0])
    assert found.ratio == pytest.approx(1.5)
    assert found.interval is None


def test_equal_ratios_have_a_narrow_interval_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = paired_ratio("time", "a", [2.0, 2.2, 2.6], "b", [1.0, 1.1, 1.3])
    assert found.interval is not None
    assert found.interval.low == pytest.approx(2.0)
    assert found.interval.high == pytest.approx(2.0)


@pytest.mark.parametrize(("a", "b"), [([0.0, 1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, -2.0]), ([1.0, float("nan")], [1.0, 1.0]), ([1.0], [1.0, 2.0])])
def test_a_ratio_of_what_is_not_positive_times_in_pairs_is_refused(a: list[float], b: list[float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        paired_ratio("time", "a", a, "b", b)


def test_a_summary_by_hand() -> None:
    found = summarise([4.0, 1.0, 3.0, 2.0], "s")
    assert found.values == (4.0, 1.0, 3.0, 2.0)
    assert (found.unit, found.n, found.mean, found.median, found.minimum, found.maximum) == ("s", 4, 2.5, 2.5, 1.0, 4.0)
    assert found.standard_deviation == pytest.approx(math.sqrt(5 / 3))
    assert found.interval is None


def test_one_value_has_no_standard_deviation() -> None:
    found = summarise([4.0], "s")
    assert (found.mean, found.median, found.standard_deviation, found.outliers) == (4.0, 4.0, None, ())


@pytest.mark.parametrize("values", [[], [1.0, float("nan")], [float("inf")]])
def test_what_cannot_be_summarised_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="cannot summarise"):
        summarise(values, "s")


def test_an_outlier_is_flagged_and_stays_in_every_figure() -> None:
    values = [1.0, 1.1, 0.9, 1.05, 0.95, 9.0]
    found = summarise(values, "s")
    assert found.outliers == (5,)
    assert found.maximum == 9.0
    assert found.mean == pytest.approx(sum(values) / 6)


def test_the_limit_of_an_outlier_is_three_and_a_half_scaled_deviations() -> None:
    # Median 0, median absolute deviation 1, so the limit is 3.5 * 1.4826 = 5.1891.
    inside = np.array([-1.0, -1.0, 0.0, 1.0, 1.0, -5.18, 5.18])
    outside = np.array([-1.0, -1.0, 0.0, 1.0, 1.0, -5.20, 5.20])
    assert flag_outliers(inside) == ()
    assert flag_outliers(outside) == (5, 6)


def test_the_scaled_deviation_estimates_sigma_of_a_normal_distribution() -> None:
    values = np.random.default_rng(1).normal(0, 1, 200_000)
    share = len(flag_outliers(values)) / len(values)
    assert share == pytest.approx(2 * stats.norm.sf(3.5), abs=2e-4)


def test_where_most_values_are_equal_no_outlier_can_be_told() -> None:
    assert flag_outliers(np.array([1.0, 1.0, 1.0, 1.0, 2.0])) == ()
