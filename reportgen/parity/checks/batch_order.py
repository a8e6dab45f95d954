"""P07: both pipelines bring the training images in a new random order every epoch."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, same


def judge(pair: Pair) -> Verdict:
    """Look whether each side shuffles."""
    still = [side.title for side in pair.sides if side.result.pipeline is None or not side.result.pipeline.shuffled]
    orders = [side.result.pipeline.order_digests for side in pair.sides if side.result.pipeline is not None]
    if not still and pair.first.spec.start == "shared" and orders[0] != orders[1]:
        different = gettext("The study has a shared start, but the two pipelines bring the training images in different orders")
        return same([different], "frameworks", "")
    mismatches = [gettext("{title} does not bring the training images in a new random order every epoch", title=title) for title in still]
    return same(mismatches, "frameworks", gettext("Both pipelines draw a new random order every epoch, by the digests of the labels of two passes."))


CHECK = Check(
    code="P07",
    name=marked("Batch order"),
    explanation=(
        "Labels at the beginning of two passes over each framework's own training pipeline. They must differ from each other and "
        "from the order in which the data are stored. It fails when one side was never told to shuffle, or shuffles once and then "
        "repeats the order."
    ),
    judge=judge,
    classes_only=True,
)
