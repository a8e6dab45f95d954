"""Gradient descent with TensorFlow: one step is traced into a graph, which then runs."""

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

    @tf.function
    def step() -> tf.Tensor:
        return network.descend(x, y, *variables, learning_rate)

    # Traces now, and takes no step.
    step.get_concrete_function()
    return step, lambda: [variable.numpy() for variable in variables]
