"""Real teams of both frameworks: two workers compute what one computes, and one that is killed in the middle takes its team with it."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from builders import make_plan, planned_experiment

from reportgen import datasets, frameworks, workloads
from reportgen.analysis.inputs import ExperimentTrial
from reportgen.experiments.scaling import rounds
from reportgen.experiments.scaling.analysis import PARITY_LIMIT, analyse
from reportgen.experiments.scaling.samples import images_series, parity_series, time_series
from reportgen.experiments.scaling.team import TeamError
from reportgen.records import ExperimentResult, ExperimentSpec
from reportgen.runner.orders import experiment_spec

BATCH = 16
STEPS = 3


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    """The digits, where a worker reads them: folder, digest, number of training images."""
    digits = datasets.load("digits", progress=lambda *_: None)
    return datasets.store(digits, tmp_path_factory.mktemp("data") / digits.digest), digits.digest, len(digits.train_labels)


def spec_of(framework: str, data: tuple[Path, str, int]) -> ExperimentSpec:
    folder, digest, _ = data
    spec = experiment_spec(make_plan(), planned_experiment(framework, experiment="scaling", variant="data-parallel"), 1, folder)
    settings = workloads.find("mlp").hyperparameters.model_copy(update={"batch_size": BATCH})
    return spec.model_copy(update={"workload": "mlp", "dataset_digest": digest, "hyperparameters": settings})


def team_of(spec: ExperimentSpec, workers: int, count: int, steps: int) -> rounds.Team:
    changes = {"batches": (BATCH,), "parity_steps": 5, "steps": {BATCH: steps}}
    orders = rounds.orders(spec, workers, count, {}, True)
    return rounds.carry_out(1, [one.model_copy(update=changes) for one in orders])


@pytest.mark.parametrize("framework", frameworks.names())
def test_two_workers_compute_what_one_computes(framework: str, data: tuple[Path, str, int], tmp_path: Path) -> None:
    spec = spec_of(framework, data)
    teams = [team_of(spec, workers, data[2], STEPS) for workers in (1, 2)]
    assert [[report.team_size for report in team.reports] for team in teams] == [[1], [2, 2]]
    assert {report.threads for team in teams for report in team.reports} == {1}
    series = (*images_series(data[2]), *parity_series(teams), *(one for team in teams for one in time_series(team)))
    found = analyse([trial_of(spec, series)])
    apart = {one.quantity: one.summary.maximum for one in found if one.quantity.endswith("difference")}
    assert set(apart) == {"loss difference", "weight difference"}
    assert max(apart.values()) < PARITY_LIMIT
    # Not because nothing was learned.
    losses = next(one.samples for one in series if one.quantity == "loss")
    assert losses[-1] < losses[0]
    assert [one.summary.n for one in found if one.quantity == "efficiency"] == [1]


def trial_of(spec: ExperimentSpec, series: tuple[object, ...]) -> ExperimentTrial:
    from builders import experiment_result

    result: ExperimentResult = experiment_result(spec, series=series)
    return ExperimentTrial(spec=spec, result=result)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_worker_that_is_killed_while_it_trains_ends_its_team(data: tuple[Path, str, int]) -> None:
    ended: list[TeamError] = []

    def train() -> None:
        # Far more steps than the test waits for.
        with pytest.raises(TeamError) as caught:
            team_of(spec_of("pytorch", data), 2, data[2], 10**9)
        ended.append(caught.value)

    thread = threading.Thread(target=train)
    thread.start()
    victim = worker_that_trains(1)
    victim.kill()
    thread.join(60)
    assert not thread.is_alive()
    assert "worker 2 of 2 was ended by the signal SIGKILL" in str(ended[0])
    assert not workers()


def workers() -> dict[psutil.Process, list[str]]:
    """Return the living workers with their commands; a child that has ended since it was listed is none."""
    found = {}
    for child in psutil.Process().children(recursive=True):
        # One that has ended, but that nobody has waited for yet, is a zombie: a NoSuchProcess too.
        with suppress(psutil.NoSuchProcess):
            found[child] = child.cmdline()
    return {child: command for child, command in found.items() if "reportgen.experiments.scaling.worker" in command}


def worker_that_trains(rank: int) -> psutil.Process:
    """Return a worker of the team once it has left the parity steps behind, and trains."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        for one, command in workers().items():
            folder = Path(command[-1])
            if folder.name == f"worker-{rank}" and (folder / "weights.npz").exists():
                return one
        time.sleep(0.1)
    raise AssertionError("no worker came to its training")
