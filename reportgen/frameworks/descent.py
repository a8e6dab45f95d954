"""The training loop of a workload that writes its steps out, the same for every framework."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np

from reportgen.runner.stopwatch import Stopwatch

Step = Callable[[], Any]
Read = Callable[[], list[np.ndarray]]


def train(
    build: Callable[[], tuple[Step, Read]],
    error: Callable[[list[np.ndarray], str], float],
    epochs: int,
    steps_per_epoch: int,
    watch: Stopwatch,
    compiles: bool,
) -> list[np.ndarray]:
    """Take all steps on the one batch, and return the weights after the last.

    ``build`` returns a function that takes a step, and one that reads the weights;
    ``error(weights, part)`` is the loss on the training or the validation samples.
    """
    with watch.compiling() if compiles else nullcontext():
        step, read = build()
    weights: list[np.ndarray] = []
    for _ in range(epochs):
        watch.epoch_begins()
        losses = []
        for _ in range(steps_per_epoch):
            losses.append(step())
            watch.step_ends()
        watch.training_ends()
        step_losses = [float(loss) for loss in losses]
        weights = read()
        watch.validation_ends(
            float(np.mean(step_losses)),
            None,
            error(weights, "validation"),
            None,
            step_losses=step_losses,
            end_loss=error(weights, "train"),
        )
    return weights
