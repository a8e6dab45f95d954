"""The report on a night: a section on the nights before it, with a page of charts, in every form; any other run's has none."""

import logging

import pytest
from made_results import with_nights
from pages import visible
from pypdf import PdfReader

from reportgen.report.documents import write_documents
from reportgen.report.view import view


@pytest.fixture(scope="module")
def night_results(example_results, example_run_folder):
    return with_nights(example_results, example_run_folder)


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
