"""P12: a model that knows nothing has the loss that it must have."""

from __future__ import annotations

import math

from reportgen.language import gettext, marked
from reportgen.parity.base import ROUNDING, Check, Pair, Verdict


def judge(pair: Pair) -> Verdict:
    """Compare the loss of each side's model with all weights zero with the logarithm of the number of classes."""
    wanted = math.log(pair.class_count)
    limit = ROUNDING[pair.precision]
    losses = [float(side.arrays["zero_loss"]) for side in pair.sides]
    value = max(abs(loss - wanted) for loss in losses)
    if value <= limit:
        detail = gettext(
            "With all weights zero, both losses are ln {class_count} = {wanted:.6f}, within {max:.1g}.",
            class_count=pair.class_count,
            wanted=wanted,
            max=max(value, 1e-17),
        )
        return Verdict(outcome="equal within tolerance" if value else "equal", value=value, limit=limit, unit="nats", detail=detail)
    shown = ", ".join(gettext("{loss:.6g} in {title}", loss=loss, title=side.title) for side, loss in zip(pair.sides, losses, strict=True))
    detail = gettext(
        "With all weights zero, the loss should be ln {class_count} = {wanted:.6f}, but is {shown}: the loss is summed, weighted or of another kind.",
        class_count=pair.class_count,
        wanted=wanted,
        shown=shown,
    )
    return Verdict(outcome="failed", value=value, limit=limit, unit="nats", detail=detail)


CHECK = Check(
    code="P12",
    name=marked("Loss of a zero model"),
    explanation=(
        "With all weights zero, all logits are equal, and the mean cross-entropy of a batch is the logarithm of the number of "
        "classes, whatever the labels. A loss that is summed instead of averaged, smooths labels, or takes logits for "
        "probabilities has another value."
    ),
    judge=judge,
    classes_only=True,
    each_precision=True,
)
