"""One training step of a two-layer network in every way that TensorFlow can run it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from reportgen.experiments.graphs.problem import LEARNING_RATE, Problem

Step = Callable[[], Any]


def gradients(x: Any, y: Any, w1: Any, w2: Any) -> tuple[Any, Any, Any]:
    """Return the loss, and its gradients for both weights, worked out by hand."""
    hidden = tf.nn.relu(tf.matmul(x, w1))
    error = tf.matmul(hidden, w2) - y
    samples = x.shape[0]
    loss = tf.reduce_sum(error * error) / samples
    error_gradient = 2.0 * error / samples
    w2_gradient = tf.matmul(hidden, error_gradient, transpose_a=True)
    hidden_gradient = tf.matmul(error_gradient, w2, transpose_b=True)
    active_gradient = tf.where(hidden > 0.0, hidden_gradient, 0.0)
    w1_gradient = tf.matmul(x, active_gradient, transpose_a=True)
    return loss, w1_gradient, w2_gradient


def eager(problem: Problem) -> Step:
    """Dynamic graph: every operation runs when Python reaches it."""
    x, y = tf.constant(problem.x), tf.constant(problem.y)
    w1, w2 = tf.Variable(problem.w1), tf.Variable(problem.w2)

    def step() -> Any:
        loss, w1_gradient, w2_gradient = gradients(x, y, w1, w2)
        w1.assign_sub(LEARNING_RATE * w1_gradient)
        w2.assign_sub(LEARNING_RATE * w2_gradient)
        return loss

    return step


def traced(problem: Problem) -> Step:
    """Static graph: Python runs once, and its operations are kept."""
    step: Step = tf.function(eager(problem))
    return step


def compiled(problem: Problem) -> Step:
    """Static graph, compiled by XLA."""
    step: Step = tf.function(eager(problem), jit_compile=True)
    return step


def session(problem: Problem) -> Step:
    """Static graph as in TensorFlow 1: built first, then run many times."""
    graph = tf.Graph()
    with graph.as_default():
        x, y = tf.constant(problem.x), tf.constant(problem.y)
        w1 = tf.compat.v1.get_variable("w1", initializer=problem.w1, use_resource=True)
        w2 = tf.compat.v1.get_variable("w2", initializer=problem.w2, use_resource=True)
        # Read once: nothing else keeps an update from overtaking a later read.
        loss, w1_gradient, w2_gradient = gradients(
            x, y, w1.read_value(), w2.read_value()
        )
        update = tf.group(
            w1.assign_sub(LEARNING_RATE * w1_gradient),
            w2.assign_sub(LEARNING_RATE * w2_gradient),
        )
        initialise = tf.compat.v1.global_variables_initializer()
    threads = tf.compat.v1.ConfigProto(
        intra_op_parallelism_threads=tf.config.threading.get_intra_op_parallelism_threads(),
        inter_op_parallelism_threads=tf.config.threading.get_inter_op_parallelism_threads(),
    )
    running = tf.compat.v1.Session(graph=graph, config=threads)
    running.run(initialise)

    def step() -> Any:
        return running.run((loss, update))[0]

    return step
