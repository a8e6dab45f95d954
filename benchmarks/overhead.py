"""What the tool costs: ``python -m benchmarks.overhead`` measures it with real frameworks and prints a line for each figure.

Fresh and forked trials of one order follow each other (A B A B), so that drift of the machine meets both alike: what the import costs and is
saved, whether anything else differs, and the memory of either beside the baseline program. With ``--run``, the wall time of a finished study over
the sum of its trials' phases.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.arithmetic import median
from benchmarks.data import write_for_students
from benchmarks.outcome import read_outcome
from reportgen import datasets, frameworks, workloads
from reportgen.analysis import timing
from reportgen.analysis.overhead import overhead
from reportgen.datasets import Dataset
from reportgen.errors import ReportgenError
from reportgen.evidence import gather
from reportgen.locks import host_lock
from reportgen.records import TrainingResult, TrainingSpec
from reportgen.runner.forking import Nurseries, unsupported
from reportgen.runner.launch import child_environment, launch_fresh
from reportgen.runner.trial import Launcher, ProcessExecutor
from reportgen.runs import Run

WORKLOAD = "mlp"
# The baseline programs read no other.
DATASET = "mnist"
TIMEOUT_S = 3600.0
MEBIBYTE = 2**20


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Something that is compared between fresh and forked trials, read off a trial's result."""

    title: str
    read: Callable[[TrainingResult], float]


def before_data_s(result: TrainingResult) -> float:
    """Return what a trial spends before it reads its data: the start of its process and the import."""
    return timing.wall_s(result, ("start", "import"))


def training_cpu_s(result: TrainingResult) -> float:
    """Return the processor time of the training."""
    return sum(phase.cpu_s for phase in result.phases if phase.name in timing.TRAINING_PHASES)


def peak_memory_mib(result: TrainingResult) -> float:
    """Return the peak memory of training and evaluation, which is what the baseline program does."""
    return max(phase.peak_memory_bytes or 0 for phase in result.phases if phase.name != "export") / MEBIBYTE


FIGURES = (
    Figure(title="start and import (s)", read=before_data_s),
    Figure(title="data and build (s)", read=lambda result: timing.wall_s(result, ("data", "build"))),
    Figure(title="first step (s)", read=lambda result: timing.phase(result, "first step").wall_s),
    Figure(title="steady epoch (s)", read=timing.steady_epoch_s),
    # Hardly moved by whatever else runs on the machine.
    Figure(title="training, processor time (s)", read=training_cpu_s),
    Figure(title="inference of the test set (s)", read=lambda result: timing.test_set_s(result.inference)),
    Figure(title="peak memory (MiB)", read=peak_memory_mib),
)


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--framework", action="append", choices=frameworks.names(), help="[default: all]")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of a fresh and a forked trial; 0 for none")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--run", type=Path, help="folder of a finished run, to print its cost")
    options = parser.parse_args()
    if options.run:
        print(cost_of(Run(options.run)))
    if not options.rounds:
        return
    if reason := unsupported():
        raise ReportgenError(f"There is nothing to compare: {reason}.")
    dataset = datasets.load(DATASET)
    with host_lock("the benchmark of overhead", print), tempfile.TemporaryDirectory() as work:
        for framework in options.framework or frameworks.names():
            print_framework(framework, dataset, options.rounds, options.epochs, Path(work) / framework)


def cost_of(run: Run) -> str:
    """Return the cost of a run as a line."""
    found = overhead(gather(run).spans)
    if found is None:
        return f"{run.name}: nothing was measured"
    return f"{run.name}: {found.wall_s:.1f} s for {found.phases_s:.1f} s of phases in {found.trials} trials: {found.ratio:.3f}"


def print_framework(framework: str, dataset: Dataset, rounds: int, epochs: int, work: Path) -> None:
    """Compare the fresh and the forked trials of a framework, and both with its baseline program."""
    nurseries = Nurseries(print)
    try:
        pairs = [measure_pair(framework, dataset, number, epochs, work, nurseries) for number in range(1, rounds + 1)]
    finally:
        nurseries.close()
    title = frameworks.find(framework).title
    print(f"{title}, {WORKLOAD} on {dataset.name}, {epochs} epochs, {rounds} pairs of trials: fresh, forked, forked / fresh")
    for figure in FIGURES:
        print(f"  {figure.title:32}{line([(figure.read(fresh), figure.read(forked)) for fresh, forked in pairs])}")
    bare = bare_memory_bytes(framework, dataset, epochs, work) / MEBIBYTE
    most = max(peak_memory_mib(forked) for _, forked in pairs)
    print(f"  {'peak memory beside bare (MiB)':32}{bare:10.1f}{most:10.1f}   {most - bare:+.1f}")


def line(values: Sequence[tuple[float, float]]) -> str:
    """Return the medians of both sides, and the median and range of the ratios within pairs."""
    ratios = [forked / fresh for fresh, forked in values]
    fresh, forked = ([pair[side] for pair in values] for side in (0, 1))
    return f"{median(fresh):10.4g}{median(forked):10.4g}   {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"


def measure_pair(
    framework: str, dataset: Dataset, number: int, epochs: int, work: Path, nurseries: Nurseries
) -> tuple[TrainingResult, TrainingResult]:
    """Return the results of a fresh and a forked trial of one order; which comes first alternates."""
    sides: list[tuple[str, Launcher]] = [("fresh", launch_fresh), ("forked", nurseries)]
    found: dict[str, TrainingResult] = {}
    for name, start in sides if number % 2 else reversed(sides):
        folder = work / f"{number}-{name}"
        folder.mkdir(parents=True)
        spec = order(framework, dataset, number, epochs)
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False, start=start)(spec, folder, lambda _event: None)
        if not isinstance(result, TrainingResult):
            raise ReportgenError(f"A trial failed: {getattr(result, 'cause', result)}")
        found[name] = result
    return found["fresh"], found["forked"]


def order(framework: str, dataset: Dataset, number: int, epochs: int) -> TrainingSpec:
    """Return the order of a pair."""
    workload = workloads.find(WORKLOAD)
    return TrainingSpec(
        trial=f"pair-{number}",
        block=number,
        attempt=1,
        position=1,
        framework=framework,
        mode=workload.modes[framework][0],
        workload=WORKLOAD,
        seed=number,
        hyperparameters=workload.hyperparameters.model_copy(update={"epochs": epochs}),
        threads=1,
        dataset_folder=str(datasets.store(dataset, datasets.stored_folder(dataset))),
        dataset_digest=dataset.digest,
        exports=(),
    )


def bare_memory_bytes(framework: str, dataset: Dataset, epochs: int, work: Path) -> int:
    """Return the peak memory of the baseline program of a framework on the same images."""
    data = work / "data"
    write_for_students(dataset, data)
    command = [sys.executable, "-m", f"benchmarks.baseline.{WORKLOAD}_{framework}", str(data), "--epochs", str(epochs)]
    environment = child_environment(os.environ, "cpu")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=True)
    return read_outcome(done.stdout).peak_memory_bytes


if __name__ == "__main__":
    main()
