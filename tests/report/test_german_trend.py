"""A German trend page: charts, filters, tables and the verdict in German, from nights that were recorded in English."""

import html
import re

import pytest
from nights import SOFTWARE, cell, night, series, write
from unmade import unmade, unmarked

from reportgen import languages
from reportgen.analysis.history.cells import EXPORT_TITLES, night_cells
from reportgen.analysis.history.shown import CellVerdict
from reportgen.analysis.history.summing import in_language, night_verdict, workload_verdict
from reportgen.analysis.history.titles import METRICS, cell_title
from reportgen.language import Language, spoken
from reportgen.nightly.history import ask
from reportgen.nightly.trends import all_trends
from reportgen.report.trend.page import trend_markup

NIGHTS = 40
#: Names of things, and units.
NAMES = re.compile(r"\S*/\S*|\b(plan\.json|mlp|torch|flow|digits|Example|GiB|TFLite|night-damaged|night\.json|ms)\b")


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Nights with a step, exports, a new package, and one that is damaged."""
    folder = tmp_path_factory.mktemp("german") / "runs"
    slow = series(NIGHTS, steps={30: 1.15})
    for index in range(NIGHTS):
        cells = [
            cell("training_time:torch", *(slow[index] * part for part in (0.98, 0.99, 1.0, 1.0, 1.01, 1.02)), title="Training time, torch (eager)"),
            cell("export_throughput:flow:tflite", 900.0, unit="1/s", worse="lower", title="Throughput, TFLite from flow"),
            cell("ratio:training_time", 1.0, framework="", unit="ratio", title="Ratio of training times, torch to flow"),
        ]
        repeat = [cell("training_time:torch", slow[index])] if index >= 30 else []
        write(folder, night(index, cells, software=SOFTWARE | ({"added": "1"} if index >= 35 else {}), repeat=repeat))
    (folder / "night-damaged").mkdir()
    (folder / "night-damaged" / "night.json").write_text("{")
    return folder


def page(runs, language: Language) -> str:
    kind = {"metric": "training_time", "framework": "torch", "unit": "s"}
    worse = CellVerdict(code="1", title="Training time, torch", outcome="regression", value=1.15, baseline=1.0, change=0.15, **kind)
    verdict = night_verdict("now", "2026-03-01T02:30:00", [workload_verdict(night(0, []), [worse], 30, {}, False)])
    with spoken(language):
        trends, damaged = ask(runs, lambda connection, damaged: (all_trends(connection), damaged))
        return trend_markup(trends, in_language(verdict).line, [str(one.sentence) for one in damaged])


def texts(markup: str) -> list[str]:
    """Return what the page shows and what is read aloud."""
    body = re.sub(r"(?s)<style\b.*?</style>", " ", markup)
    return [html.unescape(text) for text in (*re.findall(r'aria-label="([^"]*)"', body), *re.split(r"<[^>]+>", body))]


def test_every_text_of_the_page_goes_through_a_catalogue(runs):
    left = [NAMES.sub(" ", unmarked(text)) for text in texts(page(runs, unmade()))]
    assert [text for text in left if re.search(r"[A-Za-z]{3}", text.replace("added", ""))] == []


def test_a_german_page_reads_as_german(runs):
    said = texts(page(runs, languages.find("de")))
    markup = page(runs, languages.find("de"))
    assert '<html lang="de"' in markup
    assert "Trainingszeit, torch (eager)" in said
    assert "Durchsatz, TFLite aus flow" in said
    assert any("900\u202fBilder/s am 09.02.2026" in text for text in said)
    assert any("added nicht vorhanden → 1" in text for text in said)
    assert any("Verschlechterung (Exit-Code 1): bestätigt, Trainingszeit, torch +15,0" in text for text in said)
    english = set(texts(page(runs, Language())))
    assert not [text for text in english & set(said) if re.search(r"[A-Za-z]{3}", NAMES.sub("", text).replace("Framework", ""))]


def test_every_metric_that_a_night_records_has_its_title_in_german(example):
    cells = night_cells(example.results)
    with spoken(languages.find("de")):
        titles = {one.title: cell_title(one.title) for one in cells}
    assert [recorded for recorded, title in titles.items() if recorded == title] == []
    assert {one.metric for one in cells} <= set(METRICS)
    assert {metric for metric, _ in EXPORT_TITLES.values()} <= set(METRICS)
    assert [cell_title(one.title) for one in cells] == [one.title for one in cells]
