"""The networks of the experiment."""

from __future__ import annotations

import numpy as np

from reportgen.experiments.graphs.problem import PUBLISHED, SIZES, make_problem


def test_operations_are_those_of_the_five_products() -> None:
    x, w1, w2, y = (64, 1000), (1000, 100), (100, 10), (64, 10)
    products = [(x, w1), ((64, 100), w2), ((100, 64), y), (y, (10, 100)), ((1000, 64), (64, 100))]
    assert PUBLISHED.flops == sum(2 * left[0] * left[1] * right[1] for left, right in products)


def test_the_networks_grow_from_overhead_alone_to_arithmetic_alone() -> None:
    # At 100 GFLOP/s the smallest takes 20 ns, far below one call of anything; the largest about 16 ms, far above.
    assert min(size.flops for size in SIZES) < 10_000
    assert max(size.flops for size in SIZES) > 1e9
    assert SIZES[0] is PUBLISHED


def test_data_and_weights_are_the_same_each_time_and_scaled_by_the_fan_in() -> None:
    problem, again, other = make_problem(PUBLISHED, 1), make_problem(PUBLISHED, 1), make_problem(PUBLISHED, 2)
    assert all(np.array_equal(getattr(problem, name), getattr(again, name)) for name in ("x", "y", "w1", "w2"))
    assert not np.array_equal(problem.x, other.x)
    assert (problem.x.shape, problem.y.shape, problem.w1.shape, problem.w2.shape) == ((64, 1000), (64, 10), (1000, 100), (100, 10))
    assert all(getattr(problem, name).dtype == np.float32 for name in ("x", "y", "w1", "w2"))
    assert np.isclose(problem.w1.std(), 1000**-0.5, rtol=0.02)


def test_every_network_learns_at_the_one_rate() -> None:
    from reportgen.experiments.graphs.problem import LEARNING_RATE

    for size in SIZES[:4]:
        problem = make_problem(size, 1)
        w1, w2 = problem.w1.astype(np.float64), problem.w2.astype(np.float64)
        losses = []
        for _ in range(20):
            hidden = np.maximum(problem.x @ w1, 0)
            error = hidden @ w2 - problem.y
            losses.append(float((error**2).sum()) / size.samples)
            w2_gradient = 2 / size.samples * hidden.T @ error
            w1_gradient = 2 / size.samples * problem.x.T @ np.where(hidden > 0, error @ w2.T, 0)
            w1, w2 = w1 - LEARNING_RATE * w1_gradient, w2 - LEARNING_RATE * w2_gradient
        assert losses == sorted(losses, reverse=True)
        assert losses[-1] < 0.98 * losses[0]
