"""The schedule, with an executor that takes no time; what is on disk is real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from builders import make_dataset
from doubles import FakeExecutor, RecordingReporter, in_block, planned, stopped_study, study

from reportgen.errors import ReportgenError
from reportgen.records import InferenceSpec, ParitySpec, TrainingResult, TrainingSpec
from reportgen.runner.events import Event
from reportgen.runner.predictions import load_logits
from reportgen.runner.study import Outcome, blocks_of, run_study, trials_in
from reportgen.runner.trial import DiskFullError, Result, Spec
from reportgen.runs import Run

NewRun = Callable[..., Run]


def test_everything_is_measured_once_in_the_order_of_the_plan(new_run: NewRun) -> None:
    run = new_run(blocks=4)
    outcome, executor, reporter = study(run)
    assert outcome == Outcome(complete_blocks=(1, 2, 3, 4), lost_blocks=())
    assert executor.trials == planned(run)
    assert reporter.of("begins") == planned(run)
    assert reporter.of("ends") == [f"{name} ok" for name in planned(run)]
    assert reporter.of("event") == planned(run)
    assert reporter.of("was done") == reporter.of("notice") == []


def test_trials_run_by_position_even_where_the_plan_lists_them_otherwise(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    swapped = run.plan.trials[1::-1] + run.plan.trials[:1:-1]
    run.plan = run.plan.model_copy(update={"trials": swapped})
    assert [[trial.position for trial in trials] for _, trials in blocks_of(run)] == [[1, 2], [1, 2]]


def test_an_order_says_everything_that_the_plan_says(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    _, executor, _ = study(run)
    spec = executor.specs[0]
    assert isinstance(spec, TrainingSpec)
    plan, trial = run.plan, run.plan.trials[0]
    assert (spec.block, spec.position, spec.framework, spec.seed, spec.exports) == (1, 1, trial.framework, trial.seed, trial.exports)
    assert (spec.workload, spec.hyperparameters, spec.threads, spec.dataset_digest) == (plan.workload, plan.hyperparameters, 1, plan.dataset.digest)
    assert spec.dataset_digest == make_dataset().digest
    assert (spec.attempt, spec.dataset_folder) == (1, "data")


def test_exports_are_reopened_after_their_block_is_complete(new_run: NewRun) -> None:
    run = new_run(blocks=2, export_blocks=1)
    _, executor, reporter = study(run)
    first, second = in_block(run, 1)
    reopened = [f"{name}-export-{'tflite' if name.endswith('tensorflow') else 'onnx'}" for name in (first, second)]
    assert executor.trials == [first, second, *reopened, *in_block(run, 2)]
    assert reporter.total == trials_in(run) == len(executor.trials) == 6


def test_the_order_to_reopen_points_to_the_exported_file_and_its_runtime(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    _, executor, _ = study(run)
    specs = {spec.format: spec for spec in executor.specs if isinstance(spec, InferenceSpec)}
    assert specs["tflite"].runtime == "litert"
    assert specs["onnx"].runtime == "onnxruntime"
    for spec in specs.values():
        assert Path(spec.model_path).is_file()
        assert Path(spec.model_path).is_relative_to(run.trial_folder(spec.source_trial))
        assert (spec.batch_size, spec.threads, spec.dataset_folder) == (3, 1, "data")


def test_a_failed_trial_repeats_its_whole_block_once(new_run: NewRun) -> None:
    run = new_run(blocks=2, export_blocks=1)
    first, second = in_block(run, 1)
    outcome, executor, _ = study(run, {second: None})
    again = [f"{first}-attempt-2", f"{second}-attempt-2"]
    assert executor.trials[:4] == [first, second, *again]
    assert outcome.complete_blocks == (1, 2)
    sources = [spec.source_trial for spec in executor.specs if isinstance(spec, InferenceSpec)]
    assert sources == again, "exports come from the attempt that counts"
    repeated = [spec for spec in executor.specs if isinstance(spec, TrainingSpec) and spec.attempt == 2]
    originals = [spec for spec in executor.specs if isinstance(spec, TrainingSpec) and spec.block == 1 and spec.attempt == 1]
    assert [spec.seed for spec in repeated] == [spec.seed for spec in originals]
    assert [spec.position for spec in repeated] == [1, 2]


def test_the_second_trial_of_a_failed_block_is_not_run_in_vain(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    first, second = in_block(run, 1)
    _, executor, _ = study(run, {first: None})
    assert executor.trials == [first, f"{first}-attempt-2", f"{second}-attempt-2"]


def test_a_block_that_fails_twice_is_lost_and_the_rest_goes_on(new_run: NewRun) -> None:
    run = new_run(blocks=3, export_blocks=3)
    first, second = in_block(run, 2)
    outcome, executor, reporter = study(run, {first: None, f"{second}-attempt-2": None})
    assert outcome == Outcome(complete_blocks=(1, 3), lost_blocks=(2,))
    assert not [name for name in executor.trials if name.startswith("block-02") and "export" in name]
    (notice,) = reporter.of("notice")
    assert "Block 2 is lost" in notice
    assert str(run.folder / "trials") in notice


def test_two_lost_blocks_in_a_row_stop_the_study_with_the_cause_and_the_way_on(new_run: NewRun) -> None:
    run = new_run(blocks=5)
    fail: dict[str, BaseException | None] = {}
    for block in (2, 3):
        first = in_block(run, block)[0]
        fail |= {first: None, f"{first}-attempt-2": None}
    executor, reporter = FakeExecutor(fail), RecordingReporter()
    with pytest.raises(ReportgenError) as caught:
        run_study(run, Path("data"), executor, reporter)
    assert "it broke" in str(caught.value)
    assert f"run --resume {run.name}" in str(caught.value)
    assert not [name for name in executor.trials if name.startswith(("block-04", "block-05"))]
    assert len(executor.trials) == 2 + 4


def test_lost_blocks_that_are_not_in_a_row_do_not_stop_the_study(new_run: NewRun) -> None:
    run = new_run(blocks=5)
    fail: dict[str, BaseException | None] = {}
    for block in (1, 3, 5):
        first = in_block(run, block)[0]
        fail |= {first: None, f"{first}-attempt-2": None}
    outcome, _, _ = study(run, fail)
    assert outcome == Outcome(complete_blocks=(2, 4), lost_blocks=(1, 3, 5))


def test_a_failed_reopening_is_tried_twice_and_does_not_lose_the_block(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    export = "block-01-tensorflow-export-tflite"
    outcome, executor, _ = study(run, {export: None, f"{export}-attempt-2": None})
    assert [name for name in executor.trials if name.startswith(export)] == [export, f"{export}-attempt-2"]
    assert outcome.complete_blocks == (1,)
    assert "block-01-pytorch-export-onnx" in executor.trials
    _, executor, _ = study(run)
    assert executor.trials == [f"{export}-attempt-3"]
    _, executor, _ = study(run)
    assert executor.trials == []


def test_a_reopening_that_works_at_the_second_attempt_is_not_repeated(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    export = "block-01-tensorflow-export-tflite"
    study(run, {export: None})
    _, executor, _ = study(run)
    assert executor.trials == []


def test_a_full_disk_stops_the_study_and_nothing_is_recorded_as_failed(new_run: NewRun) -> None:
    run = new_run(blocks=3)
    second = in_block(run, 1)[1]
    stopped = stopped_study(run, {second: DiskFullError("full")}, DiskFullError)
    assert stopped.trials == in_block(run, 1)
    assert not (run.trial_folder(second) / "result.json").exists()
    outcome, executor, _ = study(run)
    assert executor.trials == planned(run)[1:]
    assert outcome.complete_blocks == (1, 2, 3)


def test_a_failed_conversion_is_not_reopened(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)

    class LosesTflite(FakeExecutor):
        def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
            result = super().__call__(spec, folder, on_event)
            if isinstance(result, TrainingResult) and spec.framework == "tensorflow":
                sample = result.exports[0].model_copy(update={"status": "failed", "error": "lost", "files": (), "path": None})
                result = result.model_copy(update={"exports": (sample,)})
            return result

    executor = LosesTflite()
    run_study(run, Path("data"), executor, RecordingReporter())
    assert [spec.trial for spec in executor.specs if spec.kind == "inference"] == ["block-01-pytorch-export-onnx"]


def test_logits_on_disk_are_what_the_trial_left(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    study(run)
    logits = load_logits(run.trial_folder("block-01-pytorch"))
    assert logits.dtype == np.float32
    assert logits.shape == (6, 3)


PARITY = ["parity-tensorflow-float32", "parity-pytorch-float32", "parity-tensorflow-float64", "parity-pytorch-float64"]


def test_parity_comes_before_the_first_block_and_is_counted(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    outcome, executor, reporter = study(run)
    assert executor.trials == [*PARITY, *planned(run)]
    assert reporter.total == trials_in(run) == 6
    assert outcome.complete_blocks == (1,)


def test_a_parity_order_says_what_the_plan_says(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    _, executor, _ = study(run)
    specs = [spec for spec in executor.specs if isinstance(spec, ParitySpec)]
    assert [(spec.framework, spec.precision) for spec in specs] == [(one.framework, one.precision) for one in run.plan.parity]
    assert {spec.seed for spec in specs} == {run.plan.seed}
    assert {(spec.workload, spec.hyperparameters, spec.threads, spec.dataset_digest) for spec in specs} == {
        (run.plan.workload, run.plan.hyperparameters, run.plan.threads, run.plan.dataset.digest)
    }


def test_a_parity_trial_that_fails_twice_does_not_stop_the_study(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    name = PARITY[1]
    outcome, executor, reporter = study(run, {name: None, f"{name}-attempt-2": None})
    assert executor.trials[:4] == [PARITY[0], name, f"{name}-attempt-2", PARITY[2]]
    assert outcome.complete_blocks == (1,)
    (notice,) = reporter.of("notice")
    assert name in notice
    assert "no claim" in notice


def test_resuming_repeats_no_parity_trial_that_succeeded(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    name = PARITY[1]
    study(run, {name: None})
    _, executor, reporter = study(run)
    assert executor.trials == []
    assert [trial for trial in reporter.of("was done") if trial.startswith("parity")] == [PARITY[0], f"{name}-attempt-2", *PARITY[2:]]


def test_a_damaged_parity_trial_is_measured_again(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    study(run)
    (run.trial_folder(PARITY[0]) / "probe.npz").write_bytes(b"")
    _, executor, reporter = study(run)
    assert executor.trials == PARITY[:1]
    assert "probe.npz" in reporter.of("notice")[0]


FURTHER = {"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader",)}


def test_a_further_mode_that_fails_is_tried_again_and_costs_no_block(new_run: NewRun) -> None:
    run = new_run(blocks=1, modes=FURTHER)
    outcome, executor, reporter = study(run, {"block-01-tensorflow-xla": None})
    assert outcome == Outcome(complete_blocks=(1,), lost_blocks=())
    assert sorted(executor.trials) == ["block-01-pytorch", "block-01-tensorflow", "block-01-tensorflow-xla", "block-01-tensorflow-xla-attempt-2"]
    assert reporter.of("notice") == []


def test_a_further_mode_that_fails_in_two_blocks_in_a_row_is_left_out_until_the_run_is_resumed(new_run: NewRun) -> None:
    run = new_run(blocks=4, modes=FURTHER)
    fail: dict[str, BaseException | None] = {
        f"block-{block:02d}-tensorflow-xla{again}": None for block in range(1, 5) for again in ("", "-attempt-2")
    }
    outcome, executor, reporter = study(run, fail)
    assert outcome.complete_blocks == (1, 2, 3, 4)
    assert len([name for name in executor.trials if "xla" in name]) == 4
    (notice,) = reporter.of("notice")
    assert "'xla'" in notice
    assert "it broke" in notice
    assert f"run --resume {run.name}" in notice
    _, resumed, _ = study(run)
    assert sorted(resumed.trials) == [
        "block-01-tensorflow-xla-attempt-3",
        "block-02-tensorflow-xla-attempt-3",
        "block-03-tensorflow-xla",
        "block-04-tensorflow-xla",
    ]


def test_a_block_that_is_repeated_does_not_repeat_further_modes_that_worked(new_run: NewRun) -> None:
    run = new_run(blocks=1, modes=FURTHER)
    outcome, executor, _ = study(run, {"block-01-pytorch": None})
    assert outcome.complete_blocks == (1,)
    assert len([name for name in executor.trials if "xla" in name]) == 1


def test_a_mode_is_compared_with_the_main_one_of_its_framework_before_the_first_block(new_run: NewRun) -> None:
    run = new_run(blocks=1, modes=FURTHER, parity=True)
    _, executor, reporter = study(run, {"parity-tensorflow-xla-float32": None, "parity-tensorflow-xla-float32-attempt-2": None})
    specs = [spec for spec in executor.specs if isinstance(spec, ParitySpec) and spec.reference]
    assert [(spec.mode, spec.reference, spec.precision, spec.attempt) for spec in specs] == [
        ("xla", "keras-fit", "float32", 1),
        ("xla", "keras-fit", "float32", 2),
        ("xla", "keras-fit", "float64", 1),
    ]
    assert any("no claim about the mode 'xla'" in notice for notice in reporter.of("notice"))
