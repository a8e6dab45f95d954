"""What training code tells its progress to in a program of its own: it prints a line for each epoch, and measures nothing for a comparison."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any


class Stopwatch:
    """Stands for the stopwatch of the measured run, and prints what training tells it.

    ``epochs`` holds a mapping for each epoch, ``step_losses`` the losses of all steps where the training tells them: for a plot.
    """

    def __init__(self) -> None:
        self.epochs: list[dict[str, float]] = []
        self.step_losses: list[float] = []
        self.first_step = True
        self.begin = self.end = time.perf_counter()

    @contextmanager
    def compiling(self) -> Iterator[None]:
        """Print how long the body of a ``with`` statement takes to compile."""
        begin = time.perf_counter()
        yield
        print(f"Compiled in {time.perf_counter() - begin:.2f} s")

    def stretches(self, steps: int) -> Iterator[tuple[int, int]]:
        """Yield the steps of an epoch as (first, end); in the first epoch the first step comes alone, as it does when it is measured."""
        if self.first_step:
            yield 0, 1
            self.step_ends()
            yield 1, steps
        else:
            yield 0, steps

    def epoch_begins(self) -> None:
        """An epoch begins."""
        self.begin = time.perf_counter()

    def step_ends(self) -> None:
        """A step is complete."""
        self.first_step = False

    def batches(self, loader: Iterable[Any]) -> Iterator[Any]:
        """Yield the batches of a loader."""
        yield from loader

    def training_ends(self) -> None:
        """The epoch's training is over, and its validation begins."""
        self.end = time.perf_counter()

    def validation_ends(
        self,
        train_loss: float,
        train_accuracy: float | None,
        validation_loss: float,
        validation_accuracy: float | None,
        step_losses: Sequence[float] = (),
        end_loss: float | None = None,
    ) -> None:
        """Print the epoch's mean loss and accuracy on training and validation data, and the seconds of its training."""
        told = {
            "loss": train_loss,
            "accuracy": train_accuracy,
            "loss after it": end_loss,
            "validation loss": validation_loss,
            "validation accuracy": validation_accuracy,
        }
        known = {name: float(value) for name, value in told.items() if value is not None}
        self.epochs.append(known)
        self.step_losses += [float(loss) for loss in step_losses]
        values = ", ".join(f"{name} {value:.4g}" for name, value in known.items())
        print(f"Epoch {len(self.epochs)}: {values} ({self.end - self.begin:.2f} s)")
