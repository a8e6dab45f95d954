"""What a Python ``if`` on a tensor, and another batch size, do in TensorFlow's styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from reportgen.experiments.graphs.questions import BATCH_SIZES, Answers, branch_answer
from reportgen.records import ExperimentNote, Series

Function = Callable[[Any], Any]


def above_or_below(x: Any) -> Any:
    """Return x + 1 where the sum of x is positive, else x - 1."""
    if tf.reduce_sum(x) > 0.0:
        return x + 1.0
    return x - 1.0


def in_session(function: Function) -> Function:
    """Build ``function`` into a graph of TensorFlow 1, for vectors of any length."""
    graph = tf.Graph()
    with graph.as_default():
        x = tf.compat.v1.placeholder(tf.float32, [None])
        y = function(x)
    running = tf.compat.v1.Session(graph=graph)
    return lambda values: running.run(y, {x: values})


def traced(function: Function) -> Function:
    """Trace for every new shape."""
    return tf.function(function)


def relaxed(function: Function) -> Function:
    """Trace again for a new shape once, and then for any."""
    return tf.function(function, reduce_retracing=True)


def compiled(function: Function) -> Function:
    """Compile with XLA."""
    return tf.function(function, jit_compile=True)


STYLES: dict[str, Callable[[Function], Function]] = {
    "eager": lambda function: function,
    "tf.function": traced,
    "tf.function, reduce_retracing": relaxed,
    "tf.function with XLA": compiled,
    "Session (TensorFlow 1)": in_session,
}


def observe() -> tuple[tuple[Series, ...], tuple[ExperimentNote, ...]]:
    """Return what every style did."""
    answers = Answers()
    for title, transform in STYLES.items():
        convert = np.asarray if title.startswith("Session") else tf.constant
        answers.branch(title, branch_answer(transform, above_or_below, convert))
        answers.runs(title, count_runs(transform, convert))
    return answers.series(), answers.notes()


def count_runs(
    transform: Callable[[Function], Function], convert: Callable[[Any], Any]
) -> int:
    """Return how often Python runs the function for batches of several sizes, each twice."""
    count = 0

    def double(x: Any) -> Any:
        nonlocal count
        count += 1
        return x + x

    function = transform(double)
    for size in BATCH_SIZES:
        for _ in range(2):
            function(convert(np.ones(size, dtype=np.float32)))
    return count
