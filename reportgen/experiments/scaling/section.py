"""What the report prints of distributed training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.analysis.results import ExperimentMeasure, ExperimentOutcome, Results
from reportgen.experiments.base import ExperimentText
from reportgen.experiments.scaling.analysis import PARITY_LIMIT
from reportgen.language import gettext, marked
from reportgen.records import Sentence
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
from reportgen.retelling import retold

# A worker that is alone computes all the time; one that has less of a processor than this
# had to share it.
UNDISTURBED = 0.9
# What the measuring process says of its teams: records have it in English.
SAID = (
    marked("data-parallel training on {workers} workers"),
    marked("{method} under MultiWorkerMirroredStrategy"),
    marked("it works in a team of two; its times were not measured"),
    marked("worker {worker} of {workers} was ended by the signal {signal}"),
    marked("worker {worker} of {workers} failed: {error}"),
    marked("{workers} workers did not end within {seconds} s"),
)
# Why a team has no time, by what is different.
DIFFERENT = {
    "loss difference": marked(
        "{get}, {int}: no time, since the loss difference from one worker alone is {maximum}."
    ),
    "weight difference": marked(
        "{get}, {int}: no time, since the weight difference from one worker alone is {maximum}."
    ),
}
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
    titles = results.titles
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
        gettext("Training in one and in two processes"),
        gettext(
            "Median (least to greatest) of {rounds}, each with new processes. {threads} in each worker; two "
            "workers are two processes on one machine, over its loopback network. Efficiency is T(1) / (2 "
            "T(2)): 1 where two workers are twice as fast as one, 0.5 where they gain nothing. Busy processors "
            "count all workers together. An epoch is computed from the time of a step.",
            rounds=plural(rounds, "round"),
            threads=plural(results.threads, "thread"),
        ),
        [
            [
                head(gettext("Framework")),
                head(gettext("Global batch"), numeric=True),
                head(gettext("Workers"), numeric=True),
                head(gettext("Time of a step"), numeric=True),
                head(gettext("Images per second"), numeric=True),
                head(gettext("Epoch"), numeric=True),
                head(gettext("Busy processors"), numeric=True),
                head(gettext("Efficiency"), numeric=True),
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
    return gettext(
        "{text} ({text_2} to {text_3})",
        text=text(summary.median),
        text_2=text(summary.minimum),
        text_3=text(summary.maximum),
    )


def reading(outcome: ExperimentOutcome, results: Results) -> list[str]:
    """Return what the table shows, and that both teams computed the same, in sentences that hold nothing but measured values."""
    titles = results.titles
    found = [
        gettext(
            "{median} in {get} with a global batch of {int}",
            get=titles.get(one.framework, one.framework),
            median=number(one.summary.median, 2),
            int=integer(int(one.parameters["batch"])),
        )
        for one in outcome.chosen("efficiency")
    ]
    sentences = []
    if found:
        sentences.append(
            gettext(
                "The efficiency of two workers is {found}.", found=enumeration(found)
            )
        )
    sentences += same_sentence(outcome)
    sentences.append(gettext("Rounds are few: this describes, and claims nothing."))
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
    limit = gettext(
        "A team beyond {parity_limit} gets no time.",
        parity_limit=scientific(PARITY_LIMIT),
    )
    return [
        gettext(
            "After {steps} in float64, from the same weights on the same global batches and without dropout, "
            "losses of two workers differ from those of one by at most {loss} (relative), and weights by at "
            "most {weight}. {limit}",
            steps=steps,
            loss=scientific(loss),
            weight=scientific(weight),
            limit=limit,
        )
    ]


def told(said: Sentence) -> str:
    """Return what a note says in the language that is spoken; in older records it is a text."""
    return str(said) if said.values else retold(said.sentence, SAID)


def notes(outcome: ExperimentOutcome, results: Results) -> list[str]:
    """Return what could not be measured and why, and which teams computed something else."""
    titles = results.titles
    found = [
        gettext(
            "{get}, {subject}: not available ({text}).",
            get=titles.get(one.framework, one.framework),
            subject=retold(one.subject, SAID),
            text=told(one.text),
        )
        if one.kind == "not available"
        else f"{titles.get(one.framework, one.framework)}, {retold(one.subject, SAID)}: {told(one.text)}."
        for one in outcome.remarks
    ]
    found += [
        gettext(
            sentence,
            get=titles.get(one.framework, one.framework),
            int=plural(int(one.parameters["workers"]), "worker"),
            maximum=scientific(one.summary.maximum),
        )
        for quantity, sentence in DIFFERENT.items()
        for one in outcome.chosen(quantity)
        if one.summary.maximum > PARITY_LIMIT
    ]
    found += [
        gettext(
            "{get}: one worker alone, with a global batch of {int}, had {median} of a processor. The machine "
            "was busy with other things, and times and efficiencies show that too.",
            get=titles.get(one.framework, one.framework),
            int=integer(int(one.parameters["batch"])),
            median=number(one.summary.median, 2),
        )
        for one in outcome.chosen("busy processors")
        if one.parameters["workers"] == 1 and one.summary.median < UNDISTURBED
    ]
    return found
