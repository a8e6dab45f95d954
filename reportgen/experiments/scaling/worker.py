"""One worker of a team: ``python -m reportgen.experiments.scaling.worker FOLDER`` carries out the order in FOLDER and leaves a report there.

The framework comes in through its own module (``tensorflow.py``, ``pytorch.py``); what is done with it is the same for both.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reportgen import workloads
from reportgen.datasets.store import open_arrays
from reportgen.experiments.scaling.orders import (
    ORDER,
    REPORT,
    WEIGHTS,
    Pass,
    WorkerOrder,
    WorkerReport,
)
from reportgen.experiments.scaling.shares import global_batches, share
from reportgen.runner.phases import stamp
from reportgen.runner.worker import end_with_parent
from reportgen.storage import read_record, write_record
from reportgen.workloads.base import describe_source

# The first steps compile, allocate and connect.
WARM_UP_STEPS = 5
# Passes of one team: they show whether it is steady; repetitions are other teams.
PASSES = 3
# Long against the timer and the first step of a pass, short enough for a whole experiment of about a minute.
PASS_S = 0.4
# More than the parity steps see; all of them in float64 would fill memory for nothing.
PARITY_IMAGES = 2048
# Steps from which the length of a pass is estimated.
ESTIMATE_STEPS = 10


class Training(Protocol):
    """A framework's training, as this module drives it; see ``pytorch.py``."""

    def step(self, indices: NDArray[np.int64]) -> Any:
        """Take one step on this worker's share of a batch, and return its loss, which need not be computed yet."""

    def value(self, loss: Any) -> float:
        """Return a loss as a number, which waits until it is computed."""

    def weights(self) -> list[NDArray[Any]]:
        """Return the trainable arrays."""


def work(folder: Path) -> None:
    """Carry out the order in ``folder``: meet the team, train a few steps that can be compared, and time passes over batches of each size."""
    order = read_record(folder / ORDER, WorkerOrder)
    program = import_module(f"reportgen.experiments.scaling.{order.framework}_training")
    begin = time.perf_counter()
    team = program.Team(order)
    meeting_s = time.perf_counter() - begin
    workload = workloads.find(order.workload)
    arrays = open_arrays(Path(order.dataset_folder), order.dataset_digest)
    losses: list[float] = []
    if order.parity_steps:
        few = order.model_copy(update={"images": min(order.images, PARITY_IMAGES)})
        # In float64 rounding is too small to hide a wrong mean; chance (dropout) is off, since each worker draws its own.
        training = program.Training(few, team, workload, arrays, "float64", False)
        losses = [
            training.value(training.step(indices))
            for indices in shares(few, order.parity_batch, order.parity_steps)
        ]
        np.savez(folder / WEIGHTS, *training.weights())
    steps, passes = {}, {}
    for batch_size in order.batches:
        training = program.Training(order, team, workload, arrays, "float32", True)
        finish(training, shares(order, batch_size, WARM_UP_STEPS))
        steps[batch_size] = order.steps.get(batch_size) or steps_in_a_pass(
            training, order, batch_size
        )
        passes[batch_size] = tuple(
            timed(training, order, batch_size, steps[batch_size]) for _ in range(PASSES)
        )
    if order.own_loop:
        program.own_loop(order, team, workload, arrays)
    report = WorkerReport(
        rank=order.rank,
        team_size=team.size,
        threads=team.threads,
        meeting_s=meeting_s,
        versions=team.versions,
        losses=tuple(losses),
        steps=steps,
        passes=passes,
        sources=(
            describe_source(f"Data-parallel training, {order.framework}", program),
        ),
    )
    write_record(folder / REPORT, report)


def shares(order: WorkerOrder, batch_size: int, steps: int) -> list[NDArray[np.int64]]:
    """Return this worker's shares of the first ``steps`` global batches, the same for every pass and team."""
    batches = global_batches(order.images, batch_size, steps, order.seed)
    return [share(batch, order.rank, order.workers) for batch in batches]


def finish(training: Training, batches: Iterable[NDArray[np.int64]]) -> None:
    """Take a step on each batch, and wait for the last."""
    loss = None
    for indices in batches:
        loss = training.step(indices)
    training.value(loss)


def timed(training: Training, order: WorkerOrder, batch_size: int, steps: int) -> Pass:
    """Time a pass."""
    batches = shares(order, batch_size, steps)
    begin = stamp()
    finish(training, batches)
    end = stamp()
    return Pass(wall_s=end.wall_s - begin.wall_s, cpu_s=end.cpu_s - begin.cpu_s)


def steps_in_a_pass(training: Training, order: WorkerOrder, batch_size: int) -> int:
    """Return how many steps take :data:`PASS_S`, as a worker that is alone finds out for all teams."""
    step_s = timed(training, order, batch_size, ESTIMATE_STEPS).wall_s / ESTIMATE_STEPS
    return max(1, round(PASS_S / step_s))


def main() -> None:
    """Run the worker, and leave without the frameworks' own shutdown, which waits for workers that may be gone."""
    end_with_parent()
    code = 0
    try:
        work(Path(sys.argv[1]))
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
