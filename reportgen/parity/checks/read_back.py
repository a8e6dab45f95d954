"""P03: the shared weights really are in both models."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict


def judge(pair: Pair) -> Verdict:
    """Compare digests of what was given and what was read back."""
    value = max(side.result.read_back_difference for side in pair.sides)
    if pair.first.result.weights_digest != pair.second.result.weights_digest:
        detail = gettext("The two processes did not make the same shared weights from the same seed.")
        return Verdict(outcome="failed", value=value, limit=0, detail=detail)
    for side in pair.sides:
        if side.result.read_back_digest != side.result.weights_digest:
            detail = gettext(
                "{title} does not hold the weights that it was given: read back, they differ by up to "
                "{read_back_difference:.2g}. A kernel was transposed or reordered on the way.",
                title=side.title,
                read_back_difference=side.result.read_back_difference,
            )
            return Verdict(outcome="failed", value=value, limit=0, detail=detail)
    return Verdict(outcome="equal", value=value, limit=0, detail=gettext("Both models hold the shared weights, bit for bit."))


CHECK = Check(
    code="P03",
    name=marked("Shared weights read back"),
    explanation=(
        "Both models are given the same weights: dense kernels transposed for PyTorch, convolution kernels from height x width x "
        "inputs x outputs to outputs x inputs x height x width, and the rows of the first dense kernel after flattening "
        "reordered, because PyTorch flattens channels first. What the models then hold is read back, and must have the digest of "
        "what was given. It fails when weights are carried over transposed."
    ),
    judge=judge,
    each_precision=True,
    requires=("P01",),
)
