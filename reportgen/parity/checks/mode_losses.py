"""P25: a mode reports the losses that its framework's main mode reports."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, difference, within


def judge(pair: Pair) -> Verdict:
    """Compare mean training and validation losses of every epoch."""
    main = pair.first.arrays
    limit = pair.training_limit(difference(main["losses"], main["losses_disturbed"]))
    what = gettext("the losses of training and validation over {main} epochs", main=len(main["losses"]))
    return within(pair.difference("losses"), limit, "nats", what, gettext("The two modes do not train alike."))


CHECK = Check(
    code="P25",
    name=marked("Mode: losses"),
    explanation=(
        "A mode and the main mode of the same framework train for two short epochs, the last batch of each partial: from the same weights, on "
        "the same images in the same order, with dropout and augmentation off. Compared are the mean losses of training and of validation that "
        "each reports for every epoch. In float32 the limit is ten times the noise floor: how far the main mode departs from itself when its "
        "initial weights are disturbed by one rounding error."
    ),
    judge=judge,
    each_precision=True,
    requires=("P24",),
    of_modes=True,
)
