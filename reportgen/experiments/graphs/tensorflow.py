"""The process that measures TensorFlow's styles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tensorflow as tf

from reportgen.experiments.base import Measurement
from reportgen.experiments.graphs import tensorflow_python, tensorflow_styles
from reportgen.experiments.graphs.timing import Style, measure_styles
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.language import marked
from reportgen.records import ExperimentSpec
from reportgen.runner.phases import PhaseClock
from reportgen.workloads.base import describe_source

STYLES = (
    Style(name="eager", title="eager", build=tensorflow_styles.eager),
    Style(name="traced", title="tf.function", build=tensorflow_styles.traced),
    Style(
        name="compiled",
        title=marked("tf.function with XLA"),
        build=tensorflow_styles.compiled,
    ),
    Style(
        name="session", title="Session (TensorFlow 1)", build=tensorflow_styles.session
    ),
)


def multiply(rows: int) -> Callable[[], Any]:
    """Return the product of two square matrices, for the rate of arithmetic."""
    left, right = tf.ones((rows, rows)), tf.ones((rows, rows))
    return lambda: tf.matmul(left, right)


def measure(spec: ExperimentSpec, files: Path, clock: PhaseClock) -> Measurement:  # noqa: ARG001
    """Measure every style at every size, and what Python's own statements do in each."""
    set_threads(spec.threads)
    series, notes = measure_styles(STYLES, multiply, spec.seed, clock)
    with clock.phase("Python in graphs"):
        more, remarks = tensorflow_python.observe()
    return Measurement(
        versions={"tensorflow": tf.__version__},
        series=series + more,
        notes=notes + remarks,
        sources=(
            describe_source("one step in every style of TensorFlow", tensorflow_styles),
        ),
    )
