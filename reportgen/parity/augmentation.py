"""What random changes do to images, in numbers that two frameworks can be compared by although each draws random numbers of its own.

Where an image lies, how large it is and how it is turned follows from the moments of its brightness: shifting an image shifts its centre, scaling it
scales the root of its variance, and turning it turns its longest axis. Resampling blurs an image, and changes these very little.
Source: Hu, M.-K. (1962). Visual pattern recognition by moment invariants. IRE Transactions on Information Theory 8(2), 179-187.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.language import marked
from reportgen.parity.probe import Floats

# An image that is nearly as wide as it is long has no axis to be turned: (long - short) / (long + short) of its variances must exceed this.
LEAST_ELONGATION = 0.3
# A spread of fewer values says nothing.
LEAST_IMAGES = 30


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """One number of an image's change: a marked phrase with it for two programs, the factor for print, and the spread that is as good as none."""

    phrase: str
    factor: float
    floor: float


# In the order of the columns of :func:`changes`. The floors are a tenth of what a usual augmentation does.
QUANTITIES = (
    Quantity(phrase=marked("brightness of a pixel {mine:.2g} in {first} and {theirs:.2g} in {second}"), factor=1.0, floor=0.01),
    Quantity(
        phrase=marked("place from left to right {mine:.2g} % of the width in {first} and {theirs:.2g} % in {second}"), factor=100.0, floor=0.005
    ),
    Quantity(
        phrase=marked("place from top to bottom {mine:.2g} % of the height in {first} and {theirs:.2g} % in {second}"), factor=100.0, floor=0.005
    ),
    Quantity(phrase=marked("size {mine:.2g} % in {first} and {theirs:.2g} % in {second}"), factor=100.0, floor=0.005),
    Quantity(phrase=marked("angle {mine:.2g} degrees in {first} and {theirs:.2g} degrees in {second}"), factor=float(np.degrees(1.0)), floor=0.01),
)


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Centre (x, y), in units of the image's sides, and variances and covariance in squared pixels; each (images,)."""

    x: Floats
    y: Floats
    xx: Floats
    yy: Floats
    xy: Floats


def moments(images: Floats) -> Moments:
    """Return the moments of the brightness of images (count, height, width, channels); not a number for a black image."""
    grey = images.astype(np.float64).sum(axis=3)
    _, height, width = grey.shape
    across, down = np.arange(width), np.arange(height)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights = grey / grey.sum(axis=(1, 2), keepdims=True)
    columns, rows = weights.sum(axis=1), weights.sum(axis=2)
    x, y = columns @ across, rows @ down
    return Moments(
        x=x / width,
        y=y / height,
        xx=columns @ across**2 - x**2,
        yy=rows @ down**2 - y**2,
        xy=np.einsum("nij,i,j->n", weights, down, across) - x * y,
    )


def changes(originals: Floats, augmented: Floats) -> Floats:
    """Return what happened to each image, float64 (images, 5), in the order of :data:`QUANTITIES`; not a number where an image does not tell.

    The mean absolute change of a pixel, the shifts in units of the sides, the logarithm of the scale, and the angle in radians.
    """
    before, after = moments(originals), moments(augmented)
    with np.errstate(invalid="ignore", divide="ignore"):
        area_before, area_after = (one.xx * one.yy - one.xy**2 for one in (before, after))
        scale = np.log(area_after / area_before) / 4
        elongated = np.hypot(before.xx - before.yy, 2 * before.xy) > LEAST_ELONGATION * (before.xx + before.yy)
    angles = [np.arctan2(2 * one.xy, one.xx - one.yy) / 2 for one in (before, after)]
    # An axis has no direction: angles are equal up to half a turn.
    turned = (angles[1] - angles[0] + np.pi / 2) % np.pi - np.pi / 2
    found: Floats = np.stack(
        [
            np.abs(augmented.astype(np.float64) - originals).mean(axis=(1, 2, 3)),
            after.x - before.x,
            after.y - before.y,
            np.where(np.isfinite(scale), scale, np.nan),
            np.where(elongated, turned, np.nan),
        ],
        axis=1,
    )
    return found


def sizes(found: Floats) -> NDArray[np.float64]:
    """Return how strong each of the :data:`QUANTITIES` is: the mean change of a pixel, and the standard deviations of the others.

    Not a number where fewer than :data:`LEAST_IMAGES` images tell.
    """
    values = np.full(len(QUANTITIES), np.nan)
    for index, column in enumerate(found.T):
        known = column[np.isfinite(column)]
        if len(known) >= LEAST_IMAGES:
            values[index] = known.mean() if index == 0 else known.std()
    return values
