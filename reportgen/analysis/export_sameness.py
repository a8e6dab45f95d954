"""Whether an exported model still is the model that it came from: by its logits where the file is in float32, else by what it costs in accuracy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.accuracies import compare_models
from reportgen.analysis.claims import ModelPair
from reportgen.analysis.exported import ChangedImage, Sameness
from reportgen.analysis.inputs import Labels, Logits

# Float32 logits of magnitude 10 to 50 from another order of summation differ by some 1e-5; a lost or mistaken weight changes them by far more.
LARGEST_DIFFERENCE = 1e-4
# Logits that differ by less than that change a class only where two classes are all but tied: in no test set one image in a thousand.
SMALLEST_AGREEMENT = 0.999
# A file of fewer bits is another model, and may answer otherwise; the loss of accuracy that is still taken for none, as a fraction. It is the margin
# within which two recipes count as equivalent.
LARGEST_LOSS = 0.002
EXACT = "float32"

#: An exported model's logits and those of its source, of one trial.
Pair = tuple[Logits, Logits]


def judge(precision: str, pairs: Sequence[Pair], changes: Sequence[ModelPair]) -> Sameness:
    """Return what is shown of a format by all of its trials: the least that one of them shows.

    A file in float32 must give its source's logits. Of any other, the 95 % interval of the change of accuracy must lie above the largest loss;
    where it reaches below, the test set is too small to tell, and where it lies below, the loss is shown.
    """
    if precision == EXACT:
        same = all(difference(pair) <= LARGEST_DIFFERENCE and agreement(pair) >= SMALLEST_AGREEMENT for pair in pairs)
        return "within limits" if same else "changed"
    if any(change.interval.high < -LARGEST_LOSS for change in changes):
        return "changed"
    return "within margin" if all(change.interval.low >= -LARGEST_LOSS for change in changes) else "not shown"


def difference(pair: Pair) -> float:
    """Return the largest difference of any logit."""
    exported, source = pair
    return float(np.max(np.abs(exported - source)))


def agreement(pair: Pair) -> float:
    """Return the share of images whose class is the source's."""
    exported, source = pair
    return float(np.mean(exported.argmax(axis=1) == source.argmax(axis=1)))


def change(block: int, title: str, framework: str, pair: Pair, labels: Labels) -> ModelPair:
    """Compare what an export got right with what its source got right: McNemar's test, and the interval of the change of accuracy."""
    exported, source = (correct(logits, labels) for logits in pair)
    return compare_models(block, title, exported, framework, source)


def correct(logits: Logits, labels: Labels) -> NDArray[np.bool_]:
    """Return which images were classified correctly."""
    return np.asarray(logits.argmax(axis=1) == labels)


def changed_images(pair: Pair, labels: Labels, class_names: Sequence[str]) -> tuple[ChangedImage, ...]:
    """Return the test images whose class is no longer the source's, in order."""
    after, before = (logits.argmax(axis=1) for logits in pair)
    return tuple(
        ChangedImage(
            index=int(index),
            true_class=class_names[labels[index]],
            source_class=class_names[before[index]],
            exported_class=class_names[after[index]],
        )
        for index in np.flatnonzero(after != before)
    )
