"""From losses and times of steps to what may be shown: a style that does not compute what the others compute gets no time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.experiments import ExperimentMeasure, measure_of
from reportgen.analysis.inputs import ExperimentTrial
from reportgen.analysis.statistics import summarise
from reportgen.records import Series

# Largest relative difference of a loss from the median of all styles, over 50 steps. In
# float32 the order of summation makes about 1e-6; a wrong factor, a lost or a doubled
# update makes 1e-2 and more.
LOSS_LIMIT = 1e-4

Size = tuple[tuple[str, float], ...]
Losses = Mapping[tuple[str, str, Size], NDArray[np.float64]]


def analyse(trials: Sequence[ExperimentTrial]) -> tuple[ExperimentMeasure, ...]:
    """Return summaries of every series but the losses, of which the largest difference is returned, and the limit that arithmetic sets.

    Step times and first calls of a style that differs by more than :data:`LOSS_LIMIT` are left out at that size.
    """
    differences = loss_differences(losses_of(trials))
    found: list[ExperimentMeasure] = []
    for trial in trials:
        for series in trial.result.series:
            key = (trial.spec.framework, series.subject, size_of(series))
            if series.quantity == "loss":
                difference = series.model_copy(
                    update={
                        "quantity": "loss difference",
                        "samples": (differences[key],),
                    }
                )
                found.append(measure_of(trial, difference))
            elif differences.get(key, 0.0) <= LOSS_LIMIT:
                found.append(measure_of(trial, series))
    return (*found, *limits(found))


def size_of(series: Series) -> Size:
    """Return a network's size in a form that can be a key."""
    return tuple(sorted(series.parameters.items()))


def losses_of(trials: Sequence[ExperimentTrial]) -> Losses:
    """Return the losses of every framework, style and size."""
    return {
        (trial.spec.framework, series.subject, size_of(series)): np.asarray(
            series.samples
        )
        for trial in trials
        for series in trial.result.series
        if series.quantity == "loss"
    }


def loss_differences(
    losses: Losses,
) -> dict[tuple[str, str, Size], float]:
    """Return the largest relative difference of each from the median of all styles of the same size; not a number counts as infinite."""
    found: dict[tuple[str, str, Size], float] = {}
    for key, mine in losses.items():
        alike = [other for (_, _, size), other in losses.items() if size == key[2]]
        middle = np.nanmedian(alike, axis=0)
        difference = float(np.max(np.abs(mine - middle) / np.abs(middle)))
        found[key] = (
            difference if np.isfinite(difference) else float(np.finfo(np.float64).max)
        )
    return found


def limits(found: Sequence[ExperimentMeasure]) -> tuple[ExperimentMeasure, ...]:
    """Return, for every size, the time of its matrix products at the highest rate that any process reached.

    The fastest product counts, not the median: a limit is what nothing has been faster than.
    """
    rates = [one for one in found if one.quantity == "rate of arithmetic"]
    if not rates:
        return ()
    fastest = max(rates, key=lambda one: one.summary.maximum)
    sizes = {
        tuple(sorted(one.parameters.items())): one
        for one in found
        if one.quantity == "step time"
    }
    return tuple(
        fastest.model_copy(
            update={
                "quantity": "arithmetic limit",
                "parameters": one.parameters,
                "summary": summarise(
                    [one.parameters["flops"] / fastest.summary.maximum], "s"
                ),
            }
        )
        for one in sizes.values()
    )
