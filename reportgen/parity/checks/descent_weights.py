"""P18: both frameworks arrive at the same weights."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, difference


def judge(pair: Pair) -> Verdict:
    """Compare every weight after the steps of plain gradient descent."""
    count = len(pair.first.result.canonical_shapes)
    floor = max(
        difference(side.arrays[f"sgd_weight_{index}"], side.arrays[f"sgd_weight_disturbed_{index}"]) for side in pair.sides for index in range(count)
    )
    value = max(pair.difference(f"sgd_weight_{index}") for index in range(count))
    return pair.judge_training(value, floor, "", gettext("the weights after these steps"))


CHECK = Check(
    code="P18",
    name=marked("Weights after SGD steps"),
    explanation=("Every trainable array after the steps of P17, with the same kind of limit."),
    judge=judge,
    each_precision=True,
    requires=("P17",),
)
