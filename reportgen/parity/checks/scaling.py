"""P05: both pipelines hand over the same pixel values."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Side, Verdict, within

# One rounding of a pixel value in [0, 1] is 6e-8, and standardising adds two more; every other scaling differs by 0.001 or more.
LIMIT = 1e-6
# Means of all training pixels: random augmentation moves them by less than a hundredth.
MEAN_LIMIT = 0.01


def training_mean(side: Side) -> float:
    """Return the mean over classes of the mean pixel value in training."""
    assert side.result.pipeline is not None
    return float(np.mean(side.result.pipeline.class_means))


def described(side: Side) -> str:
    """Return the range of the pixel values of one side, in words."""
    values = side.arrays["scaled_images"]
    return gettext("{title} hands over values from {min:.3g} to {max:.3g}", title=side.title, min=float(values.min()), max=float(values.max()))


def judge(pair: Pair) -> Verdict:
    """Compare the scaled pixels of the same test images one by one, and the mean of the training images."""
    ranges = f"{described(pair.first)}, {described(pair.second)}."
    verdict = within(pair.difference("scaled_images"), LIMIT, "", gettext("the scaled pixel values of the same images"), ranges)
    apart = abs(training_mean(pair.first) - training_mean(pair.second))
    if verdict.outcome != "failed" and apart > MEAN_LIMIT:
        detail = gettext("Test images are scaled alike, but training images are not: their mean pixel values differ.")
        return Verdict(outcome="failed", value=apart, limit=MEAN_LIMIT, detail=detail)
    return verdict


CHECK = Check(
    code="P05",
    name=marked("Scaling of the images"),
    explanation=(
        "The same images, taken from each framework's own pipeline, pixel by pixel. It fails when one side divides by 255 and the "
        "other does not, or standardises with mean and standard deviation."
    ),
    judge=judge,
)
