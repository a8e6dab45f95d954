"""The report on a night: a section on the nights before it, with a page of charts, in every form; any other run's has none."""

import logging

import numpy as np
import pytest
from nights import series
from pages import visible
from pypdf import PdfReader

from reportgen.analysis.history.cells import night_cells
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import NightHistory, SeriesTrend, SoftwareChange, TrendPoint
from reportgen.analysis.history.summing import workload_verdict
from reportgen.analysis.history.trend import cell_trend
from reportgen.analysis.history.verdict import Repeated, cell_verdicts, flags
from reportgen.nightly.night import make_night
from reportgen.records.night import CellKind
from reportgen.report.documents import write_documents
from reportgen.report.view import view
from reportgen.runs import Run

NIGHTS = 40


@pytest.fixture(scope="module")
def night_results(example_results, example_run_folder):
    """The example run's results as those of a night whose last nights were slower, with a change of software."""
    cells = [cell for cell in night_cells(example_results) if cell.metric in ("training_time", "accuracy", "ratio")]
    found, trends = [], []
    for number, cell in enumerate(cells):
        kind = CellKind.model_validate(cell.model_dump(exclude={"values"}))
        steps = {NIGHTS - 4: 1.2} if kind.code == "training_time:pytorch" else {}
        level = float(np.median(cell.values))
        values = [level] * NIGHTS if kind.metric == "accuracy" else series(NIGHTS, level, noise=0.01, seed=number, steps=steps)
        found.append(CellSeries(kind=kind, centres=np.array(values)))
        points = [
            TrendPoint(run="r", at=f"2026-{1 + index // 28:02d}-{1 + index % 28:02d}T02:30:00+00:00", centre=value, low=0.99 * value, high=value, n=6)
            for index, value in enumerate(values)
        ]
        trends.append(cell_trend(kind, [], points, {NIGHTS - 3: "regression"} if steps else {}))
    again = {one.kind.code: float(one.centres[-1]) for one in found}
    said = cell_verdicts(found, flags(found), Repeated(centres=again, control=1.0), np.array(series(NIGHTS, noise=0.01, seed=9)))
    tonight = make_night(Run(example_run_folder), example_results)
    verdict = workload_verdict(tonight, said, NIGHTS - 1, {**tonight.software, "torch": "2.14.0"}, False)
    change = SoftwareChange(at="2026-02-09T02:30:00+00:00", text="torch 2.14.0 \u2192 2.14.1")
    trend = SeriesTrend(
        workload="mlp", workload_title="MLP", dataset="digits", hardware="Example", nights=NIGHTS, cells=tuple(trends), changes=(change,)
    )
    return example_results.model_copy(update={"history": NightHistory(verdict=verdict, trend=trend)})


def test_a_report_on_a_night_has_the_section_in_print_and_on_the_screen(night_results, example_pictures, example, tmp_path):
    said = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    logging.getLogger("weasyprint").addHandler(handler)
    try:
        documents = write_documents(night_results, example_pictures, example.config, tmp_path)
    finally:
        logging.getLogger("weasyprint").removeHandler(handler)
    assert said == []
    # The lists of tables and of attachments name it too.
    paper = "".join(text for page in PdfReader(documents.pdf).pages if "What the nights say of this one" in (text := page.extract_text()))
    assert "regression" in paper
    words = visible(documents.html.read_text(encoding="utf-8"))
    assert "There are 39 comparable nights before this one." in words
    assert "The nights up to this one." in words
    assert "2026-02-09: torch 2.14.0 \u2192 2.14.1" in words
    assert "training_time" not in words


def test_a_run_that_is_no_night_has_no_such_section(example_results, example):
    plain = view(example_results, example.config)
    assert plain.chapters[0].history is None
    assert "history" not in plain.headings
