"""Made-up results of the experiment on distributed training: times that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

from builders import experiment_result, make_plan, planned_experiment

from reportgen.analysis.inputs import ExperimentTrial
from reportgen.experiments.scaling.samples import SUBJECT
from reportgen.records import ExperimentNote, Series
from reportgen.runner.orders import experiment_spec

IMAGES = 320.0
BATCH = 32.0
# Seconds of a step by workers, one value a round: efficiencies 0.5, 0.25 and 1.
STEPS = {1: (0.004, 0.002, 0.004), 2: (0.004, 0.004, 0.002)}


def one(quantity: str, samples: tuple[float, ...], unit: str = "1", **parameters: float) -> Series:
    return Series(quantity=quantity, subject=SUBJECT, unit=unit, parameters=parameters, samples=samples)


def trial(
    framework: str = "tensorflow",
    *,
    loss: float = 2.0,
    weight: float = 1e-16,
    busy: float = 1.0,
    sizes: tuple[int, ...] = (1, 2),
    notes: tuple[ExperimentNote, ...] = (),
) -> ExperimentTrial:
    """Return what a framework's process left: ``loss`` is the second loss of two workers where one has 2, ``weight`` a weight's distance."""
    series = [one("training images", (IMAGES,))]
    for workers in sizes:
        series += [
            one("loss", (3.0, 2.0 if workers == 1 else loss), "nats", workers=workers),
            one("weight difference", (0.0,) if workers == 1 else (weight, weight), workers=workers),
        ]
        for number, step in enumerate(STEPS[workers], start=1):
            conditions = {"workers": workers, "batch": BATCH, "round": number}
            # The slow pass moves no median.
            series += [
                one("step time", (step, step, 9.0), "s", **conditions),
                one("busy processors", (busy * workers, busy * workers, 0.1), **conditions),
            ]
    spec = experiment_spec(make_plan(), planned_experiment(framework, experiment="scaling", variant="data-parallel"), 1, Path("data"))
    return ExperimentTrial(spec=spec, result=experiment_result(spec, series=tuple(series), notes=notes))
