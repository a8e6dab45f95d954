"""Numbers as they are printed."""

import math

import pytest

from reportgen.report.format import decimals_for, duration, enumeration, integer, number, percent, plural, scientific, signed, significant, size
from reportgen.report.templating import typeset

THIN = "\u202f"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("uncertainty", "value", "decimals"),
    [
        (0.24, 96.9, 2),
        (0.14, 97.2, 2),
        (0.5, 9.2, 1),
        (3.0, 9.2, 0),
        (24.0, 1253.0, 0),
        (0.00029, 0.1, 5),
        (None, 0.0123, 4),
        (None, 123.0, 0),
        (0.0, 1.5, 2),
    ],
)
def test_the_uncertainty_decides_the_digits(uncertainty, value, decimals):
    assert decimals_for(uncertainty, value) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1234.5, 1, "1234.5"), (12345.0, 0, f"12{THIN}345"), (-0.5, 1, f"{MINUS}0.5"), (-0.001, 1, "0.0"), (9999.6, 0, f"10{THIN}000")],
)
def test_numbers(value, decimals, text):
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1.234, f"1.23{THIN}s"),
        (0.0123, f"12.3{THIN}ms"),
        (5.49e-6, f"5.49{THIN}\u00b5s"),
        (150.0, f"2.50{THIN}min"),
        (7200.0, f"2.00{THIN}h"),
        (0.0, f"0{THIN}s"),
    ],
)
def test_durations(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"), [(512, f"512{THIN}B"), (2048, f"2.0{THIN}KiB"), (206140, f"201.3{THIN}KiB"), (3 * 2**20, f"3.0{THIN}MiB")]
)
def test_sizes(size_bytes, text):
    assert size(size_bytes) == text


def test_the_rest():
    assert percent(0.9688) == f"96.88{THIN}%"
    assert signed(0.5, 1) == "+0.5"
    assert signed(-0.5, 1) == f"{MINUS}0.5"
    assert signed(0.0, 1) == "0.0"
    assert significant(0.012345) == "0.0123"
    assert scientific(1.1e-5) == f"1.1{THIN}\u00d7{THIN}10^{MINUS}5"
    assert integer(54000) == f"54{THIN}000"
    assert plural(1, "block") == "1 block"
    assert plural(2, "block") == "2 blocks"
    assert enumeration(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    "function", [duration, percent, significant, scientific, size, lambda value: number(value, 2), lambda value: signed(value, 2)]
)
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_no_number_is_said_in_words(function, value):
    assert function(value) == "not available"


def test_what_belongs_together_stays_on_one_line() -> None:
    assert typeset("faster [1, 2], n = 6; p < 0.001") == "faster [1, 2], n\u00a0=\u00a06; p\u00a0&lt;\u00a00.001"
    assert typeset("10^\u22126, on = 5") == "10<sup>\u22126</sup>, on = 5"
