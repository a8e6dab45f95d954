"""Real processes: started, waited for, timed out, killed, and never left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from reportgen.records import DeviceKind
from reportgen.runner.launch import child_environment, launch, worker_command

GENEROUS_S = 60.0


def python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


def wait_until(condition, what: str) -> None:
    deadline = time.monotonic() + GENEROUS_S
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def read_pid(path: Path) -> int:
    wait_until(lambda: path.is_file() and path.read_text().endswith("\n"), f"{path} is written")
    return int(path.read_text())


def test_output_goes_to_files_and_the_exit_code_comes_back(tmp_path):
    ending = launch(python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"), tmp_path, GENEROUS_S)
    assert (ending.exit_code, ending.timed_out) == (7, False)
    assert (tmp_path / "stdout.log").read_text() == "out\n"
    assert (tmp_path / "stderr.log").read_text() == "err\n"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_a_signal_comes_back_as_a_negative_exit_code(tmp_path):
    ending = launch(python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"), tmp_path, GENEROUS_S)
    assert ending.exit_code == -signal.SIGSEGV


GRANDPARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open({path!r}, "w").write(f"{{child.pid}}\\n")
time.sleep({seconds})
"""


def test_a_time_out_ends_the_child_and_what_it_started(tmp_path):
    note = tmp_path / "pid"
    ending = launch(python(GRANDPARENT.format(path=str(note), seconds=600)), tmp_path, timeout_s=2.0)
    assert ending.timed_out
    wait_until(lambda: not is_running(read_pid(note)), "the grandchild ends")


def test_nothing_of_the_group_outlives_a_child_that_ends_well(tmp_path):
    note = tmp_path / "pid"
    ending = launch(python(GRANDPARENT.format(path=str(note), seconds=0)), tmp_path, GENEROUS_S)
    assert (ending.exit_code, ending.timed_out) == (0, False)
    wait_until(lambda: not is_running(read_pid(note)), "the grandchild ends")


def test_an_interruption_of_the_parent_ends_the_child(tmp_path):
    note = tmp_path / "pid"

    def interrupt() -> None:
        if note.is_file() and note.read_text().endswith("\n"):
            raise KeyboardInterrupt

    script = f"import os, time; open({str(note)!r}, 'w').write(f'{{os.getpid()}}\\n'); time.sleep(600)"
    with pytest.raises(KeyboardInterrupt):
        launch(python(script), tmp_path, GENEROUS_S, tick=interrupt, tick_s=0.05)
    assert not is_running(read_pid(note))


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    note = tmp_path / "pid"
    child = (
        "import os, time; from reportgen.runner.worker import end_with_parent; end_with_parent(); "
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}}\\n'); time.sleep(600)"
    )
    parent = (
        "import sys; from pathlib import Path; from reportgen.runner.launch import launch; "
        f"launch((sys.executable, '-c', {child!r}), Path({str(tmp_path)!r}), 600)"
    )
    process = subprocess.Popen(python(parent))
    pid = read_pid(note)
    process.kill()
    process.wait()
    wait_until(lambda: not is_running(pid), "the orphan ends")


def test_the_environment_of_a_child_is_whitelisted(tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    launch(python("import json, os; print(json.dumps(dict(os.environ)))"), tmp_path, GENEROUS_S)
    seen = json.loads((tmp_path / "stdout.log").read_text())
    assert "OMP_NUM_THREADS" not in seen
    assert "TF_ENABLE_ONEDNN_OPTS" not in seen
    assert seen["CUDA_VISIBLE_DEVICES"] == "-1"
    assert seen["PATH"] == os.environ["PATH"]


def test_files_in_the_current_folder_are_not_taken_for_modules(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit(99)")
    monkeypatch.chdir(tmp_path)
    ending = launch(worker_command(tmp_path), tmp_path, GENEROUS_S)
    assert ending.exit_code == 1
    assert "spec.json" in (tmp_path / "stderr.log").read_text()


def test_the_parent_sleeps_while_it_waits(tmp_path):
    begin, begin_cpu = time.perf_counter(), time.process_time()
    launch(python("import time; time.sleep(2)"), tmp_path, GENEROUS_S)
    share = (time.process_time() - begin_cpu) / (time.perf_counter() - begin)
    assert share < 0.1, "a parent that polls disturbs what it measures"


def test_temporary_files_of_a_child_go_with_it(tmp_path):
    launch(python("import tempfile; print(tempfile.mkdtemp())"), tmp_path, GENEROUS_S)
    made = Path((tmp_path / "stdout.log").read_text().strip())
    assert made.parent.name.startswith("reportgen-trial-")
    assert not made.exists()
    assert not made.parent.exists()


@pytest.mark.parametrize(
    ("person", "device", "visible", "order"),
    [
        ({}, "cpu", "-1", None),
        ({"CUDA_VISIBLE_DEVICES": "0,1", "CUDA_DEVICE_ORDER": "FASTEST_FIRST"}, "cpu", "-1", None),
        ({}, "cuda", "0", "PCI_BUS_ID"),
        ({"CUDA_VISIBLE_DEVICES": "2, 1"}, "cuda", "2", None),
        ({"CUDA_VISIBLE_DEVICES": ""}, "cuda", "", None),
        ({"CUDA_VISIBLE_DEVICES": "1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}, "cuda", "1", "PCI_BUS_ID"),
    ],
)
def test_a_trial_sees_one_device_or_none(person: dict[str, str], device: DeviceKind, visible: str, order: str | None) -> None:
    seen = child_environment(person, device)
    assert seen["CUDA_VISIBLE_DEVICES"] == visible
    assert seen.get("CUDA_DEVICE_ORDER") == order
