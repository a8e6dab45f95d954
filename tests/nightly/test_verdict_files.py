"""The verdict as files, for programs and for people."""

import json
from xml.etree import ElementTree

import numpy as np
import pytest
from markdown_it import MarkdownIt
from nights import SOFTWARE, cell, night, series

from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import NightVerdict
from reportgen.analysis.history.summing import night_verdict, workload_verdict
from reportgen.analysis.history.verdict import Repeated, cell_verdicts, flags, missing_verdict
from reportgen.nightly.verdict_files import JUNIT, SUMMARY, VERDICT, junit, summary, write_verdict
from reportgen.records import Sentence
from reportgen.records.night import CellKind

COLOURED = "\x1b[31mit *failed* | badly\x00 <b>\n in line 2"


def kind(code, **changes):
    made = cell(code, 1.0, **changes)
    return CellKind.model_validate(made.model_dump(exclude={"values"}))


@pytest.fixture
def verdict():
    """A night with a confirmed regression, a metric that is fine, one that is missing, one without baseline, and a problem."""
    cells = [
        CellSeries(kind=kind("training_time:torch"), centres=np.array(series(40, steps={36: 1.15}))),
        CellSeries(kind=kind("epoch_time:torch"), centres=np.array(series(40, seed=2))),
        CellSeries(kind=kind("latency:torch"), centres=np.array([1.0, 1.0])),
    ]
    repeated = Repeated(centres={"training_time:torch": 1.15}, control=1.0)
    said = cell_verdicts(cells, flags(cells), repeated, np.array(series(40, noise=0.01, seed=3)))
    tonight = night(39, [cell("training_time:torch", 1.15)], problems=(COLOURED,))
    one = workload_verdict(tonight, [*said, missing_verdict(kind("cold_start:torch"))], 39, SOFTWARE | {"torch": "2.14.0"}, False)
    return night_verdict("night-039", tonight.created_at, [one], left_out=[Sentence(sentence="night-007 is left out of the history: it is damaged.")])


def test_the_line_says_what_was_confirmed(verdict):
    assert verdict.exit_code == 1
    assert verdict.line.startswith("regression (exit code 1): confirmed, Training time, torch +1")
    assert "\n" not in verdict.line


def test_json_holds_everything(verdict, tmp_path):
    write_verdict(tmp_path, verdict)
    written = json.loads((tmp_path / VERDICT).read_text())
    assert NightVerdict.model_validate(written) == verdict
    (workload,) = written["workloads"]
    assert [one["outcome"] for one in workload["cells"]] == ["regression", "fine", "no baseline", "missing"]
    assert workload["software"]["torch"] == "2.14.1"
    assert (tmp_path / JUNIT).is_file()
    assert (tmp_path / SUMMARY).is_file()


def test_junit_counts_what_it_holds_and_survives_any_message(verdict):
    root = ElementTree.fromstring(junit(verdict))
    (suite,) = root.findall("testsuite")
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "1",
        "errors": "2",
        "skipped": "1",
    }
    failed = suite.find("testcase/failure")
    assert "worse by" in failed.text
    measurement = suite.find("testcase[@classname='mlp.measurement']/error")
    assert "it *failed* | badly <b>" in measurement.text.replace("[31m", "")


def test_junit_of_a_night_that_measured_nothing_is_an_error():
    nothing = night_verdict("night", "2026-01-01T00:00:00+00:00", (), (Sentence(sentence="There is no data set."),))
    (suite,) = ElementTree.fromstring(junit(nothing)).findall("testsuite")
    assert suite.get("errors") == "1"
    assert nothing.exit_code == 2


def test_the_summary_is_short_and_no_message_breaks_it(verdict):
    text = summary(verdict, ["report.pdf", "trend.html"])
    markup = MarkdownIt("commonmark").enable("table").render(text)
    assert markup.count("<table>") == 1
    assert markup.count("<tr>") == 3, "the head, the regression and the missing metric"
    assert "<b>" not in markup
    assert "it *failed* | badly" in markup
    assert "No change is shown in 1 metric. For 1 metric the nights are still too few to say anything." in markup
    assert "Since the night before, the software has changed: torch 2.14.0 \u2192 2.14.1." in markup
    assert '<a href="trend.html">' in markup
    assert "night-007" in markup
