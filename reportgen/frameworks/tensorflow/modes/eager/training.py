"""Gradient descent with TensorFlow, operation by operation."""

from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np
import tensorflow as tf


def build_descent(
    network: ModuleType,
    samples: np.ndarray,
    targets: np.ndarray,
    weights: Sequence[np.ndarray],
    learning_rate: float,
) -> tuple[Callable[[], tf.Tensor], Callable[[], list[np.ndarray]]]:
    """Return a function that takes a step and returns its loss; another reads weights."""
    x, y = tf.constant(samples), tf.constant(targets)
    variables = [tf.Variable(values) for values in weights]

    def step() -> tf.Tensor:
        return network.descend(x, y, *variables, learning_rate)

    return step, lambda: [variable.numpy() for variable in variables]
