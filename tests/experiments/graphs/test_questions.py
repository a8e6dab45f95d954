"""What is made of a style's answers."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from reportgen.experiments.graphs.questions import Answers, branch_answer


def meant(x: Any) -> Any:
    return x + 1 if x.sum() > 0 else x - 1


def test_a_style_that_follows_python_is_right_both_times() -> None:
    assert branch_answer(lambda function: function, meant, np.asarray).right == 2


def test_a_style_that_keeps_the_first_way_is_right_once() -> None:
    def transform(function: Any) -> Any:
        warnings.warn("kept", UserWarning, stacklevel=1)
        return lambda x: x + 1

    answer = branch_answer(transform, meant, np.asarray)
    assert (answer.right, answer.text) == (1, "UserWarning")


def test_a_style_that_refuses_is_named_by_its_error() -> None:
    def transform(function: Any) -> Any:
        raise TypeError("a tensor is no truth")

    answer = branch_answer(transform, meant, np.asarray)
    assert (answer.right, answer.text) == (0, "TypeError")


def test_answers_become_series_and_remarks() -> None:
    answers = Answers()
    answers.branch("a", branch_answer(lambda function: function, meant, np.asarray))
    answers.runs("a", 5)
    assert [(one.quantity, one.samples) for one in answers.series()] == [("right answers of an if", (2.0,)), ("runs of Python", (5.0,))]
    assert answers.notes() == ()
