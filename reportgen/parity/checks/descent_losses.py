"""P17: both frameworks go down the same way."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict


def judge(pair: Pair) -> Verdict:
    """Compare the loss before every step of plain gradient descent."""
    steps = len(pair.first.arrays["sgd_losses"])
    what = gettext("the losses over {steps} steps of plain gradient descent", steps=steps)
    return pair.judge_training(pair.difference("sgd_losses"), pair.noise_floor("sgd_losses"), "nats", what)


CHECK = Check(
    code="P17",
    name=marked("Losses over SGD steps"),
    explanation=(
        "The loss before every step of plain gradient descent (learning rate 0.1) on the same batches, from the same weights, "
        "with dropout off. Rounding grows from step to step, so in float32 the limit is ten times the noise floor: how far a "
        "framework departs from itself when its initial weights are disturbed by one rounding error. In a convolutional network "
        "that is soon of the size of the loss itself; the row for float32 then says so. In float64 the limit is fixed."
    ),
    judge=judge,
    each_precision=True,
    requires=("P16",),
)
