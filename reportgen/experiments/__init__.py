"""Experiments: measurements beside the blocks, a folder each, for questions that a training trial does not answer."""

from __future__ import annotations

from reportgen.experiments.base import Experiment
from reportgen.plugins import choose, discover

__all__ = ["Experiment", "find", "members", "names"]


def members() -> dict[str, Experiment]:
    """Return every experiment by name, without importing a framework."""
    return discover("reportgen.experiments", "EXPERIMENT", Experiment)


def names() -> tuple[str, ...]:
    """Return the names that ``--experiment`` accepts."""
    return tuple(members())


def find(name: str) -> Experiment:
    """Return the experiment called ``name``; raises :class:`~reportgen.errors.ReportgenError` with the accepted names."""
    return choose(members(), name, "experiment")
