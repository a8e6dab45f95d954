"""Times, efficiencies and parity from made-up samples."""

from __future__ import annotations

import math

import pytest
from builders_of_scaling import trial

from reportgen.analysis.outcomes import ExperimentMeasure
from reportgen.experiments.scaling.analysis import PARITY_LIMIT, analyse


def chosen(found: tuple[ExperimentMeasure, ...], quantity: str, workers: int) -> ExperimentMeasure | None:
    return next((one for one in found if one.quantity == quantity and one.parameters["workers"] == workers), None)


def values(found: tuple[ExperimentMeasure, ...], quantity: str, workers: int) -> tuple[float, ...]:
    measure = chosen(found, quantity, workers)
    assert measure is not None
    return measure.summary.values


def test_a_round_is_one_value_and_its_passes_are_none() -> None:
    found = analyse([trial()])
    assert values(found, "step time", 1) == (0.004, 0.002, 0.004)
    assert values(found, "busy processors", 2) == (2.0, 2.0, 2.0)


def test_an_epoch_and_a_rate_follow_from_the_time_of_a_step() -> None:
    found = analyse([trial()])
    assert values(found, "epoch time", 1) == pytest.approx([step * 320 / 32 for step in (0.004, 0.002, 0.004)])
    assert values(found, "images per second", 2) == pytest.approx([8000, 8000, 16000])


def test_efficiency_compares_teams_of_one_round() -> None:
    found = analyse([trial()])
    assert values(found, "efficiency", 2) == pytest.approx([0.5, 0.25, 1.0])
    assert chosen(found, "efficiency", 1) is None


def test_each_framework_has_its_own() -> None:
    found = analyse([trial("tensorflow"), trial("pytorch")])
    assert [one.framework for one in found if one.quantity == "efficiency"] == ["tensorflow", "pytorch"]


@pytest.mark.parametrize("wrong", [{"loss": 2.0 * (1 + 2 * PARITY_LIMIT)}, {"weight": 2 * PARITY_LIMIT}, {"loss": math.nan}])
def test_a_team_that_computes_something_else_gets_no_time(wrong: dict[str, float]) -> None:
    found = analyse([trial(**wrong)])
    assert chosen(found, "step time", 1) is not None
    assert chosen(found, "step time", 2) is None
    assert chosen(found, "efficiency", 2) is None


def test_rounding_is_no_difference() -> None:
    found = analyse([trial(loss=2.0 * (1 + 1e-15))])
    assert 0 < values(found, "loss difference", 2)[0] < 1e-14
    assert chosen(found, "efficiency", 2) is not None


def test_one_worker_alone_has_times_and_no_efficiency() -> None:
    found = analyse([trial(sizes=(1,))])
    assert chosen(found, "step time", 1) is not None
    assert {one.quantity for one in found} == {"step time", "epoch time", "images per second", "busy processors"}
