"""Gradient descent as in TensorFlow 1: a graph is built once, and a session runs it."""

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
) -> tuple[Callable[[], np.ndarray], Callable[[], list[np.ndarray]]]:
    """Return a function that takes a step and returns its loss; another reads weights."""
    graph = tf.Graph()
    with graph.as_default():
        variables = [
            tf.compat.v1.get_variable(f"w{index}", initializer=values)
            for index, values in enumerate(weights, start=1)
        ]
        x, y = tf.constant(samples), tf.constant(targets)
        loss = network.descend(x, y, *variables, learning_rate)
        initialise = tf.compat.v1.global_variables_initializer()
    session = tf.compat.v1.Session(graph=graph, config=same_threads())
    session.run(initialise)
    return lambda: session.run(loss), lambda: session.run(variables)


def same_threads() -> tf.compat.v1.ConfigProto:
    """A session has threads of its own: as many as TensorFlow was told elsewhere."""
    threading = tf.config.threading
    return tf.compat.v1.ConfigProto(
        intra_op_parallelism_threads=threading.get_intra_op_parallelism_threads(),
        inter_op_parallelism_threads=threading.get_inter_op_parallelism_threads(),
    )
