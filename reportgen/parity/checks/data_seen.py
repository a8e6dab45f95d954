"""P04: both pipelines hand over every training image once an epoch, with its own label."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Side, Verdict, within
from reportgen.parity.probe import Floats

# The profile of mean brightness by class is compared. Labels on the wrong images change it by 1 or more (it is standardised); random
# augmentation of a few thousand images by less than 0.02.
PROFILE_LIMIT = 0.05


def profile(side: Side) -> Floats:
    """Return the mean pixel values by class, standardised, so that scaling, which has a check of its own, does not matter."""
    assert side.result.pipeline is not None
    centred: Floats = np.array(side.result.pipeline.class_means) - np.mean(side.result.pipeline.class_means)
    spread = float(centred.std())
    return centred / spread if spread else centred


def judge(pair: Pair) -> Verdict:
    """Compare counts of images by class, and which images go with which label."""
    samples = [side.result.pipeline for side in pair.sides]
    assert samples[0] is not None
    assert samples[1] is not None
    for side, sample in zip(pair.sides, samples, strict=True):
        if sample is not None and sample.images_seen != pair.train_count:
            detail = gettext(
                "In one epoch {title} hands over {images_seen:,} of {train_count:,} training images.",
                title=side.title,
                images_seen=sample.images_seen,
                train_count=pair.train_count,
            )
            return Verdict(outcome="failed", value=abs(sample.images_seen - pair.train_count), limit=0, unit="images", detail=detail)
    if samples[0].class_counts != samples[1].class_counts:
        apart = sum(abs(mine - theirs) for mine, theirs in zip(samples[0].class_counts, samples[1].class_counts, strict=True))
        detail = gettext("The two pipelines do not hand over the same number of images of each class.")
        return Verdict(outcome="failed", value=apart, limit=0, unit="images", detail=detail)
    value = float(np.max(np.abs(profile(pair.first) - profile(pair.second))))
    return within(
        value,
        PROFILE_LIMIT,
        gettext("standard deviations"),
        gettext("the mean brightness of each class"),
        gettext("Labels do not go with the same images."),
    )


CHECK = Check(
    code="P04",
    name=marked("Training data"),
    explanation=(
        "One whole pass over each framework's own training pipeline: how many images came, how many of each class, and how bright "
        "the images of each class are. Dropping the last, incomplete batch, other images, or labels on the wrong images show "
        "here."
    ),
    judge=judge,
    classes_only=True,
)
