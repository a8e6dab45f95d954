"""Locks, held by real processes."""

import subprocess
import sys
import time

import pytest

from reportgen.errors import ReportgenError
from reportgen.locks import host_lock, host_lock_path, run_lock

HOLDER = """
import sys, time
from pathlib import Path
from reportgen.locks import host_lock, run_lock
lock = run_lock(Path(sys.argv[2])) if sys.argv[1] == "run" else host_lock("other-run", print)
with lock:
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@pytest.fixture(autouse=True)
def own_lock_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert host_lock_path().parent == tmp_path


def hold(kind: str, folder, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, kind, str(folder), str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_a_run_that_is_being_measured_cannot_be_measured_again(tmp_path):
    holder = hold("run", tmp_path, 600)
    try:
        with pytest.raises(ReportgenError, match="another process"), run_lock(tmp_path):
            pass
    finally:
        holder.kill()
        holder.wait()
    with run_lock(tmp_path):
        pass


def test_a_second_study_says_why_it_waits_and_then_goes_on(tmp_path):
    holder = hold("host", tmp_path, 2)
    said = []
    with host_lock("this-run", said.append):
        assert holder.wait() == 0
    assert len(said) == 1
    assert "other-run" in said[0]
    assert str(holder.pid) in said[0]


def test_a_killed_study_holds_nothing(tmp_path):
    holder = hold("host", tmp_path, 600)
    holder.kill()
    holder.wait()
    said = []
    begin = time.monotonic()
    with host_lock("this-run", said.append):
        assert said == []
    assert time.monotonic() - begin < 600


def test_a_free_host_is_taken_without_a_word():
    said = []
    with host_lock("this-run", said.append):
        pass
    assert said == []
