"""What a report is given of the history: the nights up to its own, for a run and for a workload of a suite, and nothing for any other run."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reportgen.nightly.night import NIGHT, begin_night, make_night, results_of, write_night
from reportgen.nightly.reporting import with_history
from reportgen.records import SuiteRecord
from reportgen.records.night import Control
from reportgen.runs import SUITE, Run
from reportgen.storage import write_record
from reportgen.suite_jobs import analyse_suite
from reportgen.suites import Suite

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-run"


@pytest.fixture(scope="module")
def results():
    return results_of(Run(EXAMPLE))


def write_nights(runs: Path, place: str, count: int = 14) -> Run:
    """Write the example run as a night at ``place``, nights before it, and two after it."""
    shutil.copytree(EXAMPLE, runs / place)
    run = Run(runs / place)
    begin_night(run, Control(key="1", seconds=(1.0,)))
    night = make_night(run, results_of(run))
    write_night(run, night)
    moment = datetime.fromisoformat(night.created_at)
    for index in (*range(-count, 0), 1, 2):
        folder = runs / f"other-{index + count:02d}"
        folder.mkdir()
        other = night.model_copy(update={"created_at": (moment + timedelta(days=index)).isoformat(timespec="milliseconds")})
        (folder / NIGHT).write_text(other.model_dump_json())
    return run


def test_a_report_shows_the_nights_up_to_its_own(results, tmp_path):
    run = write_nights(tmp_path / "runs", "night")
    history = with_history(results, run).history
    assert history is not None
    assert history.verdict.earlier_nights == 14
    assert history.trend.nights == 15
    assert {cell.outcome for cell in history.verdict.cells} == {"fine"}
    assert len(history.verdict.cells) > len(history.trend.cells)
    assert {cell.kind.metric for cell in history.trend.cells} == {"training_time", "epoch_time", "cold_start", "accuracy", "ratio"}
    for cell in history.trend.cells:
        assert len(cell.points) == 15
        assert cell.points[-1].run == "night"
        assert cell.groups == ()
    assert type(history).model_validate_json(history.model_dump_json()) == history


def test_a_workload_of_a_suite_has_its_own_nights(tmp_path):
    runs = tmp_path / "runs"
    record = SuiteRecord(
        suite="suite", created_at="2026-01-01T00:00:00+00:00", reportgen_version="0.0", command="python -m reportgen nightly", workloads=("mlp",)
    )
    (runs / "suite").mkdir(parents=True)
    write_record(runs / "suite" / SUITE, record)
    write_nights(runs, "suite/mlp")
    _, suite = analyse_suite(Suite(runs / "suite"))
    history = suite.workloads["mlp"].history
    assert history is not None
    assert history.verdict.earlier_nights == 14
    assert history.trend.cells[0].points[-1].run == "suite/mlp"


def test_a_run_that_is_no_night_stays_as_it_is_and_a_damaged_night_has_no_history(results, tmp_path):
    assert with_history(results, Run(EXAMPLE)) is results
    run = write_nights(tmp_path / "runs", "night")
    (run.folder / NIGHT).write_text("{")
    shutil.rmtree(run.folder / "trials")
    assert with_history(results, run).history is None
