"""The experiment's course: teams of one and of two workers in turns, the same work for each, and what they saw as series of samples."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reportgen.datasets.store import open_arrays
from reportgen.experiments.base import Measurement
from reportgen.experiments.scaling.network import free_addresses
from reportgen.experiments.scaling.orders import WEIGHTS, WorkerOrder, WorkerReport
from reportgen.experiments.scaling.shares import even_batch
from reportgen.experiments.scaling.team import TeamError, run_team
from reportgen.records import ExperimentNote, ExperimentSpec, Series
from reportgen.runner.phases import PhaseClock

SUBJECT = "data-parallel training"
ALONE, TOGETHER = 1, 2
# Each round has a team of each size, and the order turns round, so that drift of the
# machine meets both alike. Three rounds show a spread, and take about a minute.
ROUNDS = ((ALONE, TOGETHER), (TOGETHER, ALONE), (ALONE, TOGETHER))
# A subset is enough for times of steps, and keeps the copies in the workers small.
IMAGES = 16_384
# Beside the workload's own batch, one with much arithmetic for each exchange of gradients.
LARGE_BATCH = 1024
# Enough that a wrong mean is far above rounding in float64, few enough to cost nothing.
PARITY_STEPS = 20
# Loading a framework from a cold disk takes a minute at worst; a team that is not done
# then waits for something that will not come.
TEAM_TIMEOUT_S = 240.0
# Methods that frameworks offer in place of a loop of one's own, tried in a team of two.
OWN_LOOPS = {"tensorflow": "model.fit under MultiWorkerMirroredStrategy"}
OWN_LOOP_TIMEOUT_S = 120.0


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team that came to its end: in which round, what its workers saw, and their weights after the parity steps."""

    round: int
    reports: tuple[WorkerReport, ...]
    weights: tuple[list[np.ndarray], ...]

    @property
    def workers(self) -> int:
        """How many workers it had."""
        return len(self.reports)


def measure_teams(spec: ExperimentSpec, clock: PhaseClock) -> Measurement:
    """Carry out all rounds.

    Where two workers fail with an error of the framework's own, that is a result, and one worker is measured alone; a worker that is killed or hangs
    raises :class:`TeamError`.
    """
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
                            text=str(error),
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
    spec: ExperimentSpec, workers: int, count: int, steps: dict[int, int], parity: bool
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
            subject=OWN_LOOPS[spec.framework], kind="not available", text=str(error)
        )
    return ExperimentNote(
        subject=OWN_LOOPS[spec.framework],
        kind="remark",
        text="it works in a team of two; its times were not measured",
    )


def images_series(count: int) -> tuple[Series, ...]:
    """Return the number of training images, which makes an epoch out of steps."""
    return (
        Series(quantity="training images", subject=SUBJECT, unit="1", samples=(count,)),
    )


def parity_series(teams: Sequence[Team]) -> tuple[Series, ...]:
    """Return the losses of each size of team, and how far the weights of its workers are from those of one worker alone."""
    found = []
    alone = [
        team.weights[0] for team in teams if team.weights and team.workers == ALONE
    ]
    for team in teams:
        if not team.weights:
            continue
        conditions = {"workers": float(team.workers)}
        # Shares are equal, so the mean over the batch is the mean of the workers' means.
        losses = np.mean([report.losses for report in team.reports], axis=0)
        found.append(
            Series(
                quantity="loss",
                subject=SUBJECT,
                unit="nats",
                parameters=conditions,
                samples=tuple(losses.tolist()),
            )
        )
        apart = tuple(largest_difference(alone[0], weights) for weights in team.weights)
        found.append(
            Series(
                quantity="weight difference",
                subject=SUBJECT,
                unit="1",
                parameters=conditions,
                samples=apart,
            )
        )
    return tuple(found)


def largest_difference(
    first: Sequence[np.ndarray], second: Sequence[np.ndarray]
) -> float:
    """Return the largest absolute difference of two models' weights."""
    return max(
        float(np.max(np.abs(one - other)))
        for one, other in zip(first, second, strict=True)
    )


def time_series(team: Team) -> tuple[Series, ...]:
    """Return, for each batch size, the time of a step in every pass, and how many processors the whole team kept busy."""
    found = []
    for batch, steps in team.reports[0].steps.items():
        conditions = {
            "workers": float(team.workers),
            "batch": float(batch),
            "round": float(team.round),
        }
        passes = list(
            zip(*(report.passes[batch] for report in team.reports), strict=True)
        )
        # Workers wait for each other in every step; the pass is over when the last is done.
        walls = [max(one.wall_s for one in together) for together in passes]
        busy = [
            sum(one.cpu_s for one in together) / wall
            for together, wall in zip(passes, walls, strict=True)
        ]
        found.append(
            Series(
                quantity="step time",
                subject=SUBJECT,
                unit="s",
                parameters=conditions,
                samples=tuple(wall / steps for wall in walls),
            )
        )
        found.append(
            Series(
                quantity="busy processors",
                subject=SUBJECT,
                unit="1",
                parameters=conditions,
                samples=tuple(busy),
            )
        )
    return tuple(found)
