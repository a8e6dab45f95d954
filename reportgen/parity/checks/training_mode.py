"""P14: training mode adds the same randomness on both sides."""

from __future__ import annotations

import math

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Side, Verdict

# Dropout rates of 0.2 and 0.3 make the outputs vary by amounts with a logarithmic ratio of 0.27; chance, over 64 images, by less than 0.1.
LIMIT = math.log(1.25)


def variation(side: Side) -> float:
    """Return how much training mode changes the outputs, relative to their own spread."""
    evaluation = side.arrays["evaluation_mode"].astype(np.float64)
    changes = [side.arrays[name].astype(np.float64) - evaluation for name in ("training_mode_1", "training_mode_2")]
    return float(np.sqrt(np.mean(np.square(changes))) / max(evaluation.std(), 1e-12))


def judge(pair: Pair) -> Verdict:
    """Compare the sizes of the variation."""
    found = [variation(side) for side in pair.sides]
    # Far below what any dropout does, and above rounding.
    active = [one > 1e-4 for one in found]
    if not any(active):
        detail = gettext("Training mode changes nothing in either model: there is no dropout.")
        return Verdict(outcome="equal", value=0, limit=LIMIT, unit=gettext("log ratio"), detail=detail)
    if not all(active):
        only = pair.sides[active.index(True)].title
        detail = gettext("Training mode changes the outputs of {only} only: the other model has no dropout, or never switches it on.", only=only)
        return Verdict(outcome="failed", limit=LIMIT, unit=gettext("log ratio"), detail=detail)
    value = abs(math.log(found[0] / found[1]))
    figures = {"mine": found[0], "first": pair.first.title, "theirs": found[1], "second": pair.second.title}
    if value <= LIMIT:
        detail = gettext(
            "Training mode changes the outputs alike, by {mine:.2f} of their spread in {first} and by {theirs:.2f} in {second}.", **figures
        )
        return Verdict(outcome="equal within tolerance", value=value, limit=LIMIT, unit=gettext("log ratio"), detail=detail)
    detail = gettext(
        "Training mode changes the outputs by {mine:.2f} of their spread in {first} and by {theirs:.2f} in {second}, as other rates of "
        "dropout would.",
        **figures,
    )
    return Verdict(outcome="failed", value=value, limit=LIMIT, unit=gettext("log ratio"), detail=detail)


CHECK = Check(
    code="P14",
    name=marked("Training mode"),
    explanation=(
        "How much training mode changes the outputs for the same images and weights. Dropout draws other random numbers in each "
        "framework, so only the size of its effect can be compared: another rate, or dropout on one side only, shows here."
    ),
    judge=judge,
    requires=("P03", "P11", "P13"),
)
