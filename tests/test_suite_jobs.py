"""The jobs of a suite: planning all or nothing, going on after a workload that cannot be measured, and saying what is missing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from builders import make_plan, make_suite
from doubles import FakeExecutor, RecordingReporter

from reportgen import suite_jobs
from reportgen.config import Config, load_config
from reportgen.datasets import Dataset
from reportgen.errors import ReportgenError
from reportgen.runner.study import Outcome, Reporter, run_study
from reportgen.runs import Run
from reportgen.suite_jobs import analyse_suite, measure_suite, member_config, new_suite, suite_config, workload_names
from reportgen.suites import Suite


def own_folder(place: Path) -> Path:
    place.mkdir(parents=True)
    for framework in ("tensorflow", "pytorch"):
        (place / f"{framework}.py").write_text("")
    return place


def config_of(folder: Path, *workloads: str) -> Config:
    config = load_config(None, {"study.workload": workloads, "study.dataset": "digits", "study.blocks": 1, "study.epochs": 3})
    return config.model_copy(update={"folder": folder})


def test_runs_go_by_the_workload_s_name_or_its_folder_s(tmp_path: Path) -> None:
    net = own_folder(tmp_path / "a" / "net")
    assert workload_names(config_of(tmp_path, "mlp", str(net))) == {"mlp": "mlp", str(net): "net"}


def test_two_workloads_of_one_name_are_refused(tmp_path: Path) -> None:
    one, other = own_folder(tmp_path / "a" / "net"), own_folder(tmp_path / "b" / "Net")
    with pytest.raises(ReportgenError, match="rename its folder"):
        workload_names(config_of(tmp_path, str(one), str(other)))


def test_the_plans_are_those_of_the_workloads(tmp_path: Path) -> None:
    heard: list[Dataset] = []
    suite = new_suite(config_of(tmp_path, "mlp", "mlp-tanh"), "python -m reportgen --workload ...", lambda *_: None, heard.append)
    assert suite.record.workloads == ("mlp", "mlp-tanh")
    assert suite.record.command == "python -m reportgen --workload ..."
    for name in suite.record.workloads:
        plan = suite.run(name).plan
        assert plan.workload == name
        assert plan.run == f"{suite.name}/{name}"
        assert plan.hyperparameters.epochs == 3
        assert suite.run(name).config.study.workloads == (name,)
    assert len(heard) == 1, "both have the same data, which is named once"


def test_a_workload_with_data_of_its_own_keeps_them(tmp_path: Path) -> None:
    config = config_of(tmp_path, "mlp", "two-layer")
    assert member_config(config, "mlp").study.dataset == "digits"
    assert member_config(config, "two-layer").study.dataset == "auto"


def test_one_wrong_workload_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = own_folder(tmp_path / "broken")
    (broken / "pytorch.py").write_text("def build_model(:\n")
    with pytest.raises(ReportgenError, match="line 1"):
        new_suite(config_of(tmp_path, "mlp", str(broken)), "", lambda *_: None, lambda _: None)
    assert list((tmp_path / "runs").iterdir()) == []


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return make_suite(tmp_path / "runs", workloads=("first", "second", "third"))


class Measuring:
    """Measures a suite with a fake executor; ``fail`` says which workload ends in which error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        self.places: list[tuple[int, str]] = []
        self.fail: dict[str, BaseException] = {}
        monkeypatch.setattr(suite_jobs, "measure_alone", self.measure_alone)
        monkeypatch.setattr(suite_jobs, "dataset_of", lambda *_: None)

    def measure_alone(self, run: Run, dataset: Dataset, reporter: Reporter, live: bool) -> Outcome:
        name = run.folder.name
        self.seen.append(name)
        if name in self.fail:
            raise self.fail[name]
        return run_study(run, Path("data"), FakeExecutor(), reporter)

    def shown_by(self, position: int, workload: str) -> AbstractContextManager[Reporter]:
        self.places.append((position, workload))
        return nullcontext(RecordingReporter())

    def __call__(self, suite: Suite, **fail: BaseException) -> tuple[str, ...]:
        self.fail = fail
        return measure_suite(suite, suite.record.workloads, self.shown_by, lambda _: None, lambda *_: None, live=False)


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Measuring:
    return Measuring(monkeypatch)


def test_all_workloads_are_measured_in_order(suite: Suite, measuring: Measuring) -> None:
    assert measuring(suite) == ()
    assert measuring.places == [(1, "first"), (2, "second"), (3, "third")]
    assert measuring.seen == ["first", "second", "third"]


def test_a_workload_that_cannot_be_measured_costs_no_other(suite: Suite, measuring: Measuring) -> None:
    assert measuring(suite, second=ReportgenError("The last 2 blocks failed.")) == ("second: The last 2 blocks failed.",)
    assert measuring.seen == ["first", "second", "third"]
    for workload in ("first", "third"):
        # The made-up runs are all of "mlp"; in a suite each is of its own workload.
        plan = make_plan(run=f"{suite.name}/{workload}", blocks=1).model_copy(update={"workload": workload})
        (suite.folder / workload / "plan.json").write_text(plan.model_dump_json())
    members, results = analyse_suite(suite)
    assert [member.run.folder.name for member in members] == ["first", "third"]
    (missing,) = results.missing
    assert missing.workload == "second"
    assert f"run --resume {suite.name}/second" in str(missing.reason)
    assert not results.complete
    assert results.command == suite.record.command


def test_ctrl_c_ends_the_suite_and_resuming_goes_on(suite: Suite, measuring: Measuring) -> None:
    with pytest.raises(KeyboardInterrupt):
        measuring(suite, second=KeyboardInterrupt())
    assert measuring.seen == ["first", "second"]
    done = {path: path.stat().st_mtime_ns for path in (suite.folder / "first").rglob("result.json")}
    assert done
    assert measuring(suite) == ()
    assert {path: path.stat().st_mtime_ns for path in done} == done, "nothing is measured again"
    assert list((suite.folder / "third").rglob("result.json"))


def test_a_suite_without_any_result_says_why(suite: Suite) -> None:
    with pytest.raises(ReportgenError) as caught:
        analyse_suite(suite)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == ["first", "second", "third"]


def test_the_configuration_is_that_of_a_run_that_can_be_read(suite: Suite) -> None:
    (suite.folder / "first" / "plan.json").write_text("{")
    assert suite_config(suite).folder == suite.folder.parents[1]
