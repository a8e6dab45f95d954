"""P15: both models compute the same outputs from the same weights."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import ROUNDING, Check, Pair, Verdict, within


def judge(pair: Pair) -> Verdict:
    """Compare the logits of all test images, relative to the largest where that is above 1."""
    scale = max(1.0, float(np.max(np.abs(pair.first.arrays["logits"]))))
    value = pair.difference("logits") / scale
    meaning = gettext("Weights go to other inputs than they should (the order of flattening, a transposed image), or a layer or activation differs.")
    return within(
        value,
        ROUNDING[pair.precision],
        "logits",
        gettext("the outputs for all {arrays:,} test images", arrays=len(pair.first.arrays["logits"])),
        meaning,
    )


CHECK = Check(
    code="P15",
    name=marked("Forward pass"),
    explanation=(
        "The logits of all test images at the shared weights. Rounding is all that may differ. It fails when an activation or a "
        "padding differs, or when images are flattened in another order than the weights expect."
    ),
    judge=judge,
    each_precision=True,
    requires=("P03", "P11", "P13"),
)
