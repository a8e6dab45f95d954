"""What becomes of a trial: real child processes that fail in every way, and the record that is made of each."""

import json
import os
import sys
from pathlib import Path

import pytest

from reportgen.records import FailedResult, InferenceSpec
from reportgen.runner.launch import Ending, launch
from reportgen.runner.trial import DiskFullError, ProcessExecutor, explain

SPEC = InferenceSpec(
    trial="block-01-pytorch-export-onnx",
    block=1,
    attempt=1,
    source_trial="block-01-pytorch",
    framework="pytorch",
    workload="mlp",
    format="onnx",
    model_path="absent.onnx",
    runtime="onnxruntime",
    batch_size=32,
    threads=1,
    dataset_folder="absent",
    dataset_digest="0",
)
# A child that is the real one but for its work, which is replaced by one statement.
WORKER = "import os, sys, time; from reportgen.runner import worker\ndef work(folder):\n    {statement}\nworker.work = work\nworker.main()"


def run(folder: Path, statement: str, timeout_s: float = 60.0):
    def start(spec, trial_folder, timeout_s, tick):
        return launch((sys.executable, "-c", WORKER.format(statement=statement), str(trial_folder)), trial_folder, timeout_s, tick)

    events = []
    result = ProcessExecutor(timeout_s=timeout_s, live=True, start=start)(SPEC, folder, events.append)
    return result, events


def recorded(folder: Path) -> FailedResult:
    return FailedResult.model_validate_json((folder / "result.json").read_text())


def test_a_crash_is_recorded_with_its_message_and_its_log(tmp_path):
    result, _ = run(tmp_path, "raise ValueError('the weights are sour')")
    assert result.status == "failed"
    assert "ValueError: the weights are sour" in str(result.cause)
    assert "Traceback" in result.log_tail
    assert recorded(tmp_path) == result


def test_a_hang_is_ended_and_its_log_says_where_it_hung(tmp_path):
    result, _ = run(tmp_path, "worker.append(folder, worker.Event(event='phase', name='training')); time.sleep(600)", timeout_s=3.0)
    assert result.status == "timeout"
    assert "3 s" in str(result.cause)
    assert "training" in str(result.cause)
    assert "in work" in result.log_tail


def test_a_killed_child_is_recorded_with_its_signal(tmp_path):
    result, _ = run(tmp_path, "os.kill(os.getpid(), 9)")
    assert result.status == "killed"
    assert "SIGKILL" in str(result.cause)


def test_running_out_of_memory_is_told_from_a_crash(tmp_path):
    result, _ = run(tmp_path, "bytearray(1 << 60)")
    assert result.status == "out-of-memory"


def test_a_kill_by_the_kernel_for_memory_is_told_from_any_other(tmp_path):
    ending = Ending(exit_code=-9, timed_out=False)
    assert explain(ending, 60, "training", new_kills=1, folder=tmp_path)[0] == "out-of-memory"
    assert explain(ending, 60, "training", new_kills=0, folder=tmp_path)[0] == "killed"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full, a device that is always full, is Linux's")
def test_a_full_disk_stops_the_study_and_counts_as_no_failure(tmp_path):
    with pytest.raises(DiskFullError, match="resume"):
        run(tmp_path, "open('/dev/full', 'w').write('x' * 100_000)")
    assert not (tmp_path / "result.json").exists()


def test_a_child_that_ends_well_without_a_result_has_failed(tmp_path):
    result, _ = run(tmp_path, "pass")
    assert result.status == "failed"
    assert "result.json is missing" in str(result.cause)


def test_events_are_passed_on(tmp_path):
    _, events = run(tmp_path, "worker.append(folder, worker.Event(event='phase', name='import'))")
    assert [event.name for event in events] == ["import"]


def test_the_order_is_on_disk_before_the_child_starts(tmp_path):
    run(tmp_path, "assert worker.read_spec(folder).model_path == 'absent.onnx'; raise SystemExit(1)")
    assert "AssertionError" not in (tmp_path / "stderr.log").read_text()
    assert json.loads((tmp_path / "spec.json").read_text())["trial"] == SPEC.trial


def test_a_missing_model_is_named(tmp_path):
    result = ProcessExecutor(timeout_s=60.0, live=False)(SPEC, tmp_path, lambda event: None)
    assert result.status == "failed"
    assert "absent" in str(result.cause)


def test_no_child_is_left(tmp_path):
    run(tmp_path, "pass")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
