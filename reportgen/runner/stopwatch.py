"""The clock that a training program tells what happens when, the same for every framework.

Four moments split an epoch: it begins, its last step ends, its validation ends; and once, the first step ends. Everything else is arithmetic.
What a program compiles before its first epoch is measured apart, and is no part of the training.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from reportgen.records import Epoch
from reportgen.runner.device import Device, Processor
from reportgen.runner.phases import PhaseClock, Stamp, peak_memory_bytes, stamp

Batch = TypeVar("Batch")


@dataclass
class Span:
    """A sum of intervals: wall and processor time in seconds."""

    wall_s: float = 0.0
    cpu_s: float = 0.0

    def add(self, begin: Stamp, end: Stamp) -> None:
        """Add the interval from ``begin`` to ``end``."""
        self.wall_s += end.wall_s - begin.wall_s
        self.cpu_s += end.cpu_s - begin.cpu_s


class Stopwatch:
    """Collects the times of a training; ``on_epoch`` is called after each epoch, outside of every measured interval.

    Before every stamp it waits for ``device``, where orders may still be worked off; steps in between are not waited for.
    """

    def __init__(self, on_epoch: Callable[[Epoch], None], device: Device | None = None) -> None:
        self._device = device or Processor()
        self.epochs: list[Epoch] = []
        self.first_step: tuple[Stamp, Stamp] | None = None
        self._compiling: Span | None = None
        self._training = Span()
        self._validation = Span()
        self._on_epoch = on_epoch
        self._begin = self._stamp()
        self._trained = self._begin
        self._data_s: float | None = None

    def _stamp(self) -> Stamp:
        self._device.synchronise()
        return stamp()

    @contextmanager
    def compiling(self) -> Iterator[None]:
        """Measure the body of a ``with`` statement as the compilation of the training program, ahead of the first epoch."""
        begin = self._stamp()
        yield
        self._compiling = self._compiling or Span()
        self._compiling.add(begin, self._stamp())

    def stretches(self, steps: int) -> Iterator[tuple[int, int]]:
        """Yield the steps of an epoch as (first, end) for a program that takes many of them in one call, and need not say when each ends.

        In the first epoch the first step comes alone, so that its end is seen.
        """
        if self.first_step is None:
            yield 0, 1
            self.step_ends()
            yield 1, steps
        else:
            yield 0, steps

    def epoch_begins(self) -> None:
        """Say that the next thing is the first batch of an epoch."""
        self._data_s = None
        self._begin = self._stamp()

    def step_ends(self) -> None:
        """Say that a training step is complete; only the very first is recorded, so that a step costs nothing more."""
        if self.first_step is None:
            self.first_step = (self._begin, self._stamp())

    def batches(self, loader: Iterable[Batch]) -> Iterator[Batch]:
        """Yield the batches of ``loader``, adding up the time spent waiting for them."""
        clock = time.perf_counter
        waited = 0.0
        begin = clock()
        for batch in loader:
            waited += clock() - begin
            yield batch
            begin = clock()
        self._data_s = waited + clock() - begin

    def training_ends(self) -> None:
        """Say that the last step of the epoch is complete, and validation begins."""
        self._trained = self._stamp()

    def validation_ends(
        self,
        train_loss: float,
        train_accuracy: float | None,
        validation_loss: float,
        validation_accuracy: float | None,
        step_losses: Sequence[float] = (),
        end_loss: float | None = None,
    ) -> None:
        """Say that the epoch is over, with its mean loss and accuracy (fractions; without classes none) on training and validation data.

        A program that keeps them also tells the losses of its steps, and the training loss after the last.
        """
        now = self._stamp()
        train_s = self._trained.wall_s - self._begin.wall_s
        validation_s = now.wall_s - self._trained.wall_s
        self._training.add(self._begin, self._trained)
        self._validation.add(self._trained, now)
        epoch = Epoch(
            index=len(self.epochs) + 1,
            train_s=train_s,
            data_s=self._data_s,
            validation_s=validation_s,
            train_loss=train_loss,
            train_accuracy=train_accuracy,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            step_losses=tuple(step_losses),
            end_loss=end_loss,
        )
        self.epochs.append(epoch)
        self._on_epoch(epoch)

    def enter_compilation(self, clock: PhaseClock) -> None:
        """Enter what was compiled ahead of the training as a phase, where anything was."""
        if self._compiling is not None:
            clock.add("compile", self._compiling.wall_s, self._compiling.cpu_s)

    def enter_phases(self, clock: PhaseClock) -> None:
        """Enter the training into ``clock``: compilation where there was any, then the first step, the rest of the training, and validation.

        Peak memory belongs to all of them together, and is entered with the rest of the training.
        """
        self.enter_compilation(clock)
        first = Span()
        if self.first_step is not None:
            first.add(*self.first_step)
        clock.add("first step", first.wall_s, first.cpu_s)
        clock.add(
            "training",
            self._training.wall_s - first.wall_s,
            self._training.cpu_s - first.cpu_s,
            peak_memory_bytes(),
            self._device.peak_memory_bytes(),
        )
        clock.add("validation", self._validation.wall_s, self._validation.cpu_s)
