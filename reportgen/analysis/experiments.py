"""From the samples of experiments to what is reported of them.

Every experiment has an analysis of its own; what it hands on has one shape for all, so that ``results.json`` can be read without knowing them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen import experiments
from reportgen.analysis.inputs import ExperimentTrial, RunRecords
from reportgen.analysis.outcomes import ExperimentMeasure, ExperimentOutcome, ExperimentRemark
from reportgen.analysis.statistics import summarise
from reportgen.language import gettext
from reportgen.records import ExperimentSpec, PlannedExperiment, Record, Series

__all__ = ["ExperimentMeasure", "ExperimentOutcome", "ExperimentRemark", "experiment_outcomes", "measure_of", "measures_of"]


def experiment_outcomes(records: RunRecords) -> tuple[ExperimentOutcome, ...]:
    """Return the outcome of every planned experiment, in the plan's order; one that this program does not know is left out."""
    planned = dict.fromkeys(one.experiment for one in records.plan.experiments)
    return tuple(outcome(records, name) for name in planned if name in experiments.names())


def outcome(records: RunRecords, name: str) -> ExperimentOutcome:
    """Return what came of one experiment: what was measured, what was not, and why."""
    described = experiments.find(name)
    processes = [one for one in records.plan.experiments if one.experiment == name]
    found = {one.trial: latest(records, one) for one in processes}
    trials = [trial for trial in found.values() if trial is not None]
    return ExperimentOutcome(
        name=name,
        title=gettext(described.title),
        heading=gettext(described.heading),
        description=gettext(described.description),
        measures=described.analysing().analyse(trials) if trials else (),
        remarks=tuple(
            ExperimentRemark(framework=trial.spec.framework, variant=trial.spec.variant, subject=note.subject, kind=note.kind, text=note.text)
            for trial in trials
            for note in trial.result.notes
        ),
        missing=tuple(why_missing(records, one) for one in processes if found[one.trial] is None),
        versions={trial.spec.framework: next(iter(trial.result.versions.values()), "") for trial in trials},
        sources=tuple({source.sha256: source for trial in trials for source in trial.result.sources}.values()),
    )


def latest(records: RunRecords, planned: PlannedExperiment) -> ExperimentTrial | None:
    """Return the last attempt at a process that came to its end."""
    found = [one for one in records.experiments if belongs(one.spec, planned)]
    return max(found, key=lambda one: one.spec.attempt, default=None)


def belongs(spec: Record, planned: PlannedExperiment) -> bool:
    """Say whether an order, of whatever attempt, is that of a planned process."""
    return isinstance(spec, ExperimentSpec) and (spec.experiment, spec.framework, spec.variant) == (
        planned.experiment,
        planned.framework,
        planned.variant,
    )


def why_missing(records: RunRecords, planned: PlannedExperiment) -> str:
    """Say why a planned process left no result."""
    title = records.titles.frameworks.get(planned.framework, planned.framework)
    # Where a framework has one process in an experiment, its name says nothing.
    if sum((one.experiment, one.framework) == (planned.experiment, planned.framework) for one in records.plan.experiments) > 1:
        title = f"{title}, {planned.variant}"
    causes = [failure.result.cause.clause for failure in records.failures if belongs(failure.spec, planned)]
    cause = gettext("it failed: {causes}", causes=causes[-1]) if causes else gettext("it has not been carried out yet")
    return gettext("{title}: not measured, {cause}.", title=title, cause=cause)


def measure_of(trial: ExperimentTrial, series: Series, parameters: Mapping[str, float] | None = None) -> ExperimentMeasure:
    """Return the summary of one series; ``parameters`` replace its own where an experiment derives others from them."""
    return ExperimentMeasure(
        framework=trial.spec.framework,
        variant=trial.spec.variant,
        subject=series.subject,
        quantity=series.quantity,
        parameters=dict(series.parameters if parameters is None else parameters),
        summary=summarise(series.samples, series.unit),
    )


def measures_of(trials: Sequence[ExperimentTrial]) -> tuple[ExperimentMeasure, ...]:
    """Return the summary of every series: the whole analysis of an experiment that derives nothing."""
    return tuple(measure_of(trial, series) for trial in trials for series in trial.result.series)
