"""What the report prints of distributed training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.analysis.results import ExperimentMeasure, ExperimentOutcome, Results
from reportgen.experiments.base import ExperimentText
from reportgen.experiments.scaling.analysis import PARITY_LIMIT
from reportgen.report.drawing import Drawing
from reportgen.report.format import (
    duration,
    enumeration,
    integer,
    number,
    plural,
    scientific,
    significant,
)
from reportgen.report.sections.elements import (
    Cell,
    Register,
    Table,
    figures,
    head,
)

# A worker that is alone computes all the time; one that has less of a processor than this
# had to share it.
UNDISTURBED = 0.9
# One worker is what others are compared with.
NO_COMPARISON = "\u2013"


def section(
    outcome: ExperimentOutcome, results: Results, register: Register
) -> ExperimentText:
    """Return the table of times and efficiencies, a sentence on them, and why something is missing."""
    return ExperimentText(
        paragraphs=tuple(reading(outcome, results)),
        tables=(times_table(outcome, results, register),),
        notes=tuple(notes(outcome, results)),
    )


def pictures(
    outcome: ExperimentOutcome,  # noqa: ARG001
    results: Results,  # noqa: ARG001
) -> Mapping[str, Drawing]:
    """Return no figure: the table has all there is."""
    return {}


def times_table(
    outcome: ExperimentOutcome, results: Results, register: Register
) -> Table:
    """Make the table, a row for each framework, global batch and number of workers."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    rows: list[list[Cell]] = []
    steps = outcome.chosen("step time")
    ordered = sorted(steps, key=lambda one: (steps_order(steps, one), size_of(one)))
    for one in ordered:
        alike = [step for step in steps if step.framework == one.framework]
        first = one is next(step for step in ordered if step.framework == one.framework)
        row = [head(titles.get(one.framework, one.framework), rowspan=len(alike))]
        rows.append((row if first else []) + cells(outcome, one))
    rounds = max((one.summary.n for one in steps), default=0)
    return register.table(
        "scaling",
        "Training in one and in two processes",
        f"Median (least to greatest) of {plural(rounds, 'round')}, each with new processes. {plural(results.threads, 'thread')} in each worker; two "
        "workers are two processes on one machine, over its loopback network. Efficiency is T(1) / (2 T(2)): 1 where two workers are twice "
        "as fast as one, 0.5 where they gain nothing. Busy processors count all workers together. An epoch is computed from the time of a step.",
        [
            [
                head("Framework"),
                head("Global batch", numeric=True),
                head("Workers", numeric=True),
                head("Time of a step", numeric=True),
                head("Images per second", numeric=True),
                head("Epoch", numeric=True),
                head("Busy processors", numeric=True),
                head("Efficiency", numeric=True),
            ]
        ],
        rows,
        style="small",
    )


def steps_order(steps: tuple[ExperimentMeasure, ...], one: ExperimentMeasure) -> int:
    """Return the place of a framework in the order of measurement."""
    return [step.framework for step in steps].index(one.framework)


def size_of(one: ExperimentMeasure) -> tuple[float, float]:
    """Return batch and workers."""
    return one.parameters["batch"], one.parameters["workers"]


def cells(outcome: ExperimentOutcome, step: ExperimentMeasure) -> list[Cell]:
    """Return the figures of one row."""
    found = {
        quantity: one_of(outcome, quantity, step)
        for quantity in (
            "images per second",
            "epoch time",
            "busy processors",
            "efficiency",
        )
    }
    efficiency = found["efficiency"]
    return [
        figures(integer(int(step.parameters["batch"]))),
        figures(integer(int(step.parameters["workers"]))),
        figures(with_range(step, lambda value: duration(value))),
        figures(significant(median(found["images per second"]))),
        figures(duration(median(found["epoch time"]))),
        figures(number(median(found["busy processors"]), 2)),
        figures(NO_COMPARISON)
        if efficiency is None
        else figures(with_range(efficiency, lambda value: number(value, 2))),
    ]


def one_of(
    outcome: ExperimentOutcome, quantity: str, step: ExperimentMeasure
) -> ExperimentMeasure | None:
    """Return the measure of another quantity under the same conditions."""
    chosen = outcome.chosen(quantity, step.framework)
    return next((one for one in chosen if size_of(one) == size_of(step)), None)


def median(one: ExperimentMeasure | None) -> float | None:
    """Return a measure's median."""
    return None if one is None else one.summary.median


def with_range(one: ExperimentMeasure, text: Callable[[float], str]) -> str:
    """Return median, and least and greatest value, of a measure."""
    summary = one.summary
    return (
        f"{text(summary.median)} ({text(summary.minimum)} to {text(summary.maximum)})"
    )


def reading(outcome: ExperimentOutcome, results: Results) -> list[str]:
    """Return what the table shows, and that both teams computed the same, in sentences that hold nothing but measured values."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    found = [
        f"{titles.get(one.framework, one.framework)} {number(one.summary.median, 2)} with a global batch of {integer(int(one.parameters['batch']))}"
        for one in outcome.chosen("efficiency")
    ]
    sentences = []
    if found:
        sentences.append(f"The efficiency of two workers is {enumeration(found)}.")
    sentences += same_sentence(outcome)
    sentences.append("Rounds are few: this describes, and claims nothing.")
    return [" ".join(sentences)]


def same_sentence(outcome: ExperimentOutcome) -> list[str]:
    """Say how far two workers computed what one computes."""
    losses = outcome.chosen("loss difference")
    weights = outcome.chosen("weight difference")
    if not losses or not weights:
        return []
    loss, weight = (
        max(one.summary.maximum for one in both) for both in (losses, weights)
    )
    steps = plural(int(losses[0].parameters["steps"]), "step")
    limit = f"A team beyond {scientific(PARITY_LIMIT)} gets no time."
    return [
        f"After {steps} in float64, from the same weights on the same global batches and without dropout, losses of two workers differ from those of "
        f"one by at most {scientific(loss)} (relative), and weights by at most {scientific(weight)}. {limit}"
    ]


def notes(outcome: ExperimentOutcome, results: Results) -> list[str]:
    """Return what could not be measured and why, and which teams computed something else."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    found = [
        f"{titles.get(one.framework, one.framework)}, {one.subject}: not available ({one.text})."
        if one.kind == "not available"
        else f"{titles.get(one.framework, one.framework)}, {one.subject}: {one.text}."
        for one in outcome.remarks
    ]
    found += [
        f"{titles.get(one.framework, one.framework)}, {plural(int(one.parameters['workers']), 'worker')}: no time, since the {one.quantity} from one "
        f"worker alone is {scientific(one.summary.maximum)}."
        for quantity in ("loss difference", "weight difference")
        for one in outcome.chosen(quantity)
        if one.summary.maximum > PARITY_LIMIT
    ]
    found += [
        f"{titles.get(one.framework, one.framework)}: one worker alone, with a global batch of {integer(int(one.parameters['batch']))}, had "
        f"{number(one.summary.median, 2)} of a processor. The machine was busy with other things, and times and efficiencies show that too."
        for one in outcome.chosen("busy processors")
        if one.parameters["workers"] == 1 and one.summary.median < UNDISTURBED
    ]
    return found
