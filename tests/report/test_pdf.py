"""The PDF of the example run: text, structure, attachments, and bytes that do not depend on the process."""

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from pypdf import PdfReader

from reportgen.report.data_tables import has_numbers
from reportgen.report.format import number
from reportgen.report.sections.elements import summary_text
from reportgen.report.sections.findings import sentence
from reportgen.report.view import view

LARGEST_BYTES = 600 * 1024


@pytest.fixture(scope="module")
def reader(example):
    return PdfReader(example.documents.pdf)


@pytest.fixture(scope="module")
def pages(reader):
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def text(pages):
    return " ".join(pages)


def squeezed(words: str) -> str:
    """Return words without spaces and hyphens: where lines break is the typesetter's choice."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", words)


def test_weasyprint_has_nothing_to_say(example):
    assert example.warnings == ()


def test_it_fits_its_budget(example):
    assert example.documents.pdf.stat().st_size <= LARGEST_BYTES


def test_words_in_figures_are_text_on_paper_and_drawn_where_there_are_no_fonts(example, text):
    assert "Seconds of one epoch" in text
    page = example.documents.html.read_text(encoding="utf-8")
    drawings = [unquote(found) for found in re.findall(r"data:image/svg\+xml,([^\"]+)", page)]
    assert drawings
    assert [drawing for drawing in drawings if "<text" in drawing] == []


def test_title_data_stand_on_the_first_page(pages):
    for expected in ("Two frameworks, one network", "Ada Beispiel", "0042", "Neural Networks", "Prof. Muster", "Example University", "2026-11-30"):
        assert squeezed(expected) in squeezed(pages[0])


def test_every_table_and_figure_is_there_once_in_order(example, text):
    content = view(example.results, example.config)
    for word, items in (("Table", content.tables), ("Figure", content.figures)):
        assert [item.number for item in items] == list(range(1, len(items) + 1))
        places = [squeezed(text).find(squeezed(f"{word} {item.number}. {item.title}.")) for item in items]
        assert -1 not in places
        assert places == sorted(places)


def test_contents_name_the_pages_on_which_the_sections_are(example, pages):
    content = view(example.results, example.config)
    listed = squeezed(pages[1] + pages[2])
    for heading in content.headings.values():
        label = squeezed(f"{heading.number}{heading.title}")
        match = re.search(re.escape(label) + r"(\d+)", listed)
        assert match, heading.title
        candidates = [page for page, words in enumerate(pages, start=1) if page > 2 and label in squeezed(words)]
        assert any(match.group(1).startswith(str(page)) for page in candidates), (heading.title, match.group(1), candidates)


def test_headline_numbers_are_those_of_the_results(example, text):
    for framework in example.results.frameworks:
        assert number(framework.accuracy.mean * 100, 1) in text
        assert framework.version in text


def test_findings_are_printed_word_for_word(example, text):
    assert example.results.findings
    for finding in example.results.findings:
        assert squeezed(sentence(finding.sentence)) in squeezed(text), finding.code


def test_every_parity_check_is_listed(example, text):
    assert example.results.parity
    for check in example.results.parity:
        if check.outcome == "skipped" and check.precision == "-":
            continue
        assert check.code in text
        assert squeezed(check.name) in squeezed(text)


def test_what_the_author_has_not_written_is_said(text):
    assert text.count("Not provided by the author") == 2
    assert "The spread matters." in text


def test_what_the_author_s_text_names_is_printed(example, pages, text):
    page = next(words for words in pages[2:] if "The spread matters." in words)
    mean = summary_text(example.results.frameworks[0].accuracy, 100.0, 3).mean
    curves = next(figure for figure in view(example.results, example.config).figures if figure.key == "curves")
    assert squeezed(f"TensorFlow reached {mean} %, see Figure {curves.number} and [9].") in squeezed(page)
    assert "This note stands at the foot of its page." in page
    assert squeezed("[9] A. Lovelace, Notes.") in squeezed(text)


def test_the_author_s_text_runs_nothing(text):
    assert "alert(1)" in text
    assert "{{ 7 * 7 }}" in text
    assert "49" not in re.findall(r"alert\(1\).{0,40}", text)[0]


def test_results_and_the_data_of_figures_and_tables_are_attached(example):
    content = view(example.results, example.config)
    with pikepdf.open(example.documents.pdf) as pdf:
        names = [f"figure-{one.key}.csv" for one in content.figures] + [f"table-{one.key}.csv" for one in content.tables if has_numbers(one)]
        assert sorted(pdf.attachments) == list(pdf.attachments) == sorted(["results.json", *names])
        assert {name for name, _ in content.attachments} == set(pdf.attachments)
        assert "headline" in pdf.attachments["table-headline.csv"].description.lower()
        curves = csv.DictReader(io.StringIO(pdf.attachments["figure-curves.csv"].get_file().read_bytes().decode()))
        losses = [float(row["training loss"]) for row in curves if row["framework"] == example.results.frameworks[0].title]
        assert losses == [loss for trial in example.results.frameworks[0].curves.train_loss for loss in trial]
        assert pdf.attachments["results.json"].get_file().read_bytes() == example.documents.results.read_bytes()


def test_pages_have_the_size_that_was_asked_for(reader):
    for page in reader.pages:
        width, height = (float(value) / 72 * 25.4 for value in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)


RENDER = """
import sys
from pathlib import Path
from reportgen.config import load_config
from reportgen.jobs import render
from reportgen.runs import Run
render(Run(Path(sys.argv[1])), load_config(Path(sys.argv[2])), Path(sys.argv[3]))
"""


def places_of_text(page) -> list[float]:
    """Return how high each piece of text stands above the foot of the page, in points."""
    places = []

    def visit(text, matrix, line, *_):
        if text.strip():
            places.append(matrix[3] * line[5] + matrix[5])

    page.extract_text(visitor_text=visit)
    return places


def test_no_page_is_half_empty(reader):
    """Long tables are divided, and text and tables stand before the figures that do not fit."""
    margin = 25 / 25.4 * 72
    height = float(reader.pages[0].mediabox.height)
    empty = []
    for page in reader.pages[2:-1]:  # behind title and contents; the last one ends where the report does
        lowest = min(place for place in places_of_text(page) if place > margin)  # the page's number stands below
        empty.append((lowest - margin) / (height - 2 * margin))
    assert max(empty) < 0.5
    assert sum(empty) / len(empty) < 0.2


def test_two_processes_make_the_same_bytes(example, tmp_path):
    run = Path(__file__).parents[2] / "docs" / "example-run"
    digests = []
    for name in ("first", "second"):
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONHASHSEED": "1" if name == "first" else "2"}
        subprocess.run([sys.executable, "-c", RENDER, str(run), str(example.config.path), str(tmp_path / name)], env=environment, check=True)
        folder = tmp_path / name / run.name
        digests.append([hashlib.sha256((folder / document).read_bytes()).hexdigest() for document in ("report.pdf", "report.html")])
    assert digests[0] == digests[1]


def test_letter_paper(example, tmp_path):
    from reportgen.report.documents import make_resources, stable_json
    from reportgen.report.markup import to_markup
    from reportgen.report.pdf import to_pdf

    config = example.config.model_copy(update={"report": example.config.report.model_copy(update={"paper": "Letter"})})
    content = view(example.results, config)
    resources = make_resources(example.results, example.pictures, content)
    pdf = to_pdf(to_markup(content, resources, "print", None), resources, stable_json(example.results), example.results.finished_at)
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (612, 792)
