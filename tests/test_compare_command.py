"""``compare``: runs by name, path and latest, what is refused, and its documents, from the example run and an altered copy of it."""

from __future__ import annotations

import csv
import json
import logging
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from across_runs import EXAMPLE_RUN, altered_copy, rewritten
from builders import make_suite
from pages import Page, visible
from pdf_rules import violations
from pypdf import PdfReader

from reportgen import compare_command
from reportgen.analysis.across.compare import compare_runs
from reportgen.analysis.across.outcome import Comparison
from reportgen.analysis.across.side import sides
from reportgen.analysis.study import analyse
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.evidence import gather
from reportgen.report.across.documents import write_comparison
from reportgen.runs import Run

FIRST, SECOND = "2026-11-01-000000-mlp-digits", "2026-11-02-000000-mlp-digits"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with two comparable runs, and one of another machine."""
    folder = tmp_path_factory.mktemp("compared")
    shutil.copytree(EXAMPLE_RUN, folder / "runs" / FIRST)
    altered_copy(folder / "runs" / SECOND, {"tensorflow": 1.5})
    altered_copy(folder / "elsewhere", {})
    rewritten(folder / "elsewhere" / "environment.json", lambda content: content["hardware"].update(usable_cpus=64))
    return folder


def says(place: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "reportgen", "compare", *arguments]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def written(place) -> tuple[str, Path]:
    """What the verb printed, and the folder of its documents."""
    before = contents(place / "runs")
    code, said = says(place, FIRST, "latest", "--form", "html")
    assert code == 0, said
    assert contents(place / "runs") == before, "nothing is trained, and no run is touched"
    return said, place / "out" / f"{FIRST}-and-{SECOND}"


def test_what_differs_is_printed(written):
    said, _ = written
    assert re.search(r"torch\s+2\.14\.1\s+2\.15\.0", said)
    assert "Total training time, TensorFlow: TensorFlow in A trained 1.5" in said
    assert "n = 6 and 6" in said
    assert "not paired" in said


def test_the_forms_that_were_asked_for_are_written_and_the_figures_always(written):
    _, folder = written
    assert {path.name for path in folder.iterdir()} == {"comparison.html", "comparison.json"}
    comparison = Comparison.model_validate_json((folder / "comparison.json").read_bytes())
    assert [run.run for run in comparison.runs] == [FIRST, SECOND]
    assert comparison.findings_of(1)


def test_the_page_shows_every_metric_and_every_finding(written):
    _, folder = written
    comparison = Comparison.model_validate_json((folder / "comparison.json").read_bytes())
    markup = (folder / "comparison.html").read_text(encoding="utf-8")
    words = " ".join(visible(markup).split())
    for metric in comparison.metrics:
        assert metric.title in words
    for finding in comparison.findings_of(1):
        assert " ".join(finding.sentence.split())[1:] in words
    assert "unchanged" in words, "the sizes of the exports"
    page = Page(markup)
    assert all(image["alt"] for image in page.all("img"))
    targets = {f"#{attributes['id']}" for _, attributes in page.tags if "id" in attributes}
    assert {link["href"] for link in page.all("a")} <= targets
    assert not re.search(r'(?:src|href)="(?:https?:)?//', markup), "it opens without a network"


def test_json_alone_writes_nothing(place):
    shutil.rmtree(place / "nowhere", ignore_errors=True)
    code, said = says(place, FIRST, f"runs/{SECOND}", "--json", "--out", "nowhere")
    assert code == 0
    assert [run["label"] for run in json.loads(said)["runs"]] == ["A", "B"]
    assert not (place / "nowhere").exists()


def test_another_machine_is_refused_and_nothing_is_written(place):
    code, said = says(place, FIRST, "elsewhere", "--out", "nowhere")
    assert code == 2
    assert "not comparable" in said
    assert "usable processors (2 and 64)" in said
    assert not (place / "nowhere").exists()


@pytest.mark.parametrize(
    ("names", "forms", "advice"),
    [
        ((FIRST,), (), "2 to 8 runs"),
        ((FIRST, f"./runs/{FIRST}"), (), "given already"),
        ((FIRST, "2020-no-run"), (), "no run called '2020-no-run'"),
        ((FIRST, SECOND), ("markdown",), "html,pdf"),
        ((FIRST, SECOND), (" , ",), "at least one name"),
    ],
)
def test_what_cannot_be_compared_says_why(place, names, forms, advice, monkeypatch):
    monkeypatch.chdir(place)
    with pytest.raises(ReportgenError, match=advice):
        compare_command.compare(names, forms, None, None, as_json=False, command="")


def test_of_a_suite_one_workload_is_compared(tmp_path):
    make_suite(tmp_path)
    with pytest.raises(ReportgenError, match="2026-01-suite/first, 2026-01-suite/second"):
        compare_command.find_runs(tmp_path, ("2026-01-suite", "2026-01-suite/first"))


def test_the_names_of_folders_tell_comparisons_apart():
    assert compare_command.folder_name(("a", "suite/b")) == "a-and-suite-b"
    assert len({compare_command.folder_name(names) for names in (("a", "b", "c"), ("a", "b", "d"), ("a", "c", "b"))}) == 3


@pytest.fixture(scope="module")
def pdf(place, tmp_path_factory) -> Path:
    """The PDF on three runs, one of them compared with both others; WeasyPrint must have nothing to say."""
    third = altered_copy(place / "third", {"pytorch": 1.3})
    runs = [Run(folder) for folder in (place / "runs" / FIRST, place / "runs" / SECOND, third)]
    records = [gather(run) for run in runs]
    comparison = compare_runs(sides([(run.name, one, analyse(one)) for run, one in zip(runs, records, strict=True)]))
    folder = tmp_path_factory.mktemp("pdf")
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    logging.getLogger("weasyprint").addHandler(handler)
    try:
        paths = write_comparison(comparison, "python -m reportgen compare A B C", load_config(folder_config(folder)), folder, ("pdf",))
    finally:
        logging.getLogger("weasyprint").removeHandler(handler)
    assert said == []
    assert [path.name for path in paths.values()] == ["comparison.pdf", "comparison.json"]
    return paths["PDF"]


def folder_config(folder: Path) -> Path:
    path = folder / "report.toml"
    path.write_text('[report]\npaper = "Letter"\n')
    return path


def test_the_pdf_holds_all_runs_and_its_figures(pdf):
    reader = PdfReader(pdf)
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for part in ("Runs A, B and C compared", "Findings, B against A", "Findings, C against A", "Ratios, C over A", "Not paired"):
        assert part in words
    assert reader.pages[0].mediabox.width == pytest.approx(612)
    assert violations(pdf.read_bytes()) == []
    with pikepdf.open(pdf) as document:
        attached = {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}
        described = {name: document.attachments[name].description for name in document.attachments}
    assert attached.pop("comparison.json") == (pdf.parent / "comparison.json").read_bytes()
    # Of every figure and of every table of figures the numbers, as the report's own PDF has them.
    assert set(attached) == {"figure-ratios-b.csv", "figure-ratios-c.csv", "table-metrics.csv", "table-findings-b.csv", "table-findings-c.csv"}
    assert described["figure-ratios-b.csv"] == "Figure 1. Ratios, B over A"
    drawn = list(csv.DictReader(attached["figure-ratios-c.csv"].decode().splitlines()))
    comparison = Comparison.model_validate_json((pdf.parent / "comparison.json").read_bytes())
    shown = [one for one in comparison.findings_of(2) if one.ratio is not None and one.interval is not None]
    assert [(row["comparison"], float(row["ratio"]), float(row["interval low"])) for row in drawn] == [
        (one.title, one.ratio, one.interval.low) for one in shown
    ]
    metrics = list(csv.reader(attached["table-metrics.csv"].decode().splitlines()))
    assert len(metrics) == 1 + len(comparison.metrics)
    assert all(name in words for name in (*attached, "comparison.json"))
