"""P16: both frameworks find the same loss and the same gradients."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import ROUNDING, Check, Pair, Verdict, within


def judge(pair: Pair) -> Verdict:
    """Compare the loss, and each gradient relative to its largest value."""
    found = [pair.difference("loss") / max(1.0, abs(float(pair.first.arrays["loss"])))]
    for index in range(len(pair.first.result.canonical_shapes)):
        largest = float(np.max(np.abs(pair.first.arrays[f"gradient_{index}"])))
        found.append(pair.difference(f"gradient_{index}") / (largest or 1.0))
    return within(
        max(found),
        ROUNDING[pair.precision],
        gettext("of the largest value"),
        gettext("the loss and the gradients of every array on one batch"),
        gettext("The losses differ."),
    )


CHECK = Check(
    code="P16",
    name=marked("Loss and gradients"),
    explanation=(
        "The workload's own loss on one batch, with dropout off, and its gradient by every trainable array, relative to the "
        "largest value of the array. A loss with another reduction, or a layer that stops gradients, shows here."
    ),
    judge=judge,
    each_precision=True,
    requires=("P12", "P15"),
)
