"""A team of processes: it ends whole, or its cause is told and none of it is left. The workers here are plain Python; they really die."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from reportgen.experiments.scaling import team
from reportgen.experiments.scaling.orders import WorkerOrder
from reportgen.experiments.scaling.team import TeamError, error_line, run_team
from reportgen.records import Hyperparameters

# Far more than any of these needs; a test that waits for it has failed.
LONG_S = 60.0
WAIT = "import time; time.sleep(60)"


def order(rank: int, workers: int) -> WorkerOrder:
    return WorkerOrder(
        framework="pytorch",
        workload="mlp",
        seed=1,
        hyperparameters=Hyperparameters(epochs=1, batch_size=32, learning_rate=0.001),
        threads=1,
        dataset_folder="data",
        dataset_digest="0",
        images=10,
        rank=rank,
        addresses=tuple(f"127.0.0.1:{port}" for port in range(1000, 1000 + workers)),
        timeout_s=LONG_S,
        parity_batch=2,
        parity_steps=0,
        batches=(),
        steps={},
        own_loop=False,
    )


def run(programs: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, timeout_s: float = LONG_S) -> None:
    """Run a team whose workers are the given Python programs; each first writes its process id into its folder."""

    def command(place: Path) -> tuple[str, ...]:
        program = programs[int(place.name.removeprefix("worker-"))]
        note = f"import os, pathlib; pathlib.Path({str(place / 'pid')!r}).write_text(str(os.getpid()));"
        return (sys.executable, "-c", note + program)

    monkeypatch.setattr(team, "worker_command", command)
    run_team([order(rank, len(programs)) for rank in range(len(programs))], folder, timeout_s)


def running(folder: Path) -> list[int]:
    """Return the ids of workers that still run."""
    alive = []
    for path in folder.glob("worker-*/pid"):
        try:
            os.kill(int(path.read_text()), 0)
        except ProcessLookupError:
            continue
        alive.append(int(path.read_text()))
    return alive


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_killed_worker_ends_the_team_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = time.monotonic()
    with pytest.raises(TeamError, match=r"worker 2 of 2 was ended by the signal SIGKILL") as caught:
        run([WAIT, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"], tmp_path, monkeypatch)
    assert time.monotonic() - begin < LONG_S / 2
    assert not caught.value.own_error
    assert running(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_the_killed_worker_is_blamed_and_not_the_fellow_that_lost_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loses = "raise ConnectionError('connection closed by peer')"
    late = "import os, signal, time; time.sleep(0.3); os.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(TeamError, match=r"worker 2 of 2 was ended by the signal SIGKILL"):
        run([loses, late], tmp_path, monkeypatch)


def test_an_error_of_a_worker_is_told_and_its_fellow_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TeamError, match=r"worker 1 of 2 failed: ValueError: no such collective") as caught:
        run(["raise ValueError('no such collective')", WAIT], tmp_path, monkeypatch)
    assert caught.value.own_error
    assert "worker-0:\nTraceback" in caught.value.logs
    assert running(tmp_path) == []


def test_a_team_that_hangs_is_ended_when_its_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TeamError, match=r"2 workers did not end within 1 s") as caught:
        run([WAIT, WAIT], tmp_path, monkeypatch, timeout_s=1.0)
    assert not caught.value.own_error
    assert running(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_workers_belong_to_the_group_of_the_process_that_started_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TeamError, match=rf"failed: group {os.getpgrp()}$"):
        run(["import os, sys; sys.exit(f'group {os.getpgrp()}')"], tmp_path, monkeypatch)


def test_a_long_error_keeps_its_beginning_and_its_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Traceback (most recent call last):\n  File 'x', line 1\nValueError: begins\n" + "values " * 200 + "\n  ends here\n")
    found = error_line(log)
    assert found.startswith("ValueError: begins values")
    assert found.endswith("ends here")
    assert len(found) < 300


def test_a_worker_that_wrote_nothing_has_an_error_too(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    assert error_line(tmp_path / "log") == ""
