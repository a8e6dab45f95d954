from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import (
    LABELS,
    Logits,
    failed_result,
    inference_spec,
    logits_of,
    make_plan,
    make_training,
    parity_arrays,
    parity_spec,
    training_spec,
)
from doubles import write_result

from reportgen.analysis.inputs import Training
from reportgen.analysis.study import analyse
from reportgen.errors import ReportgenError
from reportgen.evidence import complete_blocks, gather, pictures, was_repeated, workload_text
from reportgen.records import ExportSample, Spec, TrainingSpec
from reportgen.runs import Run
from reportgen.storage import write_record

NewRun = Callable[..., Run]


def done(run: Run, spec: Spec, logits: Logits | None = None) -> None:
    write_result(spec, run.fresh_trial_folder(spec.trial), logits)


def failed(run: Run, spec: Spec) -> None:
    folder = run.fresh_trial_folder(spec.trial)
    write_record(folder / "spec.json", spec)
    write_record(folder / "result.json", failed_result(spec))


def complete(run: Run) -> None:
    for block in range(1, run.plan.blocks + 1):
        for framework in run.plan.frameworks:
            done(run, training_spec(block=block, framework=framework, exports=("onnx",) if framework == "pytorch" else ("tflite",)))


def chosen(run: Run) -> list[str]:
    return [training.spec.trial for training in gather(run).trainings]


def test_an_empty_run_has_no_evidence(new_run: NewRun) -> None:
    records = gather(new_run())
    assert (records.trainings, records.reopenings, records.failures, records.damaged) == ((), (), (), ())
    assert records.test_labels.tolist() == list(LABELS)


def test_complete_blocks_come_in_order_of_blocks_and_of_the_plans_frameworks(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    complete(run)
    assert chosen(run) == ["block-01-tensorflow", "block-01-pytorch", "block-02-tensorflow", "block-02-pytorch"]


def test_logits_are_those_that_the_trial_left(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    done(run, training_spec(framework="tensorflow"), logits_of(0, 0, 0, 0, 0, 0))
    done(run, training_spec(framework="pytorch"), logits_of(1, 1, 1, 1, 1, 1))
    tensorflow, pytorch = gather(run).trainings
    assert tensorflow.logits.argmax(axis=1).tolist() == [0] * 6
    assert pytorch.logits.argmax(axis=1).tolist() == [1] * 6
    assert pytorch.logits.dtype == np.float32


def test_half_a_block_is_left_out(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    complete(run)
    shutil.rmtree(run.trial_folder("block-02-pytorch"))
    assert chosen(run) == ["block-01-tensorflow", "block-01-pytorch"]


def test_trials_of_two_attempts_are_not_joined_into_a_block(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    done(run, training_spec(framework="tensorflow"))
    failed(run, training_spec(framework="pytorch"))
    failed(run, training_spec(framework="tensorflow", attempt=2))
    done(run, training_spec(framework="pytorch", attempt=2))
    assert chosen(run) == []


def test_the_attempt_that_is_complete_counts_and_the_failure_is_kept_as_repeated(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    done(run, training_spec(framework="tensorflow"))
    failed(run, training_spec(framework="pytorch"))
    for framework in ("tensorflow", "pytorch"):
        done(run, training_spec(framework=framework, attempt=2))
    records = gather(run)
    assert [training.spec.trial for training in records.trainings] == ["block-01-tensorflow-attempt-2", "block-01-pytorch-attempt-2"]
    assert [(failure.spec.trial, failure.repeated) for failure in records.failures] == [("block-01-pytorch", True)]


def test_a_damaged_trial_is_named_and_left_out_with_its_block_and_the_rest_is_reported(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    complete(run)
    path = run.trial_folder("block-01-pytorch") / "predictions.npz"
    path.write_bytes(path.read_bytes()[:-1])
    records = gather(run)
    assert [training.spec.block for training in records.trainings] == [2, 2]
    (notice,) = map(str, records.damaged)
    assert str(path) in notice
    assert f"run --resume {run.name}" in notice
    assert notice in analyse(records).notices


def test_a_damaged_order_is_named(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    complete(run)
    path = run.trial_folder("block-01-pytorch") / "spec.json"
    path.write_text("[]")
    records = gather(run)
    assert records.trainings == ()
    assert str(path) in str(records.damaged[0])


def test_a_copied_folder_is_not_counted_twice(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    complete(run)
    done(run, inference_spec(training_spec(framework="pytorch"), "onnx"))
    folder = run.trial_folder("block-01-pytorch-export-onnx")
    shutil.copytree(folder, folder.with_name("copy of " + folder.name))
    records = gather(run)
    assert len(records.reopenings) == 1
    assert "copy of" in str(records.damaged[0])


def test_stray_files_among_the_trials_are_passed_over(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    complete(run)
    (run.folder / "trials" / ".DS_Store").write_bytes(b"\0")
    (run.folder / "trials" / "notes").mkdir()
    assert gather(run).damaged == ()


def test_a_run_whose_empty_folder_of_trials_was_lost_in_a_copy_is_still_a_run(new_run: NewRun) -> None:
    run = new_run()
    shutil.rmtree(run.folder / "trials")
    assert gather(run).trainings == ()


def test_reopenings_and_their_failures_are_told_apart_from_trainings(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    complete(run)
    tensorflow, pytorch = training_spec(framework="tensorflow"), training_spec(framework="pytorch")
    done(run, inference_spec(tensorflow, "tflite"))
    failed(run, inference_spec(pytorch, "onnx"))
    failed(run, inference_spec(pytorch, "onnx", 2))
    records = gather(run)
    assert [one.spec.trial for one in records.reopenings] == ["block-01-tensorflow-export-tflite"]
    assert [(one.spec.trial, one.repeated) for one in records.failures] == [
        ("block-01-pytorch-export-onnx", False),
        ("block-01-pytorch-export-onnx-attempt-2", False),
    ]
    assert len(records.trainings) == 2


def test_readable_names_come_from_the_plugins_without_loading_a_framework(new_run: NewRun) -> None:
    titles = gather(new_run()).titles
    assert titles.frameworks == {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}
    assert titles.formats["tensorflow", "tflite"].runtime == "LiteRT"
    assert titles.formats["pytorch", "onnx"].file_name == "model.onnx"
    assert titles.workload


def test_complete_blocks_take_the_first_complete_attempt() -> None:
    def training(framework: str, attempt: int) -> Training:
        return replace(make_training(), spec=training_spec(framework=framework, attempt=attempt))

    attempts = (("pytorch", 3), ("tensorflow", 3), ("tensorflow", 1), ("pytorch", 2), ("tensorflow", 2))
    everything = [training(framework, attempt) for framework, attempt in attempts]
    found = complete_blocks(make_plan(blocks=1), everything)
    assert [(one.spec.framework, one.spec.attempt) for one in found] == [("tensorflow", 2), ("pytorch", 2)]


def test_only_a_later_attempt_of_the_same_thing_is_a_repetition() -> None:
    failed_spec = training_spec(block=2, attempt=2)
    others: list[TrainingSpec] = [
        training_spec(block=2, attempt=1),
        training_spec(block=1, attempt=3),
        training_spec(block=2, framework="pytorch", attempt=3),
    ]
    assert not was_repeated(failed_spec, others)
    assert not was_repeated(failed_spec, [inference_spec(training_spec(block=2), "tflite", 3)])
    assert was_repeated(failed_spec, [training_spec(block=2, attempt=3)])
    reopening = inference_spec(training_spec(), "tflite")
    assert not was_repeated(reopening, [inference_spec(training_spec(), "keras", 2)])
    assert was_repeated(reopening, [inference_spec(training_spec(), "tflite", 2)])


def test_pictures_are_the_samples_and_every_image_that_is_named(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    done(run, training_spec(framework="tensorflow"), logits_of(0, 2, 1, 1, 2, 2))
    done(run, training_spec(framework="pytorch"), logits_of(0, 0, 1, 1, 2, 0))
    shown = pictures(run, analyse(gather(run)))
    images, _ = run.test_set()
    assert sorted(shown.test_images) == [0, 1, 2, 4, 5], "the first right one of each class, and every wrong one"
    assert np.array_equal(shown.test_images[5], images[5])
    assert shown.sample_labels == (0, 1, 2) * 3
    assert shown.samples.shape == (9, 2, 2, 1)


def test_reading_changes_nothing_on_disk(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    complete(run)
    (run.trial_folder("block-01-pytorch") / "result.json").write_text("{")
    before = sorted((path, path.stat().st_mtime_ns) for path in Path(run.folder).rglob("*"))
    gather(run)
    assert sorted((path, path.stat().st_mtime_ns) for path in Path(run.folder).rglob("*")) == before


def test_an_export_that_weighs_more_than_was_recorded_stops_the_report(new_run: NewRun) -> None:
    run = new_run(blocks=1, export_blocks=1)
    complete(run)
    assert gather(run).trainings, "as they were recorded, sizes are those on disk"
    sidecar = run.trial_folder("block-01-pytorch") / "exports" / "onnx" / "model.onnx.data"
    sidecar.write_bytes(b"weights that nobody counted")
    with pytest.raises(ReportgenError, match=r"'onnx' of the trial 'block-01-pytorch' is recorded with .* bytes, and its folder holds"):
        gather(run)


def test_a_file_that_is_counted_twice_stops_the_report(new_run: NewRun) -> None:
    run = new_run(blocks=1)
    spec = training_spec(framework="pytorch", exports=("onnx",))
    folder = run.fresh_trial_folder(spec.trial)
    result = write_result(spec, folder)
    (sample,) = result.exports  # type: ignore[union-attr]
    twice = ExportSample.model_validate(sample.model_dump() | {"files": [file.model_dump() for file in sample.files * 2]})
    write_record(folder / "result.json", result.model_copy(update={"exports": (twice,)}))
    with pytest.raises(ReportgenError, match="No report is made from it"):
        gather(run)


def test_what_the_frameworks_showed_is_gathered_apart_from_blocks(new_run: NewRun) -> None:
    run = new_run(blocks=1, parity=True)
    complete(run)
    done(run, parity_spec(framework="tensorflow"))
    failed(run, parity_spec(framework="pytorch"))
    done(run, parity_spec(framework="pytorch", attempt=2))
    records = gather(run)
    assert [one.spec.trial for one in records.parity] == ["parity-pytorch-float32-attempt-2", "parity-tensorflow-float32"]
    assert [(one.spec.trial, one.repeated) for one in records.failures] == [("parity-pytorch-float32", True)]
    assert len(records.trainings) == 2
    assert set(records.parity[0].arrays) == set(parity_arrays(parity_spec()))


def test_a_failure_in_one_precision_is_not_repeated_by_the_other() -> None:
    assert not was_repeated(parity_spec(precision="float32"), [parity_spec(precision="float64", attempt=2)])


def test_a_workload_folder_that_is_gone_leaves_its_name() -> None:
    assert workload_text("/nowhere/my-network") == ("my-network", "")
    assert workload_text("mlp")[1]


def test_further_modes_are_taken_from_complete_blocks_each_by_the_first_attempt_that_worked(new_run: NewRun) -> None:
    run = new_run(blocks=2, modes={"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader",)})
    for block in (1, 2):
        done(run, training_spec(block=block, framework="tensorflow"))
    done(run, training_spec(block=1, framework="pytorch"))
    for block in (1, 2):
        for attempt in (2, 3):
            done(run, training_spec(block=block, mode="xla", attempt=attempt))
    records = gather(run)
    assert [(one.spec.block, one.spec.framework) for one in records.trainings] == [(1, "tensorflow"), (1, "pytorch")]
    assert [(one.spec.block, one.spec.mode, one.spec.attempt) for one in records.further] == [(1, "xla", 2)]
    assert [one.spec.mode for one in records.trainings_of("tensorflow")] == ["keras-fit"]
    assert [one.spec.mode for one in records.trainings_in("tensorflow", "xla")] == ["xla"]
