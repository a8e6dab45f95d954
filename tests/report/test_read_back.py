"""Printed numbers are read back as what they were, so that tables sort by value."""

import pytest

from reportgen.report.format import duration, integer, number, percent, scientific, signed, size
from reportgen.report.plots import Scale
from reportgen.report.read_back import leading_number
from reportgen.report.sections.columns import columns_of
from reportgen.report.sections.elements import Register, figures, head, words


@pytest.mark.parametrize("value", [0.0, 1.5, -1.5, 12345.678, 0.001234, -98765.4, 1e-7, 3.2e9])
def test_numbers_are_read_back(value):
    assert leading_number(number(value, 9)) == pytest.approx(value)
    assert leading_number(scientific(value, 8)) == pytest.approx(value)
    assert leading_number(signed(value, 9)) == pytest.approx(value)


@pytest.mark.parametrize("seconds", [2e-6, 0.0034, 0.5, 7.0, 300.0, 10_000.0])
def test_times_of_all_units_are_compared_in_seconds(seconds):
    assert leading_number(duration(seconds, 6)) == pytest.approx(seconds)


@pytest.mark.parametrize("size_bytes", [12, 2048, 5 * 1024**2])
def test_sizes_of_all_units_are_compared_in_bytes(size_bytes):
    assert leading_number(size(size_bytes)) == pytest.approx(size_bytes)


def test_words_have_no_number_and_intervals_their_first():
    assert leading_number("not available") is None
    assert leading_number("\u2013") is None
    assert leading_number("0.698 [0.682, 0.750]") == pytest.approx(0.698)
    assert leading_number("<\u202f0.0001") == pytest.approx(0.0001)
    assert leading_number(percent(0.947)) == pytest.approx(94.7)
    assert leading_number(integer(12_345)) == 12_345


def test_heads_know_the_column_below_them():
    top = [head("Class", rowspan=2), head("One", colspan=2), head("Other", rowspan=2)]
    low = [head("a"), head("b")]
    assert [[column for _, column in line] for line in columns_of([top, low])] == [[0, None, 3], [1, 2]]


def sortable(rows, heads, style=""):
    return Register().table("key", "Title", "", [[head(text) for text in heads]], rows, style=style).sortable


def test_tables_sort_where_their_rows_are_of_one_kind():
    rows = [[words("a"), figures("1")], [words("b"), figures("2")], [words("c"), figures("3")]]
    assert sortable(rows, ("Name", "Value"))
    assert not sortable(rows[:2], ("Name", "Value")), "two rows are seen at a glance"
    assert not sortable(rows, ("Name", "Name")), "lists side by side"
    assert not sortable(rows, ("Name", "Value"), "matrix")
    assert not sortable([*rows, [words("together", colspan=2)]], ("Name", "Value"))


def test_places_are_where_the_axes_put_them():
    linear = Scale(low=0.0, high=10.0, from_share=0.1, to_share=0.9, logarithmic=False)
    assert (linear.place(0.0), linear.place(5.0), linear.place(11.0), linear.place(float("nan"))) == (
        pytest.approx(0.1),
        pytest.approx(0.5),
        None,
        None,
    )
    log = Scale(low=1.0, high=100.0, from_share=0.9, to_share=0.1, logarithmic=True)
    assert (log.place(10.0), log.place(0.0)) == (pytest.approx(0.5), None)
