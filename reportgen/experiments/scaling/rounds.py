"""The experiment's course: teams of one and of two workers in turns, the same work for each, and what they saw as series of samples."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from reportgen import workloads
from reportgen.datasets.store import open_arrays
from reportgen.errors import ReportgenError
from reportgen.experiments.base import Measurement
from reportgen.experiments.scaling.network import free_addresses
from reportgen.experiments.scaling.orders import WEIGHTS, WorkerOrder
from reportgen.experiments.scaling.samples import (
    ALONE,
    SUBJECT,
    Team,
    images_series,
    parity_series,
    time_series,
)
from reportgen.experiments.scaling.shares import even_batch
from reportgen.experiments.scaling.team import TeamError, run_team
from reportgen.language import marked
from reportgen.records import ExperimentNote, ExperimentSpec, Sentence
from reportgen.runner.phases import PhaseClock

TOGETHER = 2
# Each round has a team of each size, and the order turns round, so that drift of the
# machine meets both alike. Three rounds show a spread, and take about a minute.
ROUNDS = ((ALONE, TOGETHER), (TOGETHER, ALONE), (ALONE, TOGETHER))
# A subset is enough for times of steps, and keeps the copies in the workers small.
IMAGES = 16_384
# Beside the workload's own batch, one with much arithmetic for each exchange of gradients.
LARGE_BATCH = 1024
# Enough that a wrong mean is far above rounding in float64, few enough to cost nothing.
PARITY_STEPS = 20
# A team takes some ten seconds, and minutes on a machine that is busy with other things;
# one that is not done then waits for something that will not come.
TEAM_TIMEOUT_S = 600.0
# Methods that frameworks offer in place of a loop of one's own, tried in a team of two.
OWN_LOOPS = {"tensorflow": "model.fit under MultiWorkerMirroredStrategy"}
WORKS = marked("it works in a team of two; its times were not measured")
OWN_LOOP_TIMEOUT_S = 300.0


def measure_teams(spec: ExperimentSpec, clock: PhaseClock) -> Measurement:
    """Carry out all rounds.

    Where two workers fail with an error of the framework's own, that is a result, and one worker is measured alone; a worker that is killed or hangs
    raises :class:`TeamError`.
    """
    if workloads.find(spec.workload).task != "classification":
        raise ReportgenError(
            marked(
                "the workload '{workload}' writes its training steps out, and has no model that processes could share"
            ),
            workload=spec.workload,
        )
    arrays = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
    count = len(arrays.train_labels)
    del arrays
    teams: list[Team] = []
    notes: list[ExperimentNote] = []
    sizes = {ALONE, TOGETHER}
    for number, order in enumerate(ROUNDS, start=1):
        for workers in (one for one in order if one in sizes):
            with clock.phase(f"round {number}, {workers} of {TOGETHER} workers"):
                steps = teams[0].reports[0].steps if teams else {}
                try:
                    teams.append(
                        carry_out(
                            number, orders(spec, workers, count, steps, number == 1)
                        )
                    )
                except TeamError as error:
                    if workers == ALONE or not error.own_error:
                        raise
                    sizes.remove(workers)
                    notes.append(
                        ExperimentNote(
                            subject=f"{SUBJECT} on {workers} workers",
                            kind="not available",
                            text=Sentence.of(error),
                        )
                    )
    if spec.framework in OWN_LOOPS and TOGETHER in sizes:
        with clock.phase("own training method"):
            notes.append(try_own_loop(spec, count))
    first = teams[0].reports[0]
    return Measurement(
        versions=first.versions,
        series=(
            *images_series(count),
            *parity_series(teams),
            *(one for team in teams for one in time_series(team)),
        ),
        notes=tuple(notes),
        sources=first.sources,
    )


def orders(
    spec: ExperimentSpec,
    workers: int,
    count: int,
    steps: Mapping[int, int],
    parity: bool,
) -> tuple[WorkerOrder, ...]:
    """Return the orders of a team; ``steps`` are empty for the first, which finds them."""
    batches = dict.fromkeys(
        even_batch(size, TOGETHER)
        for size in (spec.hyperparameters.batch_size, LARGE_BATCH)
    )
    addresses = free_addresses(workers)
    return tuple(
        WorkerOrder(
            framework=spec.framework,
            workload=spec.workload,
            seed=spec.seed,
            hyperparameters=spec.hyperparameters,
            threads=spec.threads,
            dataset_folder=spec.dataset_folder,
            dataset_digest=spec.dataset_digest,
            images=min(count, IMAGES),
            rank=rank,
            addresses=addresses,
            timeout_s=TEAM_TIMEOUT_S,
            parity_batch=even_batch(spec.hyperparameters.batch_size, TOGETHER),
            parity_steps=PARITY_STEPS if parity else 0,
            batches=tuple(batches),
            steps=steps,
            own_loop=False,
        )
        for rank in range(workers)
    )


def carry_out(
    number: int, team: Sequence[WorkerOrder], timeout_s: float = TEAM_TIMEOUT_S
) -> Team:
    """Run a team in a folder of its own, which goes when it is done; the logs of one that fails are printed first."""
    with tempfile.TemporaryDirectory(prefix="team-") as name:
        folder = Path(name)
        try:
            reports = run_team(team, folder, timeout_s)
        except TeamError as error:
            print(error.logs, file=sys.stderr)
            raise
        kept = [
            folder / f"worker-{order.rank}" / WEIGHTS
            for order in team
            if order.parity_steps
        ]
        weights = tuple(read_arrays(path) for path in kept)
    return Team(round=number, reports=reports, weights=weights)


def read_arrays(path: Path) -> list[np.ndarray]:
    """Return the arrays of a file in the order in which they were stored."""
    with np.load(path) as stored:
        return [stored[name] for name in stored.files]


def try_own_loop(spec: ExperimentSpec, count: int) -> ExperimentNote:
    """Say whether the framework's own training method works in a team of two, and if not, why."""
    team = [
        one.model_copy(update={"batches": (), "own_loop": True})
        for one in orders(spec, TOGETHER, count, {}, False)
    ]
    try:
        carry_out(0, team, OWN_LOOP_TIMEOUT_S)
    except TeamError as error:
        return ExperimentNote(
            subject=OWN_LOOPS[spec.framework],
            kind="not available",
            text=Sentence.of(error),
        )
    return ExperimentNote(
        subject=OWN_LOOPS[spec.framework],
        kind="remark",
        text=Sentence(sentence=WORKS),
    )
