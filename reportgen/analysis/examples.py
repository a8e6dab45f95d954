"""Records of what a report shows in pictures beside its numbers: single predictions, and training images before and after augmentation."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.records import Record


class PredictedImage(Record):
    """What a framework's first trial took a test image for; ``index`` is its place in the test set."""

    index: int
    true_class: str
    predicted_class: str

    @property
    def right(self) -> bool:
        """Whether the prediction is right."""
        return self.true_class == self.predicted_class


class AugmentedImages(Record):
    """How many training images the parity trials kept before and after their random changes, and which trial has those of each framework."""

    count: int
    trials: Mapping[str, str]
