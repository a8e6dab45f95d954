"""The verdict on a night: what each metric gets, which exit code follows, and where a change is marked."""

import numpy as np
import pytest
from nights import series

from reportgen.analysis.history.course import CellNights, ControlNights, outcomes
from reportgen.analysis.history.marking import marks
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import Mark
from reportgen.analysis.history.summing import night_verdict
from reportgen.analysis.history.trend import changed_text, software_changes
from reportgen.analysis.history.verdict import Repeated, cell_verdicts, exit_code, flags, missing_verdict, to_confirm, worst
from reportgen.records import Sentence
from reportgen.records.night import CellKind

TIME = CellKind(code="training_time:torch", metric="training_time", title="Training time", framework="torch", unit="s", worse="higher")
OTHER = TIME.model_copy(update={"code": "training_time:flow", "framework": "flow"})
SIZE = TIME.model_copy(update={"code": "export_size:torch:onnx", "metric": "export_size", "unit": "bytes"})
SPEED = TIME.model_copy(update={"code": "export_throughput:torch:onnx", "unit": "1/s", "worse": "lower"})
RATIO = CellKind(code="ratio:training_time", metric="ratio", title="Ratio", framework="", unit="ratio", worse="either", parts=(TIME.code, OTHER.code))
QUIET_CONTROL = np.array(series(40, noise=0.01, seed=9))


def one(kind, values):
    return CellSeries(kind=kind, centres=np.array(values))


def said(kind, values, again=None, control=QUIET_CONTROL, control_again=1.0):
    """Return the verdict on the last night of one metric."""
    cells = [one(kind, values)]
    repeated = Repeated(centres={} if again is None else {kind.code: again}, control=control_again, problem=Sentence(sentence="the disk was full"))
    (found,) = cell_verdicts(cells, flags(cells), repeated, control)
    return found


def slower(factor=1.12):
    return series(40, steps={36: factor})


def test_a_quiet_metric_is_fine_and_says_by_what_it_was_judged():
    found = said(TIME, series(40))
    assert found.outcome == "fine"
    assert found.nights == 30
    assert "no change shown" in found.sentence


def test_what_is_seen_again_is_a_regression():
    found = said(TIME, slower(), again=1.12)
    assert found.outcome == "regression"
    assert found.change == pytest.approx(0.12, abs=0.04)
    assert "worse by" in found.sentence
    assert "Confirmed" in found.sentence


def test_what_is_not_there_when_measured_again_is_no_alarm():
    assert said(TIME, slower(), again=1.0).outcome == "not confirmed"


def test_what_may_or_may_not_be_there_is_inconclusive():
    assert said(TIME, series(40, noise=0.08, seed=3, steps={36: 1.4}), again=1.08).outcome == "inconclusive"


def test_a_flag_that_was_not_measured_again_is_inconclusive_and_says_why():
    found = said(TIME, slower())
    assert found.outcome == "inconclusive"
    assert "the disk was full" in found.sentence


@pytest.mark.parametrize("where", ["in the night", "in the repetition"])
def test_when_the_control_moved_too_the_machine_has_changed(where):
    control, again = (np.array(series(40, noise=0.01, seed=9, steps={36: 1.12})), 1.12) if where == "in the night" else (QUIET_CONTROL, 1.12)
    assert said(TIME, slower(), again=1.12, control=control, control_again=again).outcome == "machine changed"


def test_on_a_slower_machine_a_throughput_falls_while_the_control_takes_longer():
    slow, fast = (np.array(series(40, noise=0.01, seed=9, steps={36: factor})) for factor in (1.12, 1 / 1.12))
    assert said(SPEED, slower(1 / 1.12), again=1 / 1.12, control=slow, control_again=1.12).outcome == "machine changed"
    assert said(SPEED, slower(1 / 1.12), again=1 / 1.12, control=fast, control_again=1 / 1.12).outcome == "regression"


def test_a_file_does_not_grow_with_a_slow_machine():
    slow = np.array(series(40, noise=0.01, seed=9, steps={36: 1.12}))
    assert said(SIZE, [100.0] * 36 + [120.0] * 4, again=120.0, control=slow, control_again=1.12).outcome == "regression"


def test_without_a_control_a_regression_says_what_is_not_known():
    found = said(TIME, slower(), again=1.12, control=None, control_again=None)
    assert found.outcome == "regression"
    assert "not known" in found.sentence


def test_faster_is_no_alarm_and_of_a_throughput_less_is_worse():
    assert said(TIME, slower(1 / 1.12)).outcome == "improvement"
    assert said(SPEED, slower(1.12)).outcome == "improvement"
    assert said(SPEED, slower(1 / 1.12), again=1 / 1.12).outcome == "regression"


def test_a_ratio_is_worse_when_one_side_became_slower_and_better_when_the_other_became_faster():
    steady = series(40, seed=2)
    for above, below, worse in ((slower(), steady, True), (steady, slower(1 / 1.12), False), (steady, slower(), True)):
        cells = [one(TIME, above), one(OTHER, below), one(RATIO, np.array(above) / np.array(below))]
        found = {flag.series.kind.code: flag for flag in flags(cells)}
        assert found[RATIO.code].worse is worse
    assert [flag.series.kind.code for flag in to_confirm(tuple(found.values()))] == [OTHER.code, RATIO.code]


def test_one_lucky_metric_of_a_hundred_is_not_flagged():
    """Benjamini and Hochberg's procedure goes over all metrics of the night."""
    many = [one(TIME.model_copy(update={"code": f"latency:{number}"}), series(40, seed=number)) for number in range(200)]
    lucky = series(40, noise=0.03, seed=77)
    lucky[-2:] = [1.075, 1.075]
    assert flags([one(TIME, lucky)])
    assert TIME.code not in {flag.series.kind.code for flag in flags([*many, one(TIME, lucky)])}


def test_too_few_nights_are_said_with_how_many_are_needed():
    found = said(TIME, series(8))
    assert found.outcome == "no baseline"
    assert "7 comparable nights before this one, and 11 are needed" in found.sentence


@pytest.mark.parametrize(
    ("found", "problems", "required", "code"),
    [
        (["fine", "improvement", "not confirmed"], [], False, 0),
        (["fine", "regression", "missing"], ["a block is lost"], False, 1),
        (["fine", "inconclusive"], ["a block is lost"], False, 2),
        (["fine", "missing"], [], False, 2),
        ([], [], False, 2),
        (["fine", "machine changed"], [], False, 3),
        (["fine", "inconclusive"], [], False, 3),
        (["no baseline", "no baseline"], [], False, 0),
        (["no baseline", "no baseline"], [], True, 3),
        (["no baseline", "fine"], [], True, 0),
    ],
)
def test_exit_codes_in_their_order_of_precedence(found, problems, required, code):
    assert exit_code(found, problems, required) == code


def test_the_worst_workload_decides_and_a_night_of_none_is_a_failure():
    assert worst([0, 3, 2]) == 2
    assert worst([3, 1, 2]) == 1
    assert worst([0, 3]) == 3
    assert worst([]) == 2
    empty = night_verdict("night", "2026-01-01T00:00:00+00:00", ())
    assert (empty.exit_code, empty.state) == (2, "failure")
    assert "nothing was measured" in empty.line
    assert missing_verdict(TIME).outcome == "missing"


def test_a_change_is_marked_once_and_its_end_is_a_recovery():
    nights = {10: "inconclusive", 11: "regression", 12: "regression", 13: "not confirmed", 20: "inconclusive", 30: "improvement", 31: "improvement"}
    unmoved = np.zeros(80)
    assert marks(nights, unmoved) == (Mark(index=10, kind="flagged"), Mark(index=11, kind="regression"), Mark(index=30, kind="recovery"))
    assert marks({5: "improvement"}, unmoved) == (Mark(index=5, kind="improvement"),)
    twice = {5: "machine changed", 6: "machine changed", 60: "not confirmed"}
    assert marks(twice, unmoved) == (Mark(index=5, kind="flagged"), Mark(index=60, kind="flagged"))


@pytest.mark.parametrize("factor", [1.12, 1 / 1.12])
def test_a_regression_that_is_mended_within_days_is_marked_as_recovered(factor):
    """It never became a part of the baseline, so nothing flags its end."""
    values = np.log(series(80, seed=5, steps={40: factor, 46: 1 / factor}))
    first, second = marks({41: "regression", 42: "regression", 43: "regression"}, values)
    assert (first.kind, first.index, second.kind) == ("regression", 41, "recovery")
    assert 48 <= second.index <= 53
    lasting = np.log(series(80, seed=5, steps={40: factor}))
    assert [mark.kind for mark in marks({41: "regression", 42: "regression"}, lasting)] == ["regression"]


def test_a_quiet_level_after_a_regression_is_seldom_taken_for_a_recovery():
    lasting = [np.log(series(80, seed=seed, steps={40: 1.08})) for seed in range(100)]
    assert sum(len(marks({41: "regression"}, values)) > 1 for values in lasting) <= 5


def test_the_course_of_a_series_says_what_the_verdict_of_each_night_said():
    values = np.array(series(70, seed=5, steps={30: 1.12, 62: 1 / 1.12}))
    again = np.where(np.arange(70) % 2 == 0, values, np.nan)
    control = np.array(series(70, noise=0.01, seed=6))
    nights = np.arange(70)
    cells = [CellNights(kind=TIME, nights=nights, centres=values, again=again)]
    (course,) = outcomes(cells, ControlNights(keys=("1",) * 70, centres=control, again=control))
    for night in range(70):
        past = slice(max(0, night - 34), night + 1)
        cell = [one(TIME, values[past])]
        centres = {} if np.isnan(again[night]) else {TIME.code: again[night]}
        (expected,) = cell_verdicts(cell, flags(cell), Repeated(centres=centres, control=control[night]), control[past])
        assert course.get(night, "fine" if night >= 11 else "no baseline") == expected.outcome
    assert {"regression", "inconclusive", "improvement"} <= set(course.values())


def test_changes_of_software_are_told_by_what_differs():
    before, after = {"Python": "3.11.9", "torch": "2.14.1", "onnx": "1.23"}, {"Python": "3.11.9", "torch": "2.15.0", "keras": "3.15"}
    assert changed_text(before, after) == "torch 2.14.1 \u2192 2.15.0, onnx 1.23 \u2192 absent, keras absent \u2192 3.15"
    (change,) = software_changes([("day 1", "a", before), ("day 2", "a", before), ("day 3", "b", after)])
    assert change.at == "day 3"
