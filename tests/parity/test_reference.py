"""The NumPy formulas, against a step worked out by hand and against each other."""

import numpy as np
import pytest

from reportgen.parity.reference import gradient_descent, keras_adam, pytorch_adam

SETTINGS = {"learning_rate": 0.1, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}


@pytest.mark.parametrize("adam", [keras_adam, pytorch_adam])
def test_the_first_step_is_the_learning_rate_against_the_sign(adam):
    after = adam(np.array([1.0, 1.0]), np.array([[2.0, -3.0]]), SETTINGS, "float64")
    assert after[0] == pytest.approx([0.9, 1.1], abs=1e-5)


def test_epsilon_counts_for_more_in_keras_first_step():
    gradient = np.array([[1e-7]])
    # Keras: 0.1 * sqrt(0.001) / 0.1 * 1e-8 / (sqrt(1e-17) + 1e-7); PyTorch: 0.1 * 1e-7 / (1e-7 + 1e-7).
    (keras,), (pytorch,) = (adam(np.zeros(1), gradient, SETTINGS, "float64")[0] for adam in (keras_adam, pytorch_adam))
    assert keras == pytest.approx(-0.1 * 0.001**0.5 * 1e-7 / (1e-17**0.5 + 1e-7), rel=1e-4)
    assert pytorch == pytest.approx(-0.05, rel=1e-9)


def test_without_epsilon_the_two_are_one_formula():
    gradients = np.random.default_rng(0).normal(size=(10, 5))
    settings = SETTINGS | {"epsilon": 0.0}
    first, second = (adam(np.zeros(5), gradients, settings, "float64") for adam in (keras_adam, pytorch_adam))
    # What remains is Keras' rounding of the decay rates to float32.
    assert first == pytest.approx(second, rel=1e-4)


def test_plain_steps():
    after = gradient_descent(np.array([1.0]), np.array([[1.0], [2.0]]), SETTINGS, "float64")
    assert after[:, 0] == pytest.approx([0.9, 0.7])
