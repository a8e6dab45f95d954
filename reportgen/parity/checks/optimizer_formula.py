"""P19: each framework's optimiser takes the steps that its own formula says."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, difference, within
from reportgen.parity.material import OPTIMIZER_START, gradients
from reportgen.parity.reference import FORMULAS
from reportgen.records import Precision

# In learning rates. Measured for Adam: 5e-6 in float32 (after 20 steps, weights of about 0.02 are resolved to 2e-9) and 1e-14 in float64. Epsilon in
# the other place moves the weights by 10 learning rates.
LIMITS: dict[Precision, float] = {"float32": 1e-4, "float64": 1e-10}


def judge(pair: Pair) -> Verdict:
    """Compare each side's steps on given gradients with the NumPy reference of its own formula."""
    found = []
    for side in pair.sides:
        effective = side.result.effective
        formula = FORMULAS.get((side.spec.framework, effective.optimizer))
        # The reference of plain gradient descent knows no momentum.
        if formula is None or effective.settings.get("momentum"):
            return Verdict(
                outcome="skipped",
                detail=gettext("There is no reference of {title}'s {optimizer} to compare with.", title=side.title, optimizer=effective.optimizer),
            )
        given = gradients(side.spec.seed, pair.precision)
        start = np.full(given.shape[1], OPTIMIZER_START)
        wanted = formula(start, given, effective.settings, pair.precision)
        found.append(difference(side.arrays["optimizer_weights"], wanted) / effective.settings["learning_rate"])
    what = gettext("the steps of each optimiser on given gradients, compared with the formula of its own documentation")
    return within(max(found), LIMITS[pair.precision], gettext("learning rates"), what, gettext("An optimiser is not configured as it says."))


CHECK = Check(
    code="P19",
    name=marked("Optimiser steps"),
    explanation=(
        "A lone array is stepped by the workload's own optimiser on given gradients between 1e-9 and 1, and compared with a NumPy "
        "reference of that framework's own formula, with the settings that were read back. The difference is given in learning "
        "rates."
    ),
    judge=judge,
    each_precision=True,
    requires=("P08",),
)
