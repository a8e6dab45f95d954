from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from reportgen.analysis.accuracies import compare_models, compare_recipes


def discordant(b: int, c: int, count: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    first, second = np.ones(count, dtype=bool), np.ones(count, dtype=bool)
    second[:b] = False
    first[b : b + c] = False
    return first, second


def test_agresti_s_approval_ratings() -> None:
    # Agresti, Categorical Data Analysis: 1600 people asked twice; 150 changed one way, 86 the other. The Wald interval there is (0.021, 0.059) for
    # (150 - 86) / 1600; half an observation in each cell hardly moves it.
    found = compare_models(1, "first", *discordant_named(150, 86, 1600))
    assert (found.b, found.c, found.difference) == (150, 86, 0.04)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.021, 0.059), abs=5e-4)
    assert found.p_value == pytest.approx(3.7e-5, rel=0.05)


def discordant_named(b: int, c: int, count: int) -> tuple[NDArray[np.bool_], str, NDArray[np.bool_]]:
    first, second = discordant(b, c, count)
    return first, "second", second


def test_mcnemar_by_hand() -> None:
    # 1 against 5 of 6: both tails, 2 * (1 + 6) / 64.
    assert compare_models(1, "a", *discordant_named(1, 5, 50)).p_value == pytest.approx(14 / 64)


def test_models_that_never_disagree() -> None:
    found = compare_models(1, "a", *discordant_named(0, 0, 100))
    assert found.p_value == 1.0
    assert found.interval.low < 0 < found.interval.high, "a hundred images do not prove a difference of zero"


def test_swapping_the_models_turns_the_sign() -> None:
    forth, back = compare_models(1, "a", *discordant_named(7, 3, 90)), compare_models(1, "a", *discordant_named(3, 7, 90))
    assert forth.difference == -back.difference
    assert forth.interval.low == pytest.approx(-back.interval.high)
    assert forth.p_value == back.p_value


@pytest.mark.parametrize(("count", "share_b", "share_c"), [(360, 0.03, 0.02), (1000, 0.01, 0.01)])
def test_simulated_coverage_of_the_interval_of_two_models(count: int, share_b: float, share_c: float) -> None:
    simulations = 3000
    cells = np.random.default_rng(8).multinomial(count, [share_b, share_c, 1 - share_b - share_c], size=simulations)
    hits = 0
    for b, c, _ in cells:
        interval = compare_models(1, "a", *discordant_named(int(b), int(c), count)).interval
        hits += interval.low <= share_b - share_c <= interval.high
    assert hits / simulations == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / simulations) + 0.01)


def recipes(generator: np.random.Generator, n: int, count: int, taste_sd: float = 0.7) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Draw two recipes' answers: images of random difficulty, seeds of random luck, and images that suit one recipe rather than the other."""
    difficulty = generator.normal(3.0, 1.5, size=count)
    taste = generator.normal(0, taste_sd, size=count)

    def answers(sign: float) -> NDArray[np.bool_]:
        luck = generator.normal(0, 0.15, size=(n, 1))
        logits = difficulty + sign * taste / 2 + luck
        return np.asarray(generator.uniform(size=(n, count)) < 1 / (1 + np.exp(-logits)))

    return answers(1.0), answers(-1.0)


@pytest.mark.parametrize(("n", "taste_sd"), [(6, 0.0), (6, 0.7), (10, 0.0), (10, 0.7)])
def test_simulated_coverage_of_the_recipes_interval_is_the_nominal_one(n: int, taste_sd: float) -> None:
    # Both recipes are alike on average over images and seeds, so the true difference is zero. The scarce degrees of freedom of the seeds,
    # used for both sources, make the interval a little too wide where images matter: a per cent of coverage.
    simulations = 1200
    generator = np.random.default_rng(30 + n)
    hits = 0
    for _ in range(simulations):
        interval = compare_recipes(*recipes(generator, n, 500, taste_sd), paired=False).interval()
        hits += interval.low <= 0 <= interval.high
    tolerance = 4 * math.sqrt(0.95 * 0.05 / simulations)
    assert 0.95 - tolerance <= hits / simulations <= 0.96 + tolerance


def test_the_two_sources_by_hand() -> None:
    first = np.array([[1, 1, 1, 0], [1, 1, 0, 0]], dtype=bool)
    second = np.array([[1, 0, 0, 0], [1, 0, 0, 0]], dtype=bool)
    found = compare_recipes(first, second, paired=False)
    assert found.difference == pytest.approx(5 / 8 - 1 / 4)
    # Seeds: accuracies 3/4, 1/2 (variance 1/32) against 1/4, 1/4. Images: differences 0, 1, 1/2, 0, variance 11/48. What neither
    # explains of the first recipe's answers: +-1/8 six times and +-3/8 twice, sum of squares 3/8 on 3 degrees of freedom, so 1/8; of the
    # second's nothing.
    assert found.standard_error == pytest.approx(math.sqrt((1 / 32) / 2 + (11 / 48 - (1 / 8) / 2) / 4))
    assert found.degrees_of_freedom == pytest.approx(1.0)


def test_pairing_takes_out_what_both_share() -> None:
    generator = np.random.default_rng(6)
    shared = generator.uniform(size=(10, 1)) * 0.2
    draws = generator.uniform(size=(10, 4000))
    first, second = draws < 0.7 + shared, draws < 0.69 + shared
    paired, welch = compare_recipes(first, second, paired=True), compare_recipes(first, second, paired=False)
    assert paired.difference == welch.difference
    assert paired.standard_error < welch.standard_error / 5
    assert paired.degrees_of_freedom == 9


def test_degrees_of_freedom_are_those_of_welch() -> None:
    first, second = recipes(np.random.default_rng(9), 8, 200)
    expected = stats.ttest_ind(first.mean(axis=1), second.mean(axis=1), equal_var=False).df
    assert compare_recipes(first, second, paired=False).degrees_of_freedom == pytest.approx(expected)


def test_equivalence_and_its_interval_agree() -> None:
    found = compare_recipes(*recipes(np.random.default_rng(10), 10, 2000), paired=False)
    for margin in (0.001, 0.01, 0.02, 0.05):
        inside = found.interval(0.90)
        assert (found.equivalence_p_value(margin) <= 0.05) == (-margin < inside.low and inside.high < margin)


def test_at_the_margin_equivalence_is_claimed_as_rarely_as_promised() -> None:
    # Differences of exactly the margin, normal scatter, known degrees of freedom: the tests' own size.
    simulations, n, margin, sd = 4000, 10, 0.002, 0.001
    samples = np.random.default_rng(12).normal(margin, sd, size=(simulations, n))
    mean, error = samples.mean(axis=1), samples.std(axis=1, ddof=1) / math.sqrt(n)
    wrong = np.mean(stats.t.sf((margin - np.abs(mean)) / error, n - 1) <= 0.05)
    assert wrong == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / simulations))


def test_answers_without_scatter_prove_nothing() -> None:
    perfect = np.ones((6, 50), dtype=bool)
    found = compare_recipes(perfect, perfect, paired=False)
    assert (found.p_value(), found.equivalence_p_value(0.002)) == (1.0, 1.0)
