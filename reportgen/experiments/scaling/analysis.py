"""From the passes of teams to times and efficiencies: a team that does not compute what one worker computes gets no time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.analysis.experiments import ExperimentMeasure, measure_of
from reportgen.analysis.inputs import ExperimentTrial
from reportgen.records import Series

# In float64 the order of summation makes about 1e-15 over the parity steps. A sum in place
# of a mean, or gradients that are not exchanged, makes 1e-7 and more, also with Adam, which
# divides nearly all of a wrong factor out again.
PARITY_LIMIT = 1e-9

#: The time of a step in each round, by workers and global batch.
Times = Mapping[tuple[float, float], Mapping[float, float]]


def analyse(trials: Sequence[ExperimentTrial]) -> tuple[ExperimentMeasure, ...]:
    """Return, for every framework, what each team took, how that compares with one worker, and how far both computed the same."""
    return tuple(measure for trial in trials for measure in measures(trial))


def measures(trial: ExperimentTrial) -> list[ExperimentMeasure]:
    """Return the measures of one framework."""
    found = parity(trial)
    wrong = {
        one.parameters["workers"] for one in found if one.summary.maximum > PARITY_LIMIT
    }
    times = step_times(of(trial, "step time"))
    busy = step_times(of(trial, "busy processors"))
    images = of(trial, "training images")[0].samples[0]
    for (workers, batch), by_round in times.items():
        if workers in wrong:
            continue
        conditions = {"workers": workers, "batch": batch}
        steps = list(by_round.values())
        found += [
            derived(trial, "step time", conditions, steps, "s"),
            derived(
                trial,
                "epoch time",
                conditions,
                [step * images / batch for step in steps],
                "s",
            ),
            derived(
                trial,
                "images per second",
                conditions,
                [batch / step for step in steps],
                "1/s",
            ),
            derived(
                trial,
                "busy processors",
                conditions,
                list(busy[(workers, batch)].values()),
                "1",
            ),
        ]
        if workers > 1:
            paired = efficiencies(times, workers, batch)
            found.append(derived(trial, "efficiency", conditions, paired, "1"))
    return found


def of(trial: ExperimentTrial, quantity: str) -> list[Series]:
    """Return all series of a quantity."""
    return [one for one in trial.result.series if one.quantity == quantity]


def derived(
    trial: ExperimentTrial,
    quantity: str,
    conditions: Mapping[str, float],
    values: Sequence[float],
    unit: str,
) -> ExperimentMeasure:
    """Return the summary of values that have been computed from samples."""
    series = Series(
        quantity=quantity,
        subject=of(trial, "training images")[0].subject,
        unit=unit,
        parameters=dict(conditions),
        samples=tuple(values),
    )
    return measure_of(trial, series)


def step_times(series: Sequence[Series]) -> Times:
    """Return the median over the passes of each team: passes are no repetitions, rounds are."""
    found: dict[tuple[float, float], dict[float, float]] = {}
    for one in series:
        key = (one.parameters["workers"], one.parameters["batch"])
        median = float(np.median(one.samples))
        found.setdefault(key, {})[one.parameters["round"]] = median
    return found


def efficiencies(times: Times, workers: float, batch: float) -> list[float]:
    """Return T(1) / (W T(W)) of each round: 1 where W workers are W times as fast as one, 1 / W where they gain nothing."""
    alone = times[(1.0, batch)]
    return [
        alone[number] / (workers * step)
        for number, step in times[(workers, batch)].items()
    ]


def parity(trial: ExperimentTrial) -> list[ExperimentMeasure]:
    """Return the largest differences of losses (relative) and weights (absolute) of every team from those of one worker alone."""
    losses = {one.parameters["workers"]: one for one in of(trial, "loss")}
    weights = {one.parameters["workers"]: one for one in of(trial, "weight difference")}
    found = []
    for workers in losses:
        if workers == 1:
            continue
        mine, alone = (np.asarray(losses[size].samples) for size in (workers, 1.0))
        difference = float(np.max(np.abs(mine - alone) / np.abs(alone)))
        for quantity, value in (
            ("loss difference", difference),
            ("weight difference", max(weights[workers].samples)),
        ):
            conditions = {"workers": workers, "steps": float(len(mine))}
            found.append(derived(trial, quantity, conditions, [finite(value)], "1"))
    return found


def finite(value: float) -> float:
    """Return the largest number for one that is none: a training that diverged did not compute the same."""
    return value if np.isfinite(value) else float(np.finfo(np.float64).max)
