"""What results hold of the losses where numbers are to be found."""

from __future__ import annotations

from reportgen.analysis.summary import Summary
from reportgen.records import Record


class StepLosses(Record):
    """The loss on the training batch before each step: median, lowest and highest over trials."""

    median: tuple[float, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]


class LossAfter(Record):
    """The losses after a number of training steps, over trials."""

    steps: int
    training: Summary
    validation: Summary
