"""Who gets a time, and what arithmetic alone would take."""

from __future__ import annotations

import pytest
from builders_of_graphs import SIZES, losses, trial

from reportgen.experiments.graphs.analysis import LOSS_LIMIT, analyse


def test_styles_that_agree_are_summarised_with_their_interval() -> None:
    found = analyse([trial("tensorflow", {"eager": 1e-3, "traced": 1e-4}), trial("pytorch", {"eager": 1e-5})])
    times = [one for one in found if one.quantity == "step time"]
    assert len(times) == 3 * len(SIZES)
    assert all(one.summary.n == 7 and one.summary.interval is not None for one in times)
    assert all(one.summary.maximum == 0 for one in found if one.quantity == "loss difference")
    assert not [one for one in found if one.quantity == "loss"]


def test_a_style_whose_losses_differ_gets_no_time_and_no_first_call() -> None:
    wrong = {"traced": losses(1 + 2 * LOSS_LIMIT)}
    found = analyse([trial("tensorflow", {"eager": 1e-3, "traced": 1e-4}, wrong), trial("pytorch", {"eager": 1e-5})])
    assert {(one.framework, one.subject) for one in found if one.quantity == "step time"} == {("tensorflow", "eager"), ("pytorch", "eager")}
    assert "traced" not in {one.subject for one in found if one.quantity == "first call"}
    differences = {one.subject: one.summary.maximum for one in found if one.quantity == "loss difference" and one.framework == "tensorflow"}
    assert differences["traced"] == pytest.approx(2 * LOSS_LIMIT)


def test_losses_that_are_no_number_agree_with_nothing() -> None:
    wrong = {"traced": [float("nan"), *losses()[1:]]}
    found = analyse([trial("tensorflow", {"eager": 1e-3, "traced": 1e-4}, wrong), trial("pytorch", {"eager": 1e-5, "other": 1e-5})])
    timed = {(one.framework, one.subject) for one in found if one.quantity == "step time"}
    assert timed == {("tensorflow", "eager"), ("pytorch", "eager"), ("pytorch", "other")}


def test_the_limit_is_the_operations_at_the_highest_rate_of_any_process() -> None:
    found = analyse([trial("tensorflow", {"eager": 1e-3}, rate=4e10), trial("pytorch", {"eager": 1e-5}, rate=8e10)])
    limits = {one.parameters["flops"]: one.summary.median for one in found if one.quantity == "arithmetic limit"}
    assert limits == {size.flops: pytest.approx(size.flops / 8e10) for size in SIZES}
