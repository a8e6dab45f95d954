"""The parent's side of experiments: which of their processes a study needs, and the order for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen import experiments
from reportgen.experiments import Experiment
from reportgen.records import PlannedExperiment


def chosen_experiments(asked: Sequence[str] | None, workload: str) -> tuple[Experiment, ...]:
    """Return the experiments of a study: those that were asked for by name, or, where none were, those that belong to the workload.

    Raises :class:`~reportgen.errors.ReportgenError` for a name that does not exist.
    """
    if asked is None:
        return tuple(one for one in experiments.members().values() if workload in one.workloads)
    return tuple(experiments.find(name) for name in asked)


def plan_experiments(chosen: Iterable[Experiment], frameworks: Sequence[str]) -> tuple[PlannedExperiment, ...]:
    """Return every process that the experiments need of the frameworks that are measured, one experiment after the other."""
    return tuple(
        PlannedExperiment(
            trial=f"experiment-{experiment.name}-{framework}-{variant}", experiment=experiment.name, framework=framework, variant=variant
        )
        for experiment in chosen
        for framework, variant in experiment.processes
        if framework in frameworks
    )
