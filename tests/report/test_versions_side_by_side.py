"""The section on variants and the table of software, on the example run with variants made of its own trials."""

from __future__ import annotations

import made_results
import pytest
from pages import visible

from reportgen.analysis.results import Results
from reportgen.config import Config
from reportgen.headline import headline_table
from reportgen.report.documents import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.mode_figures import variants_figure
from reportgen.report.sections.elements import Register
from reportgen.report.sections.variants import variants
from reportgen.report.view import view


@pytest.fixture(scope="module")
def with_variants(example_results: Results) -> Results:
    return made_results.with_variants(example_results)


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_without_variants_there_is_no_section(example_results, tmp_path):
    assert variants(example_results, Register()) is None
    content = view(example_results, Config(folder=tmp_path))
    assert "variants" not in content.headings
    assert [cell.text for cell in content.software.software.head[0]] == ["Component", "Version", "Used as"]


def test_what_a_variant_changes_is_said(with_variants):
    changes = cells(variants(with_variants, Register()).changes)
    assert changes[0][:2] == ["next", "Python 3.12.1"]
    assert "torch 2.15.0 (here 2.14.1)" in changes[0][2]
    assert changes[1] == ["plain", "this one", "TF_ENABLE_ONEDNN_OPTS=0"]


def test_every_framework_stands_above_its_variants_with_the_version_that_was_read_back(with_variants):
    section = variants(with_variants, Register())
    rows = cells(section.table)
    assert [row[0] for row in rows] == ["TensorFlow", "TensorFlow, plain", "PyTorch", "PyTorch, next", "PyTorch, plain"]
    assert rows[3][1] == "2.15.0"
    assert rows[3][4] == "1.23 [1.10, 1.40]"
    assert rows[2][-1] == "the reference"
    assert rows[4][2] == "\u2013"
    assert section.failures == ("PyTorch in plain was not measured: it did not start.",)
    assert variants_figure(with_variants).svg.startswith(b"<svg ")


def test_the_table_of_software_has_a_column_for_each_variant(with_variants, tmp_path):
    table = view(with_variants, Config(folder=tmp_path)).software.software
    assert [cell.text for cell in table.head[0]] == ["Component", "Version", "next", "plain", "Used as"]
    rows = {row[0].text: [cell.text for cell in row[1:4]] for row in table.rows}
    assert rows["torch"] == ["2.14.1", "2.15.0", "\u2013"]
    assert rows["Python"][1:] == ["3.12.1", "\u2013"]
    assert len({len(row) for row in table.rows}) == 1


def test_the_page_has_the_section_and_the_terminal_a_line_for_each(with_variants, example_pictures, tmp_path):
    content = view(with_variants, Config(folder=tmp_path))
    page = to_markup(content, make_resources(with_variants, example_pictures, content), "screen", tmp_path)
    words = visible(page)
    for part in ("Versions and settings side by side", "TF_ENABLE_ONEDNN_OPTS=0", "Epoch time by variant", "PyTorch, next"):
        assert part in words
    labels = list(headline_table(with_variants).columns[0].cells)
    assert labels[-2:] == ["In next: training time", "In plain: training time"]
