"""Choosing what a report shows in pictures beside its numbers, by rules that look at no picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.analysis.classification import predicted_classes
from reportgen.analysis.examples import AugmentedImages, PredictedImage
from reportgen.analysis.inputs import Labels, Logits, RunRecords

# A row of a picture.
MOST_OF_A_KIND = 10


def predicted_images(logits: Logits, labels: Labels, class_names: Sequence[str]) -> tuple[PredictedImage, ...]:
    """Return examples of a trial's predictions: of each class the first test image that it got right, then the first that it got wrong.

    At most :data:`MOST_OF_A_KIND` of each kind. Nothing is chosen by its looks.
    """
    predicted = predicted_classes(logits)
    right = [np.flatnonzero((labels == number) & (predicted == number)) for number in range(min(len(class_names), MOST_OF_A_KIND))]
    chosen = [int(places[0]) for places in right if len(places)]
    chosen += [int(place) for place in np.flatnonzero(predicted != labels)[:MOST_OF_A_KIND]]
    return tuple(
        PredictedImage(index=index, true_class=class_names[labels[index]], predicted_class=class_names[predicted[index]]) for index in chosen
    )


def augmented_images(records: RunRecords) -> AugmentedImages | None:
    """Return which parity trials hold augmented images; ``None`` where no framework augments."""
    shown = {one.spec.framework: one for one in records.parity if one.spec.precision == "float32" and "augmentation_examples" in one.arrays}
    if not shown:
        return None
    return AugmentedImages(
        count=min(len(one.arrays["augmentation_examples"]) for one in shown.values()),
        trials={name: one.spec.trial for name, one in shown.items()},
    )
