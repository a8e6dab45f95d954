"""The jobs behind the verbs, where the command line does not show them."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from doubles import RecordingReporter

from reportgen import datasets
from reportgen.config import Config, load_config
from reportgen.errors import ReportgenError
from reportgen.jobs import current_config, dataset_of, mend_images, new_run
from reportgen.latest import point_latest
from reportgen.scaffold import initialise_workload


@pytest.fixture
def run(tmp_path):
    (tmp_path / "report.toml").write_text('[study]\ndataset = "digits"\nblocks = 2\nlearning_rate = 0.01\n[report]\ntitle = "Before"\n')
    made, _ = new_run(load_config(tmp_path / "report.toml"), "python -m reportgen", lambda *_: None)
    return made


def test_a_plan_takes_what_was_configured_and_the_rest_from_the_workload(run):
    assert run.plan.hyperparameters.learning_rate == 0.01
    assert run.plan.hyperparameters.batch_size == 32
    assert [trial.block for trial in run.plan.trials] == [1, 1, 1, 1, 2, 2, 2, 2], "the idiomatic and the tuned mode of both frameworks"
    assert {(trial.framework, trial.mode) for trial in run.plan.trials} == {(name, mode) for name, modes in run.plan.modes.items() for mode in modes}
    assert run.plan.dataset.name == "digits"
    assert run.environment.command == "python -m reportgen"


def test_title_data_are_read_anew_and_fall_back_to_the_stored_ones(run, tmp_path):
    (tmp_path / "report.toml").write_text('[report]\ntitle = "After"\n')
    assert current_config(run).report.title == "After"
    (tmp_path / "report.toml").unlink()
    assert current_config(run).report.title == "Before"


def test_a_run_without_a_report_toml_takes_the_one_of_this_folder(run, tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    assert current_config(run, here=Config(folder=here)).report.title == "Before", "the run's own comes first"
    (tmp_path / "report.toml").unlink()
    (here / "report.toml").write_text('[report]\ntitle = "Here"\n')
    assert current_config(run, here=load_config(here / "report.toml")).report.title == "Here"
    assert current_config(run, here=Config(folder=here)).report.title == "Before", "there is none here either"


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


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A report with a workload and data of the person's own, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    initialise_workload("mine", Path())
    random = np.random.RandomState(0)
    np.savez(tmp_path / "letters.npz", x_train=random.randint(0, 256, (60, 6, 5)), y_train=np.arange(60) % 3)
    return tmp_path


def begin(**flags):
    loaded = load_config(None, {f"study.{name}": value for name, value in flags.items()})
    return new_run(loaded, "python -m reportgen", lambda *_: None)


def test_own_data_are_found_again_from_any_folder(own, monkeypatch):
    run, data = begin(dataset="letters.npz")
    assert run.name.endswith("-mine-letters")
    assert run.plan.dataset.path == str(own / "letters.npz")
    monkeypatch.chdir("/")
    assert dataset_of(run, lambda *_: None).digest == data.digest


def test_own_data_that_changed_are_refused_with_their_path(own):
    run, _ = begin(dataset="letters.npz")
    np.savez(own / "letters.npz", x_train=np.zeros((60, 6, 5), "u1"), y_train=np.arange(60) % 3)
    with pytest.raises(ReportgenError, match=r"found now \(.*letters\.npz\) is not the one"):
        dataset_of(run, lambda *_: None)


def test_a_workload_brings_its_data_along_unless_others_are_asked_for(own):
    (own / "letters.npz").rename(own / "mine" / "data.npz")
    run, data = begin()
    assert (data.path, run.plan.dataset.name) == (str(own / "mine" / "data.npz"), "mine")
    assert begin(dataset="digits")[1].path is None


def test_a_mistake_in_own_code_comes_before_the_data_are_looked_for(own):
    (own / "mine" / "pytorch.py").write_text("def build_model(:\n")
    with pytest.raises(ReportgenError, match=r"mine/pytorch\.py, line 1: SyntaxError"):
        begin(dataset="letters.npz")
    assert not (own / "runs").exists()


def test_a_report_is_written_again_where_workload_and_data_are_gone(own):
    run, _ = begin(dataset="letters.npz")
    shutil.rmtree(own / "mine")
    (own / "letters.npz").unlink()
    assert current_config(run).study.workload == "mine"
