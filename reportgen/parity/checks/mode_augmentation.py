"""P28: a mode changes its training images at random as strongly as its framework's main mode."""

from __future__ import annotations

from reportgen.language import marked
from reportgen.parity.base import Check
from reportgen.parity.checks.augmentation import judge

CHECK = Check(
    code="P28",
    name=marked("Mode: augmentation"),
    explanation=(
        "Where a workload changes its training images at random, the same images go through the training data of the mode and of the main mode "
        "of the same framework, and the changes are compared as in P22. A mode may change whole batches at once, with random numbers of its "
        "own; so this is a declared difference, and fails when one mode does not augment, or in other ranges."
    ),
    judge=judge,
    requires=("P23",),
    of_modes=True,
)
