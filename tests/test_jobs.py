"""The jobs behind the verbs, where the command line does not show them."""

import shutil
from pathlib import Path

import pytest

from reportgen import datasets
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.jobs import current_config, dataset_of, mend_images, new_run, point_latest
from doubles import RecordingReporter


@pytest.fixture
def run(tmp_path):
    (tmp_path / "report.toml").write_text('[study]\ndataset = "digits"\nblocks = 2\nlearning_rate = 0.01\n[report]\ntitle = "Before"\n')
    made, _ = new_run(load_config(tmp_path / "report.toml"), "python -m reportgen", lambda *_: None)
    return made


def test_a_plan_takes_what_was_configured_and_the_rest_from_the_workload(run):
    assert run.plan.hyperparameters.learning_rate == 0.01
    assert run.plan.hyperparameters.batch_size == 32
    assert [trial.block for trial in run.plan.trials] == [1, 1, 2, 2]
    assert run.plan.dataset.name == "digits"
    assert run.environment.command == "python -m reportgen"


def test_title_data_are_read_anew_and_fall_back_to_the_stored_ones(run, tmp_path):
    (tmp_path / "report.toml").write_text('[report]\ntitle = "After"\n')
    assert current_config(run).report.title == "After"
    (tmp_path / "report.toml").unlink()
    assert current_config(run).report.title == "Before"


def test_other_data_than_planned_are_refused(run, tmp_path):
    plan = run.plan.model_copy(update={"dataset": run.plan.dataset.model_copy(update={"digest": "0" * 64})})
    run.plan = plan
    with pytest.raises(ReportgenError, match="is not the one"):
        dataset_of(run, lambda *_: None)


@pytest.mark.parametrize("name", ["test-set.npz", "samples.npz"])
def test_damaged_pictures_are_made_again(run, name):
    before = (run.folder / name).read_bytes()
    (run.folder / name).write_bytes(before[:100])
    reporter = RecordingReporter()
    mend_images(run, datasets.load("digits"), reporter)
    run.test_set()
    run.samples()
    assert any(name in text for text in reporter.of("notice"))


def test_latest_is_replaced_in_one_step(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        point_latest(tmp_path, tmp_path / name)
        assert (tmp_path / "latest").resolve().name == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "latest", "second"]


def test_latest_is_a_text_file_where_links_are_not_allowed(tmp_path, monkeypatch):
    (tmp_path / "first").mkdir()

    def refuse(*_: object, **__: object) -> None:
        raise OSError("links are not allowed")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    point_latest(tmp_path, tmp_path / "first")
    assert (tmp_path / "latest").read_text() == "first\n"


def test_a_run_can_be_moved(run, tmp_path):
    moved = tmp_path / "elsewhere" / run.name
    moved.parent.mkdir()
    shutil.move(run.folder, moved)
    assert type(run)(moved).plan == run.plan
