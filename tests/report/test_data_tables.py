"""Numbers as CSV: what a spreadsheet or a program reads of a figure or a table."""

import csv
import io

import pytest

from reportgen.report.data_tables import data, guarded, has_numbers, plain, printed, to_csv
from reportgen.report.sections.elements import Cell, Register, figures, head, words
from reportgen.report.view import view


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1+2", "-2+3", "@SUM(A1)", "\tx", "\r=x", "-x"])
def test_no_text_is_a_formula(text):
    assert guarded(text) == f"'{text}"
    assert rows_of(to_csv(data((text,), [(text,)]))) == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize(
    ("value", "shown"), [(-0.5, "-0.5"), (0.1 + 0.2, "0.30000000000000004"), (7, "7"), (None, ""), ("-5.7e-6", "-5.7e-6"), ("a-b", "a-b")]
)
def test_numbers_stay_numbers_at_full_precision(value, shown):
    assert guarded(value) == shown


def test_lines_commas_and_quotation_marks_come_back():
    assert rows_of(to_csv(data(("a", "b"), [('x, "y"', "two\nlines")]))) == [["a", "b"], ['x, "y"', "two\nlines"]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\u22120.5", "-0.5"),
        ("12\u202f345", "12345"),
        ("378\u202f\u00b5s", "378 \u00b5s"),
        ("5.7\u202f\u00d7\u202f10^\u22126", "5.7e-6"),
        ("\u2013", ""),
        ("Figure\u00a01", "Figure 1"),
    ],
)
def test_typography_is_left_to_the_report(text, read):
    assert plain(Cell(text=text)) == read


def test_cells_that_span_stand_in_every_row_and_heads_are_joined():
    table = Register().table(
        "key",
        "Title",
        "",
        [[head("Class", rowspan=2), head("TensorFlow", colspan=2)], [head("F1"), head("Recall")]],
        [[head("0", rowspan=2), figures("1"), figures("2")], [figures("3"), words("x")]],
        [[head("All", colspan=2), figures("4")]],
    )
    assert has_numbers(table)
    assert rows_of(to_csv(printed(table))) == [
        ["Class", "TensorFlow: F1", "TensorFlow: Recall"],
        ["0", "1", "2"],
        ["0", "3", "x"],
        ["All", "All", "4"],
    ]


def test_every_table_of_the_example_is_a_full_grid(example):
    for table in view(example.results, example.config).tables:
        lines = rows_of(to_csv(printed(table)))
        assert len({len(line) for line in lines}) == 1, table.key
        assert len(lines) == 1 + len(table.rows) + len(table.foot)
