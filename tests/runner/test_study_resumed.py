"""The schedule of a run that was begun before: what is done stays, what is damaged goes aside, and the rest is measured."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from doubles import in_block, stopped_study, study

from reportgen.runner.study import Outcome, trials_in
from reportgen.runs import Run

NewRun = Callable[..., Run]


def test_resuming_a_complete_run_measures_nothing_and_changes_nothing(new_run: NewRun) -> None:
    run = new_run(blocks=2, export_blocks=1)
    study(run)
    before = {path: path.stat().st_mtime_ns for path in run.folder.rglob("*")}
    outcome, executor, reporter = study(run)
    assert executor.trials == []
    assert outcome.complete_blocks == (1, 2)
    assert len(reporter.of("was done")) == trials_in(run)
    assert {path: path.stat().st_mtime_ns for path in run.folder.rglob("*")} == before


@pytest.mark.parametrize("stopped", range(6))
def test_resuming_after_a_stop_at_any_trial_does_the_rest_and_no_more(new_run: NewRun, stopped: int) -> None:
    run = new_run(blocks=2, export_blocks=1)
    (names,) = [executor.trials for _, executor, _ in [study(new_run(run="other", blocks=2, export_blocks=1))]]
    before = stopped_study(run, {names[stopped]: KeyboardInterrupt()}, KeyboardInterrupt)
    assert before.trials == names[: stopped + 1]
    _, after, reporter = study(run)
    assert after.trials == names[stopped:]
    assert reporter.of("was done") == names[:stopped]


def test_what_a_stopped_trial_left_is_cleared_away_before_it_is_measured_again(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    first = in_block(run, 1)[0]
    folder = run.trial_folder(first)
    folder.mkdir(parents=True)
    (folder / "predictions.npz").write_bytes(b"half")
    (folder / ".result.json.abc").write_bytes(b"half")
    study(run)  # The fake executor asserts that the folder is empty.
    assert not (folder / ".result.json.abc").exists()


def test_resuming_keeps_a_failed_attempt_and_goes_on_with_the_next(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    second = in_block(run, 1)[1]
    stopped_study(run, {second: None, f"{second}-attempt-2": KeyboardInterrupt()}, KeyboardInterrupt)
    outcome, executor, _ = study(run)
    assert executor.trials == [f"{second}-attempt-2"]
    assert outcome.complete_blocks == (1,)


def test_resuming_gives_a_lost_block_two_fresh_attempts(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    first, second = in_block(run, 1)
    lost, _, _ = study(run, {first: None, f"{first}-attempt-2": None})
    assert lost.lost_blocks == (1,)
    outcome, executor, _ = study(run, {f"{first}-attempt-3": None})
    assert executor.trials == [f"{first}-attempt-3", f"{first}-attempt-4", f"{second}-attempt-4"]
    assert outcome == Outcome(complete_blocks=(1, 2), lost_blocks=())
    _, executor, _ = study(run)
    assert executor.trials == []


def test_an_old_failure_beside_a_damaged_record_costs_no_fresh_attempt(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    first, second = in_block(run, 1)
    stopped_study(run, {second: None, f"{first}-attempt-2": KeyboardInterrupt()}, KeyboardInterrupt)
    damage_predictions(run.trial_folder(first))
    outcome, executor, _ = study(run, {f"{second}-attempt-2": None})
    names = [first, f"{first}-attempt-2", f"{second}-attempt-2", f"{first}-attempt-3", f"{second}-attempt-3"]
    assert executor.trials == names
    assert outcome.complete_blocks == (1,)


def test_a_lost_block_can_be_lost_again(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    first = in_block(run, 1)[0]
    fail: dict[str, BaseException | None] = {first: None}
    fail |= {f"{first}-attempt-{attempt}": None for attempt in range(2, 9)}
    study(run, fail)
    outcome, executor, _ = study(run, fail)
    assert outcome.lost_blocks == (1,)
    assert executor.trials == [f"{first}-attempt-3", f"{first}-attempt-4"]


def damage_result(folder: Path) -> Path:
    path = folder / "result.json"
    path.write_bytes(path.read_bytes()[:200])
    return path


def damage_predictions(folder: Path) -> Path:
    path = folder / "predictions.npz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def remove_predictions(folder: Path) -> Path:
    path = folder / "predictions.npz"
    path.unlink()
    return path


def damage_export(folder: Path) -> Path:
    (path,) = folder.glob("exports/*/*")
    path.write_bytes(path.read_bytes() + b"!")
    return path


def damage_order(folder: Path) -> Path:
    path = folder / "spec.json"
    path.write_bytes(b"{")
    return path


DAMAGES = (damage_result, damage_predictions, remove_predictions, damage_export, damage_order)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_trial_is_named_set_aside_and_measured_again_with_its_exports(new_run: NewRun, damage: Callable[[Path], Path]) -> None:
    run = new_run(blocks=2, export_blocks=1)
    study(run)
    trial = "block-01-tensorflow"
    path = damage(run.trial_folder(trial))
    bytes_of_damaged = path.read_bytes() if path.exists() else None
    outcome, executor, reporter = study(run)
    assert outcome.complete_blocks == (1, 2)
    # The old reopening belongs to a model that is no more.
    assert executor.trials == [trial, f"{trial}-export-tflite"]
    notices = " ".join(reporter.of("notice"))
    assert str(path) in notices
    aside = [folder for folder in (run.folder / "damaged").iterdir() if folder.name.startswith(f"{trial}-2")]
    assert len(aside) == 1
    assert str(aside[0]) in notices
    kept = aside[0] / path.relative_to(run.trial_folder(trial))
    assert (kept.read_bytes() if kept.exists() else None) == bytes_of_damaged
    _, executor, reporter = study(run)
    assert executor.trials == reporter.of("notice") == []


@pytest.mark.parametrize("damage", [damage_result, damage_predictions, damage_order], ids=lambda damage: damage.__name__)
def test_a_damaged_reopening_is_measured_again_alone(new_run: NewRun, damage: Callable[[Path], Path]) -> None:
    run = new_run(blocks=1, export_blocks=1)
    study(run)
    export = "block-01-pytorch-export-onnx"
    damage(run.trial_folder(export))
    _, executor, reporter = study(run)
    assert executor.trials == [export]
    assert len(reporter.of("notice")) == 1


def test_the_record_of_another_trial_is_not_taken_for_a_trials_own(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    study(run)
    shutil.rmtree(run.trial_folder("block-02-pytorch"))
    shutil.copytree(run.trial_folder("block-01-pytorch"), run.trial_folder("block-02-pytorch"))
    _, executor, reporter = study(run)
    assert executor.trials == ["block-02-pytorch"]
    assert "block-01-pytorch" in reporter.of("notice")[0]


def test_reopenings_of_a_training_that_is_measured_anew_are_measured_anew(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    study(run)
    shutil.rmtree(run.trial_folder("block-01-pytorch"))
    _, executor, _ = study(run)
    assert executor.trials == ["block-01-pytorch", "block-01-pytorch-export-onnx"]
