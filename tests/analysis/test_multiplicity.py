from __future__ import annotations

import numpy as np
import pytest

from reportgen.analysis.multiplicity import ALPHA, holm


def test_adjusted_p_values_by_hand() -> None:
    # 0.01 * 4, 0.03 * 2 (0.04 * 1 may not be below it), 0.005 * ... sorted: 0.005, 0.01, 0.03, 0.04.
    assert [one.p_value for one in holm([0.01, 0.04, 0.03, 0.005])] == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_levels_go_down_a_step_at_a_time_and_stop_at_the_first_that_is_not_rejected() -> None:
    # 0.01, 0.02 <= 0.05 / 4? 0.01 is, 0.02 > 0.05 / 3 is not: the rest stay at 1 - 0.05 / 3.
    levels = [one.level for one in holm([0.2, 0.01, 0.5, 0.02])]
    assert levels == pytest.approx([1 - 0.05 / 3, 1 - 0.05 / 4, 1 - 0.05 / 3, 1 - 0.05 / 3])


def test_one_comparison_is_left_as_it_is() -> None:
    (only,) = holm([0.04])
    assert (only.p_value, only.level) == (0.04, 0.95)
    assert holm([]) == ()


def test_an_adjusted_p_value_never_exceeds_one() -> None:
    assert [one.p_value for one in holm([0.9, 0.8])] == [1.0, 1.0]


def test_the_level_and_the_adjusted_p_value_never_disagree() -> None:
    generator = np.random.default_rng(2)
    for _ in range(500):
        values = generator.beta(0.3, 2, size=generator.integers(1, 9)).tolist()
        for value, one in zip(values, holm(values), strict=True):
            assert (value <= 1 - one.level) == (one.p_value <= ALPHA)


def test_where_nothing_differs_any_rejection_is_as_rare_as_promised() -> None:
    simulations = 4000
    p_values = np.random.default_rng(4).uniform(size=(simulations, 6))
    wrong = sum(min(one.p_value for one in holm(row.tolist())) <= ALPHA for row in p_values)
    assert wrong / simulations <= ALPHA + 4 * np.sqrt(ALPHA * (1 - ALPHA) / simulations)
