"""Nurseries with real processes: forked, killed at bad moments, kept apart from each other, and never left behind.

What they import is a small module in place of a framework, which replaces the work of a trial.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from builders import cold_start_spec, inference_spec, make_plan, training_spec

from reportgen.runner import forking
from reportgen.runner.forking import Nurseries, Nursery, NurseryError, launcher, modules_of, unsupported
from reportgen.runner.launch import Ending, launch_fresh
from reportgen.runner.trial import ProcessExecutor

pytestmark = pytest.mark.skipif(bool(unsupported()), reason="trials are not forked here")

GENEROUS_S = 120.0
SEEDLING = """
import json, os, random, subprocess, sys, tempfile, threading, time
from pathlib import Path
import numpy as np
from reportgen.runner import worker
known = []
print("words of the import", file=sys.stderr)
def work(folder):
    (folder / "pid").write_text(f"{os.getpid()}\\n")
{work}
worker.work = work
"""


@pytest.fixture
def plant(tmp_path, monkeypatch):
    """Return a function that starts a nursery whose trials do the given statements."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH")))))
    planted = []

    def start(work: str = "pass", head: str = "") -> Nursery:
        name = f"seedling_{len(planted)}"
        body = "\n".join(f"    {line}" for line in work.splitlines())
        (tmp_path / f"{name}.py").write_text(SEEDLING.replace("{work}", body) + head)
        nursery = Nursery((name,))
        planted.append(nursery)
        nursery.wait_until_ready(GENEROUS_S)
        return nursery

    yield start
    for nursery in planted:
        nursery.close()


@pytest.fixture
def folder(tmp_path):
    made = []

    def make() -> Path:
        made.append(tmp_path / f"trial-{len(made)}")
        made[-1].mkdir()
        return made[-1]

    return make


def wait_until(condition, what: str) -> None:
    deadline = time.monotonic() + GENEROUS_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def written_pid(path: Path) -> int:
    wait_until(lambda: path.is_file() and path.read_text().endswith("\n"), f"{path} is written")
    return int(path.read_text())


def end_when_written(path: Path, error: type[BaseException]):
    def tick() -> None:
        if path.is_file() and path.read_text().endswith("\n"):
            raise error

    return tick


DISTURB = """seen = {
    "known": list(known), "variable": os.environ.get("MARK"), "place": os.getcwd(), "threads": threading.active_count(),
    "temporary": tempfile.gettempdir(), "left": os.listdir(tempfile.gettempdir()), "mask": os.umask(0o077), "path": list(sys.path),
    "processors": sorted(os.sched_getaffinity(0)), "random": random.random(), "numpy": float(np.random.random()),
}
(folder / "seen.json").write_text(json.dumps(seen))
known.append("changed"); os.environ["MARK"] = "changed"; os.chdir("/"); sys.path.append("changed")
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
Path(tempfile.gettempdir(), "left").touch()
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
random.seed(1); np.random.seed(1)"""


def test_nothing_of_a_trial_is_visible_to_the_next(plant, folder):
    nursery = plant(DISTURB)
    seen = []
    for _ in range(2):
        place = folder()
        assert nursery.run(place, GENEROUS_S) == Ending(exit_code=0, timed_out=False)
        seen.append(json.loads((place / "seen.json").read_text()))
    first, second = seen
    for drawn in ("random", "numpy", "temporary"):
        assert first.pop(drawn) != second.pop(drawn), f"{drawn} is each trial's own"
    assert second == first
    assert (second["known"], second["variable"], second["left"]) == ([], None, [])


def test_the_next_trial_differs_even_where_the_first_changes_nothing(plant, folder):
    """Two copies of a process that had drawn the state of its generators would draw the same numbers."""
    nursery = plant("(folder / 'drawn').write_text(f'{random.random()} {np.random.random()}')")
    drawn = []
    for _ in range(2):
        place = folder()
        nursery.run(place, GENEROUS_S)
        drawn.append((place / "drawn").read_text().split())
    assert all(one != other for one, other in zip(*drawn, strict=True))


def test_output_goes_to_the_trials_files_and_begins_with_what_the_import_said(plant, folder):
    place = folder()
    ending = plant("print('out'); print('err', file=sys.stderr); os.write(1, b'raw'); os._exit(7)").run(place, GENEROUS_S)
    assert (ending.exit_code, ending.timed_out) == (7, False)
    assert (place / "stdout.log").read_text() == "out\nraw"
    assert (place / "stderr.log").read_text() == "words of the import\nerr\n"


def test_the_environment_is_the_whitelisted_one(plant, folder, monkeypatch):
    nursery = plant("(folder / 'env').write_text(json.dumps(dict(os.environ)))")
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    place = folder()
    nursery.run(place, GENEROUS_S)
    seen = json.loads((place / "env").read_text())
    assert "OMP_NUM_THREADS" not in seen
    assert (seen["CUDA_VISIBLE_DEVICES"], seen["REPORTGEN_TRIAL_PROCESS"], seen["PATH"]) == ("-1", "forked", os.environ["PATH"])
    assert not Path(seen["TMPDIR"]).exists(), "temporary files go with the trial"


def test_a_killed_trial_is_told_by_its_signal_and_costs_the_nursery_nothing(plant, folder):
    nursery = plant("os.kill(os.getpid(), 11 if folder.name.endswith('0') else 9)")
    assert [nursery.run(folder(), GENEROUS_S).exit_code for _ in range(2)] == [-signal.SIGSEGV, -signal.SIGKILL]


OFFSPRING = """child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(folder / "offspring").write_text(f"{child.pid}\\n")
"""


def test_a_time_out_ends_the_trial_and_what_it_started_and_its_log_says_where_it_hung(plant, folder):
    place = folder()
    nursery = plant(OFFSPRING + "time.sleep(600)")
    ending = nursery.run(place, 3.0)
    assert ending.timed_out
    wait_until(lambda: not is_running(written_pid(place / "offspring")), "the offspring ends")
    assert not is_running(written_pid(place / "pid"))
    assert "in work" in (place / "stderr.log").read_text()
    assert nursery.run(folder(), 3.0).timed_out, "the nursery goes on"


def test_nothing_outlives_a_trial_that_ends_well(plant, folder):
    place = folder()
    assert plant(OFFSPRING).run(place, GENEROUS_S).exit_code == 0
    wait_until(lambda: not is_running(written_pid(place / "offspring")), "the offspring ends")


def test_an_interruption_of_the_study_ends_the_trial_and_leaves_the_nursery_in_order(plant, folder):
    nursery = plant("time.sleep(600 if folder.name.endswith('0') else 0)")
    place = folder()
    with pytest.raises(KeyboardInterrupt):
        nursery.run(place, GENEROUS_S, tick=end_when_written(place / "pid", KeyboardInterrupt), tick_s=0.05)
    assert not is_running(written_pid(place / "pid"))
    assert nursery.run(folder(), GENEROUS_S).exit_code == 0


def test_a_killed_nursery_takes_its_trial_with_it(plant, folder):
    nursery = plant(OFFSPRING + "time.sleep(600)")
    place = folder()

    def kill() -> None:
        if (place / "offspring").is_file():
            psutil.Process(written_pid(place / "pid")).parent().kill()

    with pytest.raises(NurseryError, match="signal 9"):
        nursery.run(place, GENEROUS_S, tick=kill, tick_s=0.05)
    for name in ("pid", "offspring"):
        wait_until(lambda name=name: not is_running(written_pid(place / name)), f"{name} ends")


STUDY = """
from pathlib import Path
from reportgen.runner.forking import Nursery
nursery = Nursery(("seedling_0",))
nursery.wait_until_ready(600)
Path({folder!r}, "nursery").write_text(f"{{nursery._process.pid}}\\n")
nursery.run(Path({folder!r}), 600)
"""


def test_a_killed_study_leaves_nothing_behind(plant, folder):
    plant(OFFSPRING + "time.sleep(600)")
    place = folder()
    study = subprocess.Popen([sys.executable, "-c", STUDY.format(folder=str(place))])
    pids = [written_pid(place / name) for name in ("nursery", "pid", "offspring")]
    study.kill()
    study.wait()
    for pid in pids:
        wait_until(lambda pid=pid: not is_running(pid), f"process {pid} ends")


def test_a_trial_that_hangs_holding_everything_still_ends_with_its_study(plant, folder):
    """A child that cannot watch its life line, because nothing of Python runs in it any more, is ended by the nursery."""
    plant("os.kill(os.getpid(), signal.SIGSTOP)", head="import signal\n")
    place = folder()
    study = subprocess.Popen([sys.executable, "-c", STUDY.format(folder=str(place))])
    pid = written_pid(place / "pid")
    study.kill()
    study.wait()
    wait_until(lambda: not is_running(pid), "the stopped trial ends")


def test_an_import_that_starts_threads_is_refused_by_name(plant):
    with pytest.raises(NurseryError, match="threads"):
        plant(head="threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n")


def test_an_import_that_fails_says_why(plant):
    with pytest.raises(NurseryError, match="ValueError: sour"):
        plant(head="raise ValueError('sour')\n")


class Reports(list):
    """Notices, in order."""

    def __call__(self, text: str) -> None:
        self.append(text)


@pytest.fixture
def replaced(monkeypatch):
    """Let trials of every framework come from the nursery of ``seedling_0``; note which are given a fresh process instead."""
    fresh = []

    def instead(spec, folder, timeout_s, tick):
        fresh.append(spec.trial)
        return Ending(exit_code=0, timed_out=False)

    monkeypatch.setattr(forking, "modules_of", lambda spec: ("seedling_0",))
    monkeypatch.setattr(forking, "launch_fresh", instead)
    return fresh


def test_a_nursery_that_dies_is_started_once_more_and_then_processes_are_fresh(plant, folder, replaced):
    plant("os.kill(os.getppid(), 9); time.sleep(600)")
    notices = Reports()
    nurseries = Nurseries(notices)
    spec = training_spec()
    results = [ProcessExecutor(timeout_s=GENEROUS_S, live=False, start=nurseries)(spec, folder(), lambda event: None) for _ in range(2)]
    nurseries.close()
    assert [result.status for result in results] == ["failed", "failed"]
    assert "the process that it was forked from died" in str(results[0].cause)
    assert ["once more" in notices[0], "fresh process" in notices[1]] == [True, True]
    assert replaced == []
    assert nurseries(spec, folder(), GENEROUS_S, None).exit_code == 0
    assert replaced == [spec.trial]


def test_a_nursery_that_dies_between_trials_costs_no_trial(plant, folder, replaced):
    plant()
    notices = Reports()
    nurseries = Nurseries(notices)
    spec = training_spec()
    assert nurseries(spec, folder(), GENEROUS_S, None).exit_code == 0
    (nursery,) = nurseries._running.values()
    nursery._process.kill()
    nursery._process.wait()
    assert nurseries(spec, folder(), GENEROUS_S, None).exit_code == 0
    nurseries.close()
    assert len(notices) == 1
    assert replaced == []


def test_what_is_about_a_new_interpreter_has_one():
    assert modules_of(training_spec())[:2] == ("reportgen.runner.training", "reportgen.frameworks.tensorflow.program")
    assert "torch._dynamo" in modules_of(training_spec(framework="pytorch"))
    assert modules_of(cold_start_spec()) == ()
    assert modules_of(inference_spec(training_spec(), "tflite")) == ()


def test_fresh_processes_are_given_where_they_are_planned_or_nothing_else_is_possible(monkeypatch):
    notices = Reports()
    with launcher(make_plan(), notices) as start:
        assert start is launch_fresh
    monkeypatch.setattr(forking, "unsupported", lambda *_: "this is a test")
    with launcher(make_plan().model_copy(update={"processes": "forked"}), notices) as start:
        assert start is launch_fresh
    assert notices == ["Every trial runs in a fresh process, although the plan wanted forked ones: this is a test."]
