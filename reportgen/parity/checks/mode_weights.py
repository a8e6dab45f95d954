"""P26: a mode ends with the weights that its framework's main mode ends with."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, difference, within


def judge(pair: Pair) -> Verdict:
    """Compare all trained weights."""
    main = pair.first.arrays
    names = [name for name in main if name.startswith("weight_") and not name.startswith("weight_disturbed")]
    floor = max(difference(main[name], main[name.replace("weight_", "weight_disturbed_")]) for name in names)
    what = gettext("{names} arrays of weights after training", names=len(names))
    return within(max(pair.difference(name) for name in names), pair.training_limit(floor), "", what, gettext("The two modes do not train alike."))


CHECK = Check(
    code="P26",
    name=marked("Mode: weights"),
    explanation=(
        "All weights after the training of P25, in the mode and in the main mode of the same framework. Something that was compiled ahead and "
        "took a step in passing, or a batch that was left out, shows itself here."
    ),
    judge=judge,
    each_precision=True,
    requires=("P25",),
    of_modes=True,
)
