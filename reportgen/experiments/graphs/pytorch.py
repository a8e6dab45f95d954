"""The process that measures PyTorch's styles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from reportgen.experiments.base import Measurement
from reportgen.experiments.graphs import pytorch_python, pytorch_styles
from reportgen.experiments.graphs.timing import Style, measure_styles
from reportgen.frameworks.pytorch.threads import set_threads
from reportgen.records import ExperimentSpec
from reportgen.runner.phases import PhaseClock
from reportgen.workloads.base import describe_source

STYLES = (
    Style(name="eager", title="eager", build=pytorch_styles.eager),
    Style(name="traced", title="torch.export", build=pytorch_styles.traced),
    Style(
        name="torchscript", title="torch.jit.trace", build=pytorch_styles.torchscript
    ),
    Style(name="compiled", title="torch.compile", build=pytorch_styles.compiled),
)


def multiply(rows: int) -> Callable[[], Any]:
    """Return the product of two square matrices, for the rate of arithmetic."""
    left, right = torch.ones((rows, rows)), torch.ones((rows, rows))
    return lambda: left @ right


def measure(spec: ExperimentSpec, files: Path, clock: PhaseClock) -> Measurement:  # noqa: ARG001
    """Measure every style at every size, and what Python's own statements do in each."""
    set_threads(spec.threads)
    series, notes = measure_styles(STYLES, multiply, spec.seed, clock)
    with clock.phase("Python in graphs"):
        more, remarks = pytorch_python.observe()
    return Measurement(
        versions={"torch": torch.__version__},
        series=series + more,
        notes=notes + remarks,
        sources=(
            describe_source("one step in every style of PyTorch", pytorch_styles),
        ),
    )
