"""Measures one framework's styles on two small networks, and prints what came of it; the test starts it as a child."""

import json
import sys
from importlib import import_module
from pathlib import Path

from reportgen.experiments.graphs import timing
from reportgen.experiments.graphs.problem import Size
from reportgen.records import ExperimentSpec, Hyperparameters
from reportgen.runner.phases import PhaseClock

SIZES = (Size(samples=4, inputs=8, hidden=8, outputs=3), Size(samples=8, inputs=16, hidden=8, outputs=3))
timing.measure_styles.__defaults__ = (SIZES,)
timing.SAMPLE_S = 1e-4
framework = sys.argv[1]
spec = ExperimentSpec(
    trial="t",
    attempt=1,
    experiment="graphs",
    framework=framework,
    variant="styles",
    workload="two-layer",
    seed=1,
    hyperparameters=Hyperparameters(epochs=1, batch_size=1, learning_rate=0.1),
    threads=1,
    dataset_folder="",
    dataset_digest="",
)
measured = import_module(f"reportgen.experiments.graphs.{framework}").measure(spec, Path("files"), PhaseClock(lambda _: None))
print(
    json.dumps(
        {
            "series": [one.model_dump() for one in measured.series],
            "notes": [one.model_dump() for one in measured.notes],
            "lines": [len(line) for source in measured.sources for line in source.text.splitlines()],
        }
    )
)
