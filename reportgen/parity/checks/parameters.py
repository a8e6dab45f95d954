"""P01: both models have the same trainable arrays."""

from __future__ import annotations

import math

from reportgen.parity.base import Check, Pair, Verdict, same


def judge(pair: Pair) -> Verdict:
    """Compare shapes in TensorFlow's layout, in the models' order."""
    shapes = [side.result.canonical_shapes for side in pair.sides]
    counts = [sum(math.prod(shape) for shape in found) for found in shapes]
    mismatches = []
    if counts[0] != counts[1]:
        mismatches.append(f"{pair.first.title} trains {counts[0]:,} parameters, {pair.second.title} {counts[1]:,}")
    elif len(shapes[0]) != len(shapes[1]):
        mismatches.append(f"{pair.first.title} has {len(shapes[0])} trainable arrays, {pair.second.title} {len(shapes[1])}")
    else:
        mismatches += [
            f"trainable array {number} has the shape {mine} in {pair.first.title} and {theirs} in {pair.second.title}"
            for number, (mine, theirs) in enumerate(zip(*shapes, strict=True), start=1)
            if mine != theirs
        ]
    return same(mismatches, "arrays", f"Both models have {len(shapes[0])} trainable arrays of the same shapes, {counts[0]:,} parameters in all.")


CHECK = Check(
    code="P01",
    name="Parameters",
    explanation=(
        "The number and the shapes of the trainable arrays, brought into one layout (dense kernels as inputs x outputs, "
        "convolution kernels as height x width x inputs x outputs). A layer too many, another width, or a missing bias shows "
        "here; nothing else can be compared then."
    ),
    judge=judge,
)
