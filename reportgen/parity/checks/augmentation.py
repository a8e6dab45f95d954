"""P22: both programs change their training images at random in the same ranges, or not at all."""

from __future__ import annotations

import math

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.augmentation import QUANTITIES, Quantity, sizes
from reportgen.parity.base import Check, Pair, Verdict

# The same ranges were measured to give strengths whose ratio has a logarithm of up to 0.10 on MNIST, and of up to 0.11 on digits enlarged until they
# touch the edge: what leaves the picture there depends on resampling. Chance adds 0.05. Ranges that are half as wide again give 0.35 or more.
LIMIT = math.log(1.25)
UNIT = marked("log ratio")


def judge(pair: Pair) -> Verdict:
    """Compare how strongly images are changed."""
    found = [side.arrays.get("augmentation_changes") for side in pair.sides]
    first, second = found
    if first is None and second is None:
        return Verdict(outcome="skipped", detail=gettext("Neither program changes its training images at random."))
    if first is None or second is None:
        only = pair.first if second is None else pair.second
        detail = gettext("Only {title} changes its training images at random: the other program trains on the images as they are.", title=only.title)
        return Verdict(outcome="failed", limit=LIMIT, unit=UNIT, detail=detail)
    strengths = [sizes(first), sizes(second)]
    compared = [
        (abs(math.log(max(mine, quantity.floor) / max(theirs, quantity.floor))), described(pair, quantity, mine, theirs))
        for quantity, mine, theirs in zip(QUANTITIES, *strengths, strict=True)
        if np.isfinite(mine) and np.isfinite(theirs) and max(mine, theirs) > quantity.floor
    ]
    value = max((apart for apart, _ in compared), default=0.0)
    if value > LIMIT:
        listed = "; ".join(text for apart, text in compared if apart > LIMIT)
        detail = gettext("The two programs do not change their training images equally strongly: {listed}.", listed=listed)
        return Verdict(outcome="failed", value=value, limit=LIMIT, unit=UNIT, detail=detail)
    listed = "; ".join(text for _, text in compared)
    detail = gettext(
        "Both programs change training images at random, equally strongly, but with random numbers and resampling of their own: {listed}.",
        listed=listed,
    )
    return Verdict(outcome="declared difference", value=value, limit=LIMIT, unit=UNIT, detail=detail)


def described(pair: Pair, quantity: Quantity, mine: float, theirs: float) -> str:
    """Return one quantity in words, for both frameworks."""
    return gettext(quantity.phrase, mine=mine * quantity.factor, first=pair.first.title, theirs=theirs * quantity.factor, second=pair.second.title)


CHECK = Check(
    code="P22",
    name=marked("Augmentation"),
    explanation=(
        "Where a workload changes its training images at random, 2,048 of them go through each framework's own training pipeline, and are "
        "compared with what they were: the mean change of a pixel, and how much place, size and angle vary (standard deviations, from the "
        "moments of the brightness). Random numbers and resampling are each framework's own, so this is a declared difference; it fails when "
        "one side does not augment, or in other ranges. All other checks look at images that are not augmented."
    ),
    judge=judge,
    requires=("P05",),
)
