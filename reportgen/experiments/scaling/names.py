"""What the author's text may name of distributed training: the figures of the table."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.analysis.results import ExperimentMeasure, ExperimentOutcome, Results
from reportgen.experiments.scaling.section import one_of
from reportgen.report.format import duration, integer, number, significant
from reportgen.report.named import Named, Value

Text = Callable[[float], str]
#: The columns of the table: the name, the quantity of the results, what it is called, and its digits.
COLUMNS: tuple[tuple[str, str, str, Text], ...] = (
    ("step_time", "step time", "Time of a step", duration),
    ("images_per_second", "images per second", "Images per second", significant),
    ("epoch_time", "epoch time", "Time of an epoch", duration),
    (
        "busy_processors",
        "busy processors",
        "Busy processors",
        lambda value: number(value, 2),
    ),
    ("efficiency", "efficiency", "Efficiency", lambda value: number(value, 2)),
)
#: Those that the table prints with their least and greatest value.
RANGED = ("step_time", "efficiency")


def values(outcome: ExperimentOutcome, results: Results) -> Named:
    """Yield ``FRAMEWORK.batch_B.workers_W.QUANTITY``, and the least and greatest value where the table has them."""
    for step in outcome.chosen("step time"):
        batch, workers = (int(step.parameters[key]) for key in ("batch", "workers"))
        name = f"{step.framework}.batch_{batch}.workers_{workers}"
        title = f"{results.titles.get(step.framework, step.framework)}, global batch {integer(batch)}, workers: {workers}"
        for key, quantity, label, text in COLUMNS:
            found = one_of(outcome, quantity, step)
            if found is not None:
                yield from column_values(
                    f"{name}.{key}", f"{label}, {title}", found, text, key in RANGED
                )


def column_values(
    name: str, meaning: str, found: ExperimentMeasure, text: Text, ranged: bool
) -> Named:
    """Yield the median of rounds and, where the table has them, the least and the greatest."""
    summary = found.summary
    yield name, Value(text=text(summary.median), meaning=f"{meaning}, median")
    if ranged:
        yield f"{name}.low", Value(text=text(summary.minimum), meaning="least value")
        yield (
            f"{name}.high",
            Value(text=text(summary.maximum), meaning="greatest value"),
        )
