"""Suites on disk: whole or not there, found by the same names as runs, and listed beside them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from builders import make_run, make_suite
from doubles import FakeExecutor, RecordingReporter

from reportgen.errors import ReportgenError
from reportgen.listing import run_row
from reportgen.records import SuiteRecord
from reportgen.runner.study import run_study
from reportgen.runs import Run, list_runs
from reportgen.suites import Suite, building_suite, find, suite_name


def test_a_suite_holds_an_ordinary_run_for_each_workload(tmp_path: Path) -> None:
    suite = make_suite(tmp_path / "runs")
    assert suite.record.workloads == ("first", "second")
    assert [suite.run(name).name for name in suite.record.workloads] == ["2026-01-suite/first", "2026-01-suite/second"]
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["2026-01-suite"]


def test_a_suite_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    record = SuiteRecord(suite="half", created_at="", reportgen_version="", command="", workloads=("first", "second"))
    with pytest.raises(OSError), building_suite(tmp_path / "runs", record) as building:
        (building / "first").mkdir()
        raise OSError(28, "No space left on device")
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    make_suite(tmp_path / "runs")
    with pytest.raises(ReportgenError, match="exists already"):
        make_suite(tmp_path / "runs")
    assert len(list_runs(tmp_path / "runs")) == 1


def test_runs_and_suites_are_found_by_name_path_and_latest(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    make_run(runs, run="2025-12-run")
    make_suite(runs)
    assert isinstance(find(runs, "latest"), Suite)
    assert isinstance(find(runs, "2026-01-suite"), Suite)
    assert isinstance(find(tmp_path, str(runs / "2026-01-suite")), Suite)
    member = find(runs, "2026-01-suite/second")
    assert isinstance(member, Run)
    assert member.name == "2026-01-suite/second"
    assert isinstance(find(runs, "2025-12-run"), Run)
    make_run(runs, run="2026-02-run")
    assert isinstance(find(runs, "latest"), Run)
    with pytest.raises(ReportgenError, match="2026-01-suite"):
        find(runs, "2026-03")


def test_a_suite_s_line_adds_up_its_runs(tmp_path: Path) -> None:
    suite = make_suite(tmp_path / "runs")
    assert run_row(suite.folder) == ("2026-01-suite", "mlp, mlp", "insects", "1", "0 of 4 trainings done")
    run_study(suite.run("first"), Path("data"), FakeExecutor(), RecordingReporter())
    assert run_row(suite.folder)[-1] == "2 of 4 trainings done"
    run_study(suite.run("second"), Path("data"), FakeExecutor(), RecordingReporter())
    assert run_row(suite.folder)[-1] == "complete"
    (suite.folder / "second" / "plan.json").write_text("{")
    assert "plan.json is damaged" in run_row(suite.folder)[-1]


def test_any_run_that_can_be_read_stands_for_what_all_share(tmp_path: Path) -> None:
    suite = make_suite(tmp_path / "runs")
    (suite.folder / "first" / "plan.json").write_text("{")
    assert suite.any_run().name == "2026-01-suite/second"
    (suite.folder / "second" / "plan.json").unlink()
    with pytest.raises(ReportgenError, match="No run of the suite"):
        suite.any_run()


def test_a_name_sorts_by_time_and_stays_short() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5)
    assert suite_name(("mlp", "cnn"), moment) == "2026-01-02-030405-mlp-cnn"
    assert suite_name(("a" * 30, "b" * 30), moment) == "2026-01-02-030405-2-workloads"
