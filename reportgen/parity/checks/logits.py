"""P11: both models give logits, not probabilities, to losses that take them."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Side, Verdict
from reportgen.report.format import enumeration

# Rows of probabilities sum to 1 within some 1e-6; rows of logits of ten classes do so for no more than a stray image.
LEAST_DEPARTURE = 1e-3
# As every framework's program names the loss that takes what these models give.
LOSS = "cross-entropy of logits"


def departure(side: Side) -> float:
    """Return how far the rows are from being probabilities: the largest distance of a row's sum from 1, or of a value from [0, 1]."""
    outputs = side.arrays["logits"].astype(np.float64)
    outside = max(float(-outputs.min()), float(outputs.max() - 1), 0.0)
    return max(outside, float(np.max(np.abs(outputs.sum(axis=1) - 1))))


def judge(pair: Pair) -> Verdict:
    """Look whether a side's outputs on all test images could be probabilities, and whether its loss takes logits."""
    departures = {side.title: departure(side) for side in pair.sides}
    value = min(departures.values())
    wrong = [title for title, found in departures.items() if not found > LEAST_DEPARTURE]
    if wrong:
        detail = gettext(
            "The outputs of {wrong} sum to 1 in every row: a softmax stands before a loss that takes logits, and is applied twice.",
            wrong=enumeration(wrong),
        )
        return Verdict(outcome="failed", value=value, limit=LEAST_DEPARTURE, detail=detail)
    for side in pair.sides:
        loss = side.result.effective.loss
        if loss != LOSS:
            detail = gettext(
                "{title}'s model gives logits, but its loss is the {loss}; it should be the {loss_2}.",
                title=side.title,
                loss=gettext(loss),
                loss_2=gettext(LOSS),
            )
            return Verdict(outcome="failed", detail=detail)
    detail = gettext(
        "No model's outputs are probabilities: rows depart from a sum of 1 by up to {value:.2g} at least. Both losses take logits.", value=value
    )
    return Verdict(outcome="equal", value=value, limit=LEAST_DEPARTURE, detail=detail)


CHECK = Check(
    code="P11",
    name=marked("Logits"),
    explanation=(
        "Whether the rows of outputs on all test images sum to 1, with every value between 0 and 1, and whether the loss says "
        "that it takes logits. A softmax before a loss that applies one itself is the commonest mistake of published comparisons: "
        "training still works, but slowly and worse. A loss that takes logits for probabilities, as Keras' does unless told "
        "otherwise, is its counterpart. The value must be above the limit here."
    ),
    judge=judge,
    classes_only=True,
    each_precision=True,
)
