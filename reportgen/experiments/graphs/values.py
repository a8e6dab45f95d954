"""Finding things in the outcome: which styles and sizes there are, and what was measured of each."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import ExperimentMeasure, ExperimentOutcome

SizeKey = tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Style:
    """A style of a framework; ``position`` counts within the framework, for marks and line styles."""

    framework: str
    title: str
    position: int


@dataclass(frozen=True, kw_only=True)
class NetworkSize:
    """A network that was measured; ``label`` is samples x inputs x hidden units."""

    key: SizeKey
    label: str
    flops: float


def key_of(measure: ExperimentMeasure) -> SizeKey:
    """Return the size of a measure in a form that can be compared."""
    return tuple(sorted(measure.parameters.items()))


def styles_of(outcome: ExperimentOutcome) -> tuple[Style, ...]:
    """Return every style that has a time, by framework in order of measurement."""
    names = dict.fromkeys(
        (one.framework, one.subject) for one in outcome.chosen("step time")
    )
    counted: dict[str, int] = {}
    found = []
    for framework, title in names:
        counted[framework] = counted.get(framework, -1) + 1
        found.append(
            Style(framework=framework, title=title, position=counted[framework])
        )
    return tuple(found)


def sizes_of(outcome: ExperimentOutcome) -> tuple[NetworkSize, ...]:
    """Return every network size, by its operations."""
    found = {key_of(one): one.parameters for one in outcome.chosen("step time")}
    return tuple(
        sorted(
            (
                NetworkSize(
                    key=key,
                    label=f"{size['samples']:g} \u00d7 {size['inputs']:g} \u00d7 {size['hidden']:g}",
                    flops=size["flops"],
                )
                for key, size in found.items()
            ),
            key=lambda size: size.flops,
        )
    )


def first_measured(outcome: ExperimentOutcome) -> SizeKey:
    """Return the size with which every process begins."""
    return key_of(outcome.chosen("step time")[0])


def one_of(
    outcome: ExperimentOutcome, quantity: str, style: Style, size: SizeKey
) -> ExperimentMeasure | None:
    """Return a quantity of one style at one size, where it was measured."""
    found = outcome.chosen(quantity, style.framework, style.title)
    return next((one for one in found if key_of(one) == size), None)


def step_time(
    outcome: ExperimentOutcome, style: Style, size: SizeKey
) -> ExperimentMeasure | None:
    """Return the time of a step, in seconds."""
    return one_of(outcome, "step time", style, size)


def limit_of(outcome: ExperimentOutcome, size: SizeKey) -> float | None:
    """Return the time of the matrix products alone, in seconds."""
    return next(
        (
            one.summary.median
            for one in outcome.chosen("arithmetic limit")
            if key_of(one) == size
        ),
        None,
    )
