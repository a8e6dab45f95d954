from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import failed_result, inference_spec, training_spec
from doubles import FakeExecutor, RecordingReporter, write_result

from reportgen.listing import print_listing, print_run, run_row
from reportgen.runner.study import run_study
from reportgen.runs import Run
from reportgen.storage import write_record

NewRun = Callable[..., Run]


def state(run: Run) -> str:
    return run_row(run.folder)[-1]


def test_a_runs_line(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    assert run_row(run.folder) == ("example", "mlp", "insects", "2", "0 of 4 trainings done")
    run_study(run, Path("data"), FakeExecutor(), RecordingReporter())
    assert state(run) == "complete"


def test_only_what_came_to_its_end_counts(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    spec = training_spec(framework="pytorch")
    folder = run.fresh_trial_folder(spec.trial)
    (folder / "predictions.npz").write_bytes(b"half")
    assert state(run) == "0 of 2 trainings done"
    write_record(folder / "result.json", failed_result(spec))
    assert state(run) == "0 of 2 trainings done"
    reopening = inference_spec(training_spec(framework="tensorflow", attempt=2), "tflite")
    write_result(reopening, run.fresh_trial_folder(reopening.trial))
    assert state(run) == "0 of 2 trainings done"
    repeated = training_spec(framework="pytorch", attempt=2)
    write_result(repeated, run.fresh_trial_folder(repeated.trial))
    assert state(run) == "1 of 2 trainings done"


def test_a_run_with_a_damaged_plan_does_not_hide_the_others(
    new_run: NewRun, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    damaged, run = new_run(run="damaged"), new_run(run="whole")
    (damaged.folder / "plan.json").write_text("{")
    print_listing(run.folder.parent)
    text = capsys.readouterr().out
    assert "plan.json is damaged" in text
    assert "0 of 4 trainings done" in text


def test_a_list_names_every_extension_point(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    print_listing(tmp_path)
    text = capsys.readouterr().out
    for name in ("mlp", "tensorflow", "pytorch", "mnist", "digits", "tflite", "onnx", "litert", "onnxruntime"):
        assert name in text
    assert "python -m reportgen" in text


def test_showing_a_run_tells_its_figures_and_its_failures(new_run: NewRun, capsys: pytest.CaptureFixture[str]) -> None:
    run = new_run(blocks=1)
    second = run.plan.trials[1].trial
    run_study(run, Path("data"), FakeExecutor({second: None}), RecordingReporter())
    print_run("example", run.folder.parent, as_json=False)
    text = capsys.readouterr().out
    assert "1 of 1 blocks" in text
    assert f"{second}: failed: it broke (a later attempt succeeded)" in text
    print_run("latest", run.folder.parent, as_json=True)
    assert json.loads(capsys.readouterr().out)["run"] == "example"
