"""Which images are held back: one rule, the same for every framework, run and machine.

``numpy.random.RandomState`` is used on purpose: its stream is frozen by numpy's compatibility policy, which newer generators are not,
so a digest recorded today is still the digest of the same split after an upgrade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets.base import Labels

#: Part of the training images that is held back to watch training: 6,000 of MNIST's 60,000 put the standard error of a validation
#: accuracy near 97 % at 0.2 percentage points, and leave nine tenths to learn from. The test images are never touched for it.
VALIDATION_FRACTION = 0.1

#: Any fixed number does; what counts is that it never follows the study's seed, so that all runs of all frameworks hold back the same images.
VALIDATION_SEED = 1998

#: About 360 of 1,797 images: fewer would make one image worth more than 0.3 percentage points of accuracy.
TEST_FRACTION = 0.2

#: Fixed for ever, like the validation split's, and different from it so that the two draws are not the same permutation.
TEST_SEED = 1797


def stratified_split(labels: Labels, fraction: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indices kept and the indices held back, int64 of shapes (K,) and (H,), both ascending, disjoint, covering ``labels``.

    H is the nearest whole number to ``fraction`` of all images. Every class gives its share of them rounded down, and the classes that
    lost most by rounding give one more each (Hamilton's method of largest remainders; ties go to the smaller label).
    """
    random = np.random.RandomState(seed)
    classes, sizes = np.unique(labels, return_counts=True)
    shares = sizes * fraction
    counts = np.floor(shares).astype(np.intp)
    most_lost_first = np.argsort(counts - shares, kind="stable")
    counts[most_lost_first[: round(len(labels) * fraction) - int(counts.sum())]] += 1
    held = np.zeros(len(labels), dtype=bool)
    for label, count in zip(classes, counts, strict=True):
        held[random.permutation(np.flatnonzero(labels == label))[:count]] = True
    return np.flatnonzero(~held), np.flatnonzero(held)


def validation_split(labels: Labels) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which of the published training images to train on and which to validate on; see :func:`stratified_split`."""
    return stratified_split(labels, VALIDATION_FRACTION, VALIDATION_SEED)


def held_out_split(labels: Labels) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which images of a data set without a published split to learn from and which to test on; see :func:`stratified_split`."""
    return stratified_split(labels, TEST_FRACTION, TEST_SEED)
