"""Scores where numbers are to be found: the mean squared error on the test samples, and how the loss fell step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.analysis.inputs import Logits, Targets, Training
from reportgen.analysis.losses import LossAfter, StepLosses
from reportgen.analysis.statistics import summarise
from reportgen.errors import ReportgenError
from reportgen.language import marked


def mean_squared_error(trial: str, outputs: Logits, targets: Targets) -> float | None:
    """Return the mean over samples and outputs of the squared difference, or ``None`` where training diverged.

    Raises :class:`ReportgenError` when the predictions cannot belong to the targets.
    """
    if outputs.shape != targets.shape:
        raise ReportgenError(
            marked(
                "The predictions of the trial '{trial}' are not {rows} rows of {columns} numbers. Delete its folder, and "
                "measure it again with: python -m reportgen run --resume RUN"
            ),
            trial=trial,
            rows=targets.shape[0],
            columns=targets.shape[1],
        )
    if not np.all(np.isfinite(outputs)):
        return None
    return float(np.mean(np.square(outputs.astype(np.float64) - targets)))


def step_losses(trials: Sequence[Training]) -> StepLosses | None:
    """Return median, lowest and highest loss of each step over trials; ``None`` where a program did not keep them, or one diverged."""
    runs = [[loss for epoch in trial.result.epochs for loss in epoch.step_losses] for trial in trials]
    length = min((len(run) for run in runs), default=0)
    if not length:
        return None
    values = np.array([run[:length] for run in runs], dtype=np.float64)
    if not np.all(np.isfinite(values)):
        return None
    return StepLosses(
        median=tuple(float(value) for value in np.median(values, axis=0)),
        lowest=tuple(float(value) for value in values.min(axis=0)),
        highest=tuple(float(value) for value in values.max(axis=0)),
    )


def losses_after(trials: Sequence[Training]) -> tuple[LossAfter, ...]:
    """Return the training and validation loss at the end of the first epoch and of the last, with the steps taken until then.

    Where a program says the training loss at the end of an epoch, it is that one, else the mean over the epoch.
    """
    epochs = min(len(trial.result.epochs) for trial in trials)
    found: list[LossAfter] = []
    for index in dict.fromkeys((0, epochs - 1)):
        ends = [trial.result.epochs[index] for trial in trials]
        training = [end.train_loss if end.end_loss is None else end.end_loss for end in ends]
        validation = [end.validation_loss for end in ends]
        if np.all(np.isfinite([*training, *validation])):
            found.append(
                LossAfter(
                    steps=(index + 1) * trials[0].result.effective.steps_per_epoch,
                    training=summarise(training, "squared error"),
                    validation=summarise(validation, "squared error"),
                )
            )
    return tuple(found)
