"""The process for PyTorch. It loads no framework itself: its workers do, each by itself."""

from __future__ import annotations

from pathlib import Path

from reportgen.experiments.base import Measurement
from reportgen.experiments.scaling.rounds import measure_teams
from reportgen.records import ExperimentSpec
from reportgen.runner.phases import PhaseClock


def measure(spec: ExperimentSpec, files: Path, clock: PhaseClock) -> Measurement:  # noqa: ARG001
    """Time teams of one and of two workers, in turns; nothing is left in ``files``."""
    return measure_teams(spec, clock)
