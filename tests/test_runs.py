from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from builders import inference_spec, make_dataset, make_environment, make_plan, make_run, training_spec
from doubles import write_result

from reportgen import runs as runs_module
from reportgen.config import Config
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.records import Record, TrainingResult
from reportgen.runs import DAMAGED, Run, create_run, find_folder, list_runs, run_name, spec_in
from reportgen.storage import write_record

NewRun = Callable[..., Run]


def test_a_new_run_holds_everything_that_it_began_with(new_run: NewRun) -> None:
    run = new_run(blocks=3)
    dataset = make_dataset()
    again = Run(run.folder)
    assert again.name == "example"
    assert again.plan == make_plan(blocks=3)
    assert again.environment == make_environment()
    assert again.config == Config(folder=run.folder.parents[1])
    images, labels = again.test_set()
    assert np.array_equal(images, dataset.test_images)
    assert np.array_equal(labels, dataset.test_labels)
    samples, sample_labels = again.samples()
    assert np.array_equal(samples, dataset.train_images)
    assert np.array_equal(sample_labels, dataset.train_labels)


def test_a_whole_configuration_comes_back(tmp_path: Path) -> None:
    config = Config.model_validate({"folder": tmp_path, "path": tmp_path / "report.toml", "study": {"frameworks": ["pytorch"], "seed": 5}})
    run = create_run(tmp_path / "runs", make_plan(), config, make_environment(), make_dataset())
    assert run.config == config


def test_a_run_that_cannot_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError):
        make_run(tmp_path / "runs")
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_run_appears_under_its_name_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError):
        make_run(tmp_path / "runs")
    monkeypatch.undo()
    assert list((tmp_path / "runs").iterdir()) == []
    make_run(tmp_path / "runs")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["example"]


def test_the_name_appears_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def watching(path: Path, record: Record) -> None:
        seen.append((tmp_path / "runs" / "example").exists())
        write_record(path, record)

    monkeypatch.setattr(runs_module, "write_record", watching)
    make_run(tmp_path / "runs")
    assert seen
    assert not any(seen)


def test_two_runs_do_not_share_a_name(tmp_path: Path) -> None:
    run = make_run(tmp_path / "runs")
    with pytest.raises(ReportgenError, match="exists already"):
        make_run(tmp_path / "runs", blocks=5)
    assert Run(run.folder).plan.blocks == 2


def test_a_run_that_another_process_is_just_making_is_left_alone(tmp_path: Path) -> None:
    building = tmp_path / "runs" / ".example.building"
    building.mkdir(parents=True)
    with pytest.raises(ReportgenError, match="Wait a second"):
        make_run(tmp_path / "runs")
    assert building.is_dir()


def test_names_sort_by_time() -> None:
    assert run_name("mlp", "mnist", datetime(2026, 1, 2, 3, 4, 5)) == "2026-01-02-030405-mlp-mnist"
    assert run_name("zzz", "zzz", datetime(2026, 1, 2, 3, 4, 5)) < run_name("aaa", "aaa", datetime(2026, 1, 2, 3, 4, 6))


def test_a_trial_without_a_result_is_not_done(new_run: NewRun) -> None:
    run, spec = new_run(), training_spec()
    assert run.result(spec) is None
    folder = run.fresh_trial_folder(spec.trial)
    assert run.result(spec) is None
    write_result(spec, folder)
    assert isinstance(run.result(spec), TrainingResult)


def test_a_fresh_folder_is_empty_whatever_was_there(new_run: NewRun) -> None:
    run = new_run()
    folder = run.fresh_trial_folder("block-01-tensorflow")
    (folder / "exports" / "tflite").mkdir(parents=True)
    (folder / "events.jsonl").write_text("half")
    assert list(run.fresh_trial_folder("block-01-tensorflow").iterdir()) == []


def test_the_result_of_another_trial_is_damage(new_run: NewRun) -> None:
    run = new_run()
    one, other = training_spec(block=1), training_spec(block=2)
    for spec in (one, other):
        write_result(spec, run.fresh_trial_folder(spec.trial))
    shutil.copy(run.trial_folder(one.trial) / "result.json", run.trial_folder(other.trial))
    with pytest.raises(DamagedRecordError, match="it is the result of the trial 'block-01-tensorflow'"):
        run.result(other)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "flight"}', '{"kind": "training"}', "3"])
def test_a_damaged_order_is_named(new_run: NewRun, text: str) -> None:
    run, spec = new_run(), training_spec()
    folder = run.fresh_trial_folder(spec.trial)
    write_result(spec, folder)
    (folder / "spec.json").write_text(text)
    for read in (lambda: run.result(spec), lambda: spec_in(folder)):
        with pytest.raises(DamagedRecordError) as caught:
            read()
        assert str(folder / "spec.json") in str(caught.value)


def test_what_is_set_aside_is_kept_and_can_be_set_aside_again(new_run: NewRun) -> None:
    run, spec = new_run(), training_spec()
    places = []
    for content in ("first", "second"):
        folder = run.fresh_trial_folder(spec.trial)
        (folder / "result.json").write_text(content)
        places.append(run.set_aside(spec.trial))
        assert not folder.exists()
    assert [(place / "result.json").read_text() for place in places] == ["first", "second"]
    assert {place.parent for place in places} == {run.folder / DAMAGED}


def test_reopenings_belong_to_one_training_trial_alone(new_run: NewRun) -> None:
    run = new_run()
    source, repeated = training_spec(), training_spec(attempt=2)
    for spec in (source, repeated, inference_spec(source, "tflite"), inference_spec(source, "tflite", 2), inference_spec(repeated, "tflite")):
        run.fresh_trial_folder(spec.trial)
    assert run.reopenings_of(source.trial) == ("block-01-tensorflow-export-tflite", "block-01-tensorflow-export-tflite-attempt-2")
    assert run.reopenings_of(repeated.trial) == ("block-01-tensorflow-attempt-2-export-tflite",)


@pytest.mark.parametrize("name", ["test-set.npz", "samples.npz"])
@pytest.mark.parametrize("damage", ["truncated", "altered", "empty", "missing"])
def test_damaged_images_are_named(new_run: NewRun, name: str, damage: str) -> None:
    run = new_run()
    path = run.folder / name
    data = bytearray(path.read_bytes())
    path.unlink()
    if damage == "altered":
        data[60] ^= 0xFF
    if damage != "missing":
        path.write_bytes(data if damage == "altered" else data[: len(data) // 2] if damage == "truncated" else b"")
    with pytest.raises(DamagedRecordError) as caught:
        run.test_set() if name == "test-set.npz" else run.samples()
    assert str(path) in str(caught.value)


def test_a_damaged_configuration_is_named(new_run: NewRun) -> None:
    run = new_run()
    (run.folder / "config.json").write_text("{")
    with pytest.raises(DamagedRecordError, match=r"config\.json is damaged"):
        _ = run.config


def test_a_damaged_plan_is_named(new_run: NewRun) -> None:
    folder = new_run().folder
    (folder / "plan.json").write_text("{")
    with pytest.raises(DamagedRecordError, match=r"plan\.json is damaged"):
        Run(folder)


def test_a_folder_without_a_plan_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match=r"is not a run: it has no plan\.json"):
        Run(tmp_path)


def test_runs_are_listed_oldest_first_and_nothing_else_is(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    for name in ("2026-02", "2026-01"):
        make_run(runs, run=name)
    shutil.copytree(runs / "2026-01", runs / ".2026-03.building")
    (runs / "notes").mkdir()
    (runs / "README.md").write_text("about")
    assert [folder.name for folder in list_runs(runs)] == ["2026-01", "2026-02"]
    assert list_runs(tmp_path / "nowhere") == ()


def test_a_run_is_found_by_name_by_path_and_as_the_latest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = tmp_path / "runs"
    for name in ("2026-01", "2026-02"):
        make_run(runs, run=name)
    assert find_folder(runs, "2026-01").name == "2026-01"
    assert find_folder(runs, "latest").name == "2026-02"
    assert find_folder(tmp_path / "elsewhere", str(runs / "2026-01")).name == "2026-01"
    monkeypatch.chdir(tmp_path)
    assert find_folder(tmp_path / "elsewhere", "runs/2026-01/").name == "2026-01"


def test_a_run_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    with pytest.raises(ReportgenError, match="no run"):
        find_folder(runs, "latest")
    make_run(runs, run="2026-01")
    with pytest.raises(ReportgenError) as caught:
        find_folder(runs, "2026-02")
    assert "'2026-02'" in str(caught.value)
    assert "2026-01" in str(caught.value)
