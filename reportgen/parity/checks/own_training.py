"""P21: with one formula, training with the workload's own optimiser goes the same way in both frameworks."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict
from reportgen.parity.reference import FORMULAS


def judge(pair: Pair) -> Verdict:
    """Compare the loss before every step of the workload's optimiser, with PyTorch's epsilon moved to where Keras has it."""
    floor = pair.noise_floor("aligned_losses")
    limit = pair.training_limit(floor)
    value = pair.difference("aligned_losses")
    name = pair.first.result.effective.optimizer
    steps = len(pair.first.arrays["aligned_losses"])
    known = all((side.spec.framework, side.result.effective.optimizer) in FORMULAS for side in pair.sides)
    if value > limit and not known:
        detail = gettext(
            "The losses over {steps} steps of {name} differ by up to {value:.2g}; no reference says whether the formulas do.",
            steps=steps,
            name=name,
            value=value,
        )
        return Verdict(outcome="declared difference", value=value, limit=limit, unit="nats", detail=detail)
    return pair.judge_training(value, floor, "nats", gettext("the losses over {steps} steps of {name} by one formula", steps=steps, name=name))


CHECK = Check(
    code="P21",
    name=marked("Training with the own optimiser"),
    explanation=(
        "The loss before every step of the workload's own optimiser on the same batches, from the same weights, with dropout off, "
        "and with Adam's epsilon moved in PyTorch to where Keras has it. The limit is that of P17. What remains when epsilon is "
        "left in its place is declared by P20."
    ),
    judge=judge,
    each_precision=True,
    requires=("P08", "P17", "P19"),
)
