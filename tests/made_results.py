"""The example run's results with what it lacks, made of its own numbers: modes, variants, nights before it, other workloads, losses alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from builders import make_plan, make_records, make_training, planned_experiment
from builders_of_graphs import trial
from nights import series

from reportgen.analysis.history.cells import night_cells
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import NightHistory, SeriesTrend, SoftwareChange, TrendPoint
from reportgen.analysis.history.summing import workload_verdict
from reportgen.analysis.history.trend import cell_trend
from reportgen.analysis.history.verdict import Repeated, cell_verdicts, flags
from reportgen.analysis.interval import Interval
from reportgen.analysis.losses import StepLosses
from reportgen.analysis.results import FrameworkResult, ModeResult, ParityCheck, Results, VariantResult
from reportgen.analysis.study import analyse, prepare, with_findings
from reportgen.analysis.suite import SuiteResults, suite_results
from reportgen.analysis.varied import VariedWay
from reportgen.evidence import gather
from reportgen.nightly.night import make_night
from reportgen.records import Sentence, Source
from reportgen.records.night import CellKind
from reportgen.runs import Run

NIGHTS = 40
CHECK = ParityCheck(
    code="P25",
    name="Mode: losses",
    precision="float32",
    outcome="equal within tolerance",
    value=1e-7,
    limit=1e-6,
    unit="nats",
    detail="",
    blocks_claims=(),
)
STEPS = "def build_steps(model):\n    return unmistakable_steps\n"

NO_COMPILER = Sentence(sentence="there is no compiler")


def mode_of(framework: FrameworkResult, name: str, *, main: bool, **changes: object) -> ModeResult:
    source = Source(title="Training", module=f"example.{name}", text=f"import os\n\n\n{STEPS}", sha256=name)
    base = ModeResult(
        framework=framework.name,
        framework_title=framework.title,
        mode=name,
        title=name.upper(),
        description=f"What {name} is.",
        main=main,
        tuned=not main,
        n=framework.n,
        training_time=framework.training_time,
        steady_epoch_time=framework.steady_epoch_time,
        compile_time=None if main else framework.first_step_time,
        accuracy=framework.accuracy,
        peak_memory=framework.peak_memory,
        speedup=None if main else 7.25,
        parity="not checked" if main else "shown",
        checks=() if main else (CHECK,),
        sources=framework.sources if main else (*(one for one in framework.sources if one.title != "Training"), source),
    )
    return base.model_copy(update=changes)


def with_modes(results: Results) -> Results:
    """Two modes for each framework, of which one could not be measured."""
    first, second = results.frameworks[:2]
    failed = {
        "n": 0,
        "failure": Sentence(sentence="there is no compiler"),
        "training_time": None,
        "steady_epoch_time": None,
        "accuracy": None,
        "sources": (),
    }
    found = (
        mode_of(first, "main", main=True),
        mode_of(first, "fast", main=False),
        mode_of(second, "plain", main=True),
        mode_of(second, "lost", main=False, **failed),
    )
    return results.model_copy(update={"modes": found})


def way(framework, **changes) -> VariedWay:
    fields = {
        "framework": framework.name,
        "framework_title": framework.title,
        "mode": "main@next",
        "title": "Main, next",
        "description": "",
        "main": False,
        "tuned": False,
        "n": framework.n,
        "training_time": framework.training_time,
        "steady_epoch_time": framework.steady_epoch_time,
        "accuracy": framework.accuracy,
        "peak_memory": framework.peak_memory,
        "speedup": 1.234,
        "speedup_interval": Interval(low=1.1, high=1.4, level=0.95, method="paired"),
        "parity": "shown",
        "versions": {"torch": "2.15.0"},
    }
    return VariedWay(**fields | changes)


def with_variants(results: Results) -> Results:
    """Two variants: another PyTorch, and a setting under which one framework did not start."""
    tensorflow, pytorch = results.frameworks
    empty = {"n": 0, "training_time": None, "steady_epoch_time": None, "accuracy": None, "speedup": None, "speedup_interval": None, "versions": {}}
    found = (
        VariantResult(name="next", software={"Python": "3.12.1", "torch": "2.15.0", "numpy": "2.5.0"}, environment={}, ways=(way(pytorch),)),
        VariantResult(
            name="plain",
            software={},
            environment={"TF_ENABLE_ONEDNN_OPTS": "0"},
            ways=(way(tensorflow, versions={"tensorflow": "2.21.0"}), way(pytorch, failure="it did not start", **empty)),
        ),
    )
    return results.model_copy(update={"variants": found})


def with_nights(results: Results, run_folder: Path) -> Results:
    """The results as those of a night whose last nights were slower, with a change of software."""
    cells = [cell for cell in night_cells(results) if cell.metric in ("training_time", "accuracy", "ratio")]
    found, trends = [], []
    for number, cell in enumerate(cells):
        kind = CellKind.model_validate(cell.model_dump(exclude={"values"}))
        steps = {NIGHTS - 4: 1.2} if kind.code == "training_time:pytorch" else {}
        level = float(np.median(cell.values))
        values = [level] * NIGHTS if kind.metric == "accuracy" else series(NIGHTS, level, noise=0.01, seed=number, steps=steps)
        found.append(CellSeries(kind=kind, centres=np.array(values)))
        points = [
            TrendPoint(run="r", at=f"2026-{1 + index // 28:02d}-{1 + index % 28:02d}T02:30:00+00:00", centre=value, low=0.99 * value, high=value, n=6)
            for index, value in enumerate(values)
        ]
        trends.append(cell_trend(kind, [], points, {NIGHTS - 3: "regression"} if steps else {}))
    again = {one.kind.code: float(one.centres[-1]) for one in found}
    said = cell_verdicts(found, flags(found), Repeated(centres=again, control=1.0), np.array(series(NIGHTS, noise=0.01, seed=9)))
    tonight = make_night(Run(run_folder), results)
    verdict = workload_verdict(tonight, said, NIGHTS - 1, {**tonight.software, "torch": "2.14.0"}, False)
    change = SoftwareChange(at="2026-02-09T02:30:00+00:00", text="torch 2.14.0 \u2192 2.14.1")
    trend = SeriesTrend(
        workload="mlp", workload_title="MLP", dataset="digits", hardware="Example", nights=NIGHTS, cells=tuple(trends), changes=(change,)
    )
    return results.model_copy(update={"history": NightHistory(verdict=verdict, trend=trend)})


def with_losses(results: Results, steps: int = 0) -> Results:
    """A workload without classes: losses by epoch or, with a number of ``steps``, of every step."""
    falling = {framework.name: 0.5**place * 0.97 ** np.arange(steps) for place, framework in enumerate(results.frameworks)}
    frameworks = tuple(
        framework.model_copy(
            update={
                "step_losses": StepLosses(
                    median=tuple(falling[framework.name]), lowest=tuple(0.8 * falling[framework.name]), highest=tuple(1.3 * falling[framework.name])
                )
                if steps
                else None
            }
        )
        for framework in results.frameworks
    )
    return results.model_copy(update={"dataset": results.dataset.model_copy(update={"task": "regression"}), "frameworks": frameworks})


def with_graphs() -> Results:
    """A small study with the experiment on graphs, of two styles in one framework and one in the other."""
    plan = make_plan(blocks=1, experiments=[planned_experiment("tensorflow"), planned_experiment("pytorch")])
    trials = (trial("tensorflow", {"eager": 1e-3, "tf.function": 2e-4}), trial("pytorch", {"eager": 5e-5}))
    return analyse(make_records([make_training(), make_training(framework="pytorch")], plan=plan, experiments=trials))


def suite_of(run_folder: Path, names: tuple[str, ...]) -> SuiteResults:
    """A suite in which a run stands for several workloads."""
    prepared = prepare(gather(Run(run_folder)))
    members = [replace(prepared, results=prepared.results.model_copy(update={"workload": name, "workload_title": name})) for name in names]
    return suite_results("example-suite", "python -m reportgen", "2026-01-02T03:04:05.000+00:00", with_findings(members), ())
