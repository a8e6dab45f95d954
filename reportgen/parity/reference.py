"""Each framework's own formula of an optimiser, in NumPy and float64: what its steps are checked against.

Adam (Kingma & Ba, 2015) leaves open where epsilon stands once the two bias corrections are drawn together, and the frameworks chose differently:

* Keras: ``lr * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + eps)``, the form at the end of the paper's section 2;
* PyTorch: ``lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)``, the paper's algorithm 1.

Keras also computes the powers of the decay rates in the model's number type, from rates that were rounded to float32.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from reportgen.parity.probe import Floats
from reportgen.records import Precision

Settings = Mapping[str, float]
Formula = Callable[[Floats, Floats, Settings, Precision], Floats]


def keras_correction(settings: Settings, step: int, precision: Precision) -> float:
    """Return ``sqrt(1 - b2^t) / (1 - b1^t)`` with Keras' rounding of the powers."""
    number = np.dtype(precision).type
    power_1, power_2 = (number(np.float32(settings[name])) ** number(step) for name in ("beta_1", "beta_2"))
    return float(np.sqrt(number(1) - power_2) / (number(1) - power_1))


def exact_correction(settings: Settings, step: int) -> float:
    """Return ``sqrt(1 - b2^t) / (1 - b1^t)``."""
    return float(np.sqrt(1 - settings["beta_2"] ** step) / (1 - settings["beta_1"] ** step))


def keras_adam(weights: Floats, gradients: Floats, settings: Settings, precision: Precision) -> Floats:
    """Return weights (steps, n) after each step on ``gradients`` (steps, n), as Keras takes it."""
    return _adam(weights, gradients, settings, lambda step: (keras_correction(settings, step, precision), settings["epsilon"]))


def pytorch_adam(weights: Floats, gradients: Floats, settings: Settings, precision: Precision) -> Floats:  # noqa: ARG001
    """Return weights (steps, n) after each step on ``gradients`` (steps, n), as PyTorch takes it."""

    def form(step: int) -> tuple[float, float]:
        return exact_correction(settings, step), settings["epsilon"] * float(np.sqrt(1 - settings["beta_2"] ** step))

    return _adam(weights, gradients, settings, form)


def gradient_descent(weights: Floats, gradients: Floats, settings: Settings, precision: Precision) -> Floats:  # noqa: ARG001
    """Return weights (steps, n) after each plain step; the frameworks agree on this one."""
    return weights.astype(np.float64) - settings["learning_rate"] * np.cumsum(gradients.astype(np.float64), axis=0)


def _adam(weights: Floats, gradients: Floats, settings: Settings, form: Callable[[int], tuple[float, float]]) -> Floats:
    """``form`` gives, for a step counted from 1, the correction of the step size and the number added to the uncorrected root."""
    current = weights.astype(np.float64)
    mean, square = np.zeros_like(current), np.zeros_like(current)
    after = []
    for step, gradient in enumerate(gradients.astype(np.float64), start=1):
        mean += (gradient - mean) * (1 - settings["beta_1"])
        square += (gradient**2 - square) * (1 - settings["beta_2"])
        correction, added = form(step)
        current = current - settings["learning_rate"] * correction * mean / (np.sqrt(square) + added)
        after.append(current)
    return np.stack(after)


#: By the framework's name and the optimiser's class.
FORMULAS: dict[tuple[str, str], Formula] = {
    ("tensorflow", "Adam"): keras_adam,
    ("pytorch", "Adam"): pytorch_adam,
    ("tensorflow", "SGD"): gradient_descent,
    ("pytorch", "SGD"): gradient_descent,
}
