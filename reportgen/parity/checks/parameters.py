"""P01: both models have the same trainable arrays."""

from __future__ import annotations

import math

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, same


def judge(pair: Pair) -> Verdict:
    """Compare shapes in TensorFlow's layout, in the models' order."""
    shapes = [side.result.canonical_shapes for side in pair.sides]
    counts = [sum(math.prod(shape) for shape in found) for found in shapes]
    mismatches = []
    if counts[0] != counts[1]:
        mismatches.append(
            gettext(
                "{title} trains {counts:,} parameters, {title_2} {counts_2:,}",
                title=pair.first.title,
                counts=counts[0],
                title_2=pair.second.title,
                counts_2=counts[1],
            )
        )
    elif len(shapes[0]) != len(shapes[1]):
        mismatches.append(
            gettext(
                "{title} has {shapes} trainable arrays, {title_2} {shapes_2}",
                title=pair.first.title,
                shapes=len(shapes[0]),
                title_2=pair.second.title,
                shapes_2=len(shapes[1]),
            )
        )
    else:
        mismatches += [
            gettext(
                "trainable array {number} has the shape {mine} in {title} and {theirs} in {title_2}",
                number=number,
                mine=mine,
                title=pair.first.title,
                theirs=theirs,
                title_2=pair.second.title,
            )
            for number, (mine, theirs) in enumerate(zip(*shapes, strict=True), start=1)
            if mine != theirs
        ]
    return same(
        mismatches,
        "arrays",
        gettext(
            "Both models have {shapes} trainable arrays of the same shapes, {counts:,} parameters in all.", shapes=len(shapes[0]), counts=counts[0]
        ),
    )


CHECK = Check(
    code="P01",
    name=marked("Parameters"),
    explanation=(
        "The number and the shapes of the trainable arrays, brought into one layout (dense kernels as inputs x outputs, "
        "convolution kernels as height x width x inputs x outputs). A layer too many, another width, or a missing bias shows "
        "here; nothing else can be compared then."
    ),
    judge=judge,
)
