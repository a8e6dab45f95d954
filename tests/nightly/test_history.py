"""The history is the nights on disk; its index is made from them, and never more than they say."""

import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from nights import SOFTWARE, cell, night, series, write, write_history

from reportgen.errors import ReportgenError
from reportgen.nightly.history import ask
from reportgen.nightly.index import INDEX
from reportgen.nightly.judging import judge
from reportgen.nightly.night import CONTROL_BEFORE, NIGHT
from reportgen.nightly.queries import night_called
from reportgen.nightly.trends import all_trends

CODE = "training_time:torch"


def dump(runs):
    """Return everything that the index says of the nights, without its own numbers."""

    def question(connection, damaged):
        nights = connection.execute("SELECT folder, at, workload, hardware, control FROM nights ORDER BY folder").fetchall()
        cells = connection.execute(
            "SELECT folder, code, centre, low, high, n, again FROM cells JOIN nights ON nights.id = night JOIN kinds ON kinds.id = kind ORDER BY 1, 2"
        ).fetchall()
        return nights, cells, [str(one.sentence) for one in damaged]

    return ask(runs, question)


def verdicts(runs, folder):
    return ask(runs, lambda connection, _: judge(connection, night_called(connection, folder)).verdicts)


@pytest.fixture
def runs(tmp_path):
    """Twenty nights of one metric; the last four are slower."""
    write_history(tmp_path / "runs", {CODE: series(20, noise=0.01, steps={16: 1.2})})
    return tmp_path / "runs"


def test_the_index_is_what_the_nights_say_however_it_was_made(runs):
    before = dump(runs)
    assert len(before[0]) == len(before[1]) == 20
    for spoil in (lambda path: path.unlink(), lambda path: path.write_bytes(b"no index at all" * 100), lambda path: path.write_bytes(b"")):
        spoil(runs / INDEX)
        assert dump(runs) == before
    with sqlite3.connect(runs / INDEX) as connection:
        connection.execute("UPDATE version SET number = 1")
    assert dump(runs) == before


def test_an_index_whose_pages_are_damaged_is_made_anew(runs):
    before = dump(runs)
    content = bytearray((runs / INDEX).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (runs / INDEX).write_bytes(content)
    assert dump(runs) == before


def test_a_night_that_is_new_changed_or_gone_is_noticed(runs):
    dump(runs)
    write(runs, night(20, [cell(CODE, 5.0)]))
    changed = night(3, [cell(CODE, 7.0), cell("accuracy:torch", 0.5, unit="fraction", worse="lower")])
    write(runs, changed)
    shutil.rmtree(runs / "night-000")
    nights, cells, _ = dump(runs)
    assert [row[0] for row in nights] == [f"night-{index:03d}" for index in range(1, 21)]
    assert [row[:3] for row in cells if row[0] == "night-003"] == [("night-003", "accuracy:torch", 0.5), ("night-003", CODE, 7.0)]
    assert [row[2] for row in cells if row[0] == "night-020"] == [5.0]
    (runs / INDEX).unlink()
    assert dump(runs) == (nights, cells, [])


def test_a_damaged_night_is_named_and_left_out_and_comes_back_when_it_is_mended(runs):
    path = runs / "night-005" / NIGHT
    sound = path.read_text()
    for spoiled in (sound[:200], sound.replace("1.0", "nought"), json.dumps(json.loads(sound) | {"schema_version": 99}), ""):
        path.write_text(spoiled)
        nights, _, damaged = dump(runs)
        assert len(nights) == 19
        assert len(damaged) == 1
        assert damaged[0].startswith("night-005 is left out of the history: ")
        assert NIGHT in damaged[0]
    path.write_text(sound)
    assert len(dump(runs)[0]) == 20
    assert dump(runs)[2] == []


def test_a_night_with_a_value_that_is_none_is_damaged(runs):
    write(runs, night(20, [cell(CODE, float("nan"))]))
    nights, _, damaged = dump(runs)
    assert len(nights) == 20
    assert "not values" in damaged[0]


def test_a_night_that_was_cut_off_before_anything_was_measured_is_named(runs, new_run):
    cut = new_run(run="cut-off")
    shutil.move(cut.folder, runs / "cut-off")
    (runs / "cut-off" / CONTROL_BEFORE).write_text('{"key": "1", "seconds": [1.0]}')
    (name,) = dump(runs)[2]
    assert name.startswith("cut-off is left out")
    assert len(dump(runs)[0]) == 20


def test_a_run_that_is_no_night_is_no_part_of_the_history(runs, new_run):
    shutil.move(new_run(run="ordinary").folder, runs / "ordinary")
    assert len(dump(runs)[0]) == 20


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(runs):
    runs.chmod(0o555)
    try:
        assert len(dump(runs)[0]) == 20
    finally:
        runs.chmod(0o755)


def test_where_the_index_is_no_file_the_history_is_read_into_memory(runs):
    (runs / INDEX).mkdir()
    (runs / INDEX / "held").write_text("so that it cannot be removed")
    assert len(dump(runs)[0]) == 20


def test_two_at_once_lose_nothing(runs):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: dump(runs), range(8)))
    assert all(one == answers[0] for one in answers)


def test_a_question_that_fails_is_the_askers_error_and_no_damage(runs):
    before = dump(runs)

    def question(*_):
        raise ReportgenError("no such night")

    with pytest.raises(ReportgenError, match="no such night"):
        ask(runs, question)
    assert dump(runs) == before


def test_nights_of_other_machines_and_workloads_are_not_compared(runs):
    write_history(runs, {CODE: [1.0] * 15}, hardware_key="2" * 16, run="x")
    for index in range(15):
        write(runs, night(index, [cell(CODE, 9.0)], hardware_key="2" * 16, run=f"other-{index:02d}"))
    (slow,) = verdicts(runs, "night-019")
    (other,) = verdicts(runs, "other-14")
    assert slow.outcome == "inconclusive", "flagged by its own nights, and not measured again"
    assert other.outcome == "fine"


def test_the_first_night_of_a_new_series_says_which_key_is_another(runs):
    write(runs, night(30, [cell(CODE, 9.0)], hardware_key="2" * 16, run="moved"))
    write(runs, night(31, [cell(CODE, 9.0)], workload_hash="3" * 16, run="changed"))
    write(runs, night(32, [cell(CODE, 9.0)], workload="cnn", workload_hash="4" * 16, run="other"))
    begins = [
        ask(runs, lambda connection, _, name=name: str(judge(connection, night_called(connection, name)).begins))
        for name in ("night-019", "moved", "changed", "other", "night-000")
    ]
    assert begins[0] == begins[3] == begins[4] == ""
    assert begins[1].endswith("night-019, has another hardware key.")
    assert begins[2].endswith("moved, has another workload hash and another hardware key.")


def test_an_earlier_night_is_judged_by_what_came_before_it(runs):
    assert verdicts(runs, "night-015")[0].outcome == "fine"
    assert verdicts(runs, "night-010")[0].outcome == "no baseline"
    assert verdicts(runs, "night-011")[0].outcome == "fine"


def test_a_metric_that_the_night_before_had_is_missing(runs):
    write(runs, night(20, [cell("accuracy:torch", 0.9, unit="fraction", worse="lower")]))
    outcomes = {one.code: one.outcome for one in verdicts(runs, "night-020")}
    assert outcomes == {CODE: "missing", "accuracy:torch": "no baseline"}


def test_nights_lie_in_the_order_of_their_dates_whatever_their_zone(tmp_path):
    runs = tmp_path / "runs"
    write(runs, night(0, [cell(CODE, 1.0)], created_at="2026-01-02T00:30:00+02:00", run="b"))
    write(runs, night(0, [cell(CODE, 2.0)], created_at="2026-01-01T23:00:00+00:00", run="a"))
    (trend,) = ask(runs, lambda connection, _: all_trends(connection))
    assert [point.centre for point in trend.cells[0].points] == [1.0, 2.0]


def test_a_long_history_is_drawn_in_groups_with_nothing_left_out(tmp_path):
    runs = tmp_path / "runs"
    values = series(400, noise=0.01)
    for index, value in enumerate(values):
        software = SOFTWARE | {"torch": "2.15.0"} if index >= 390 else SOFTWARE
        write(runs, night(index, [cell(CODE, value)], software=software))
    (trend,) = ask(runs, lambda connection, _: all_trends(connection))
    (metric,) = trend.cells
    assert trend.nights == 400
    assert len(metric.points) == 180
    assert sum(group.count for group in metric.groups) == 220
    assert metric.groups[0].low <= min(values[:3])
    assert metric.groups[-1].last_at < metric.points[0].at
    (change,) = trend.changes
    assert change.text == "torch 2.14.1 \u2192 2.15.0"
    assert change.at[:10] == metric.points[-10].at[:10]
