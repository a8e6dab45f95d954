"""Made-up results of the experiment on graphs: two styles a framework, three sizes, losses that fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builders import experiment_result, planned_experiment

from reportgen.analysis.inputs import ExperimentTrial
from reportgen.experiments.graphs.problem import PUBLISHED, Size
from reportgen.records import ExperimentNote, ExperimentSpec, Hyperparameters, Series

SIZES = (PUBLISHED, Size(samples=1, inputs=16, hidden=16, outputs=10), Size(samples=1024, inputs=2000, hidden=200, outputs=10))
STEPS = 6


def spec(framework: str) -> ExperimentSpec:
    planned = planned_experiment(framework)
    return ExperimentSpec(
        trial=planned.trial,
        attempt=1,
        experiment=planned.experiment,
        framework=framework,
        variant=planned.variant,
        workload="mlp",
        seed=1,
        hyperparameters=Hyperparameters(epochs=1, batch_size=1, learning_rate=0.1),
        threads=1,
        dataset_folder="",
        dataset_digest="",
    )


def losses(scale: float = 1.0) -> list[float]:
    return [scale * 0.5**step for step in range(STEPS)]


def trial(
    framework: str,
    styles: Mapping[str, float],
    wrong: Mapping[str, Sequence[float]] | None = None,
    notes: Sequence[ExperimentNote] = (),
    rate: float = 5e10,
) -> ExperimentTrial:
    """Return the trial of a framework whose ``styles`` have this overhead in seconds a step; ``wrong`` ones have these losses instead."""
    series = [Series(quantity="rate of arithmetic", subject="matrix product", unit="FLOP/s", parameters={"rows": 1024}, samples=(rate * 0.9, rate))]
    for size in SIZES:
        for title, overhead_s in styles.items():
            step_s = overhead_s + size.flops / rate

            def of(quantity: str, samples: Sequence[float], unit: str = "s", title: str = title, size: Size = size) -> Series:
                return Series(quantity=quantity, subject=title, unit=unit, parameters=size.parameters, samples=tuple(samples))

            series += [
                of("first call", [0.5 if size is PUBLISHED else 0.1]),
                of("loss", (wrong or {}).get(title, losses()), "1"),
                of("step time", [step_s * (1 + 0.001 * turn) for turn in range(7)]),
            ]
    for title in styles:
        series += [
            Series(quantity="right answers of an if", subject=title, unit="1", samples=(2.0,)),
            Series(quantity="runs of Python", subject=title, unit="1", samples=(5.0,)),
        ]
    return ExperimentTrial(spec=spec(framework), result=experiment_result(spec(framework), series=tuple(series), notes=tuple(notes)))
