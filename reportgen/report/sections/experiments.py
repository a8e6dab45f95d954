"""Results of experiments: each writes its own part, in the order of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import experiments
from reportgen.analysis.results import ExperimentOutcome, Results
from reportgen.experiments.base import ExperimentText
from reportgen.report.drawing import Drawing
from reportgen.report.named import Named
from reportgen.report.sections.elements import Register


@dataclass(frozen=True, kw_only=True)
class ExperimentSection:
    """One experiment's section: ``key`` is that of its heading; ``missing`` says what was planned and could not be measured."""

    key: str
    title: str
    description: str
    text: ExperimentText | None
    missing: tuple[str, ...]


def experiment_sections(results: Results, register: Register) -> tuple[ExperimentSection, ...]:
    """Let every experiment write its part; of one without any measurement, only the reasons are printed."""
    return tuple(experiment_section(one, results, register.begin(heading_key(one))) for one in results.experiments)


def experiment_section(one: ExperimentOutcome, results: Results, register: Register) -> ExperimentSection:
    """Let one experiment write its part."""
    return ExperimentSection(
        key=heading_key(one),
        title=one.heading,
        description=one.description,
        text=experiments.find(one.name).reporting().section(one, results, register) if is_measured(one) else None,
        missing=one.missing,
    )


def experiment_pictures(results: Results) -> dict[str, Drawing]:
    """Return every experiment's figures, drawn, by the name of their resources."""
    return {
        name: picture
        for one in results.experiments
        if is_measured(one)
        for name, picture in experiments.find(one.name).reporting().pictures(one, results).items()
    }


def experiment_values(outcome: ExperimentOutcome, results: Results) -> Named:
    """Yield what the author's text may name of one experiment; nothing where it names nothing, or was not measured."""
    naming = experiments.find(outcome.name).naming()
    if naming is not None and is_measured(outcome):
        for name, value in naming.values(outcome, results):
            yield f"experiment.{outcome.name}.{name}", value


def heading_key(outcome: ExperimentOutcome) -> str:
    """Return the key of an experiment's heading."""
    return f"experiment-{outcome.name}"


def is_measured(outcome: ExperimentOutcome) -> bool:
    """Say whether there is anything to show."""
    return bool(outcome.measures)
