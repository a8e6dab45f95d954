"""What measuring costs, worked out by hand."""

import pytest

from reportgen.analysis.inputs import Span
from reportgen.analysis.overhead import INTERRUPTION_S, overhead


def span(began_s, ended_s, phases_s):
    return Span(began_s=began_s, ended_s=ended_s, phases_s=phases_s)


def test_everything_between_the_first_start_and_the_last_end_counts():
    found = overhead([span(100, 110, 9), span(111, 121, 10)])
    assert (found.wall_s, found.phases_s, found.trials, found.interruptions) == (21, 19, 2, 0)
    assert found.ratio == pytest.approx(21 / 19)


def test_trials_are_put_in_order():
    assert overhead([span(111, 121, 10), span(100, 110, 10)]) == overhead([span(100, 110, 10), span(111, 121, 10)])


def test_an_interruption_is_no_overhead():
    found = overhead([span(0, 10, 10), span(10 + INTERRUPTION_S + 1, 30 + INTERRUPTION_S, 19)])
    assert (found.wall_s, found.interruptions, found.ratio) == (pytest.approx(29), 1, pytest.approx(1.0))


def test_a_second_in_which_two_trials_run_counts_once():
    assert overhead([span(0, 10, 10), span(8, 12, 4)]).wall_s == 12


def test_where_nothing_was_measured_there_is_none():
    assert overhead([]) is None
