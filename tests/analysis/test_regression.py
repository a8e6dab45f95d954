"""Scores where numbers are to be found, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from builders import effective, epochs, make_training

from reportgen.analysis.regression import losses_after, mean_squared_error, step_losses
from reportgen.errors import ReportgenError
from reportgen.records import Epoch

TARGETS = np.array([[1.0, 2.0], [3.0, 4.0]], dtype=np.float32)


def epoch(index: int, losses: tuple[float, ...], end: float | None) -> Epoch:
    return epochs(1.0)[0].model_copy(
        update={
            "index": index,
            "train_loss": float(np.mean(losses)),
            "validation_loss": 2.0,
            "train_accuracy": None,
            "validation_accuracy": None,
            "step_losses": losses,
            "end_loss": end,
        }
    )


def trials(*runs: tuple[Epoch, ...]):
    return [make_training(block=block, epochs=run, effective=effective(steps_per_epoch=2)) for block, run in enumerate(runs, start=1)]


def test_the_error_is_the_mean_over_samples_and_outputs() -> None:
    outputs = np.array([[1.0, 2.0], [3.0, 6.0]], dtype=np.float32)
    assert mean_squared_error("t", outputs, TARGETS) == 1.0


def test_a_training_that_diverged_has_no_error() -> None:
    assert mean_squared_error("t", np.full((2, 2), np.nan, dtype=np.float32), TARGETS) is None


def test_predictions_of_another_shape_stop_the_report() -> None:
    with pytest.raises(ReportgenError, match="not 2 rows of 2 numbers"):
        mean_squared_error("t", np.zeros((2, 3), dtype=np.float32), TARGETS)


def test_losses_of_steps_are_joined_over_epochs_and_summarised_over_trials() -> None:
    found = step_losses(trials((epoch(1, (4.0, 3.0), None), epoch(2, (2.0, 1.0), None)), (epoch(1, (8.0, 5.0), None), epoch(2, (2.0, 3.0), None))))
    assert found is not None
    assert found.median == (6.0, 4.0, 2.0, 2.0)
    assert found.lowest == (4.0, 3.0, 2.0, 1.0)
    assert found.highest == (8.0, 5.0, 2.0, 3.0)


def test_without_losses_of_steps_there_is_no_curve_of_them() -> None:
    assert step_losses([make_training()]) is None


def test_losses_are_given_after_the_first_epoch_and_after_the_last() -> None:
    found = losses_after(trials(tuple(epoch(index, (4.0 / index, 3.0 / index), 1.0 / index) for index in (1, 2, 3))))
    assert [(one.steps, one.training.median, one.validation.median) for one in found] == [(2, 1.0, 2.0), (6, pytest.approx(1 / 3), 2.0)]


def test_where_no_loss_at_the_end_is_told_the_mean_of_the_epoch_stands_in() -> None:
    (found,) = losses_after(trials((epoch(1, (4.0, 3.0), None),)))
    assert found.training.median == 3.5


def test_losses_that_are_no_number_are_left_out() -> None:
    assert losses_after(trials((epoch(1, (4.0, 3.0), float("nan")),))) == ()
