"""P02: the distributions from which both models draw their initial weights."""

from __future__ import annotations

import math

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict
from reportgen.records import Parameter

# Of so many uniform draws, the extremes come within 1 % of the bounds; of fewer, they say little about them.
LEAST_DRAWS = 500
# Bounds that differ by less come from the same recipe; Keras' and PyTorch's defaults differ by a factor of 1.7 for a square kernel.
RELATIVE_LIMIT = 0.05


def departure(mine: Parameter, theirs: Parameter) -> float:
    """Return how far apart the ranges of two arrays are, relative to the larger bound; 0 for arrays too small to tell."""
    constant = all(one.initial_minimum == one.initial_maximum for one in (mine, theirs))
    if math.prod(mine.shape) < LEAST_DRAWS and not constant:
        one_constant = any(one.initial_minimum == one.initial_maximum for one in (mine, theirs))
        return 1.0 if one_constant else 0.0
    bound = max(abs(value) for one in (mine, theirs) for value in (one.initial_minimum, one.initial_maximum))
    apart = max(abs(mine.initial_minimum - theirs.initial_minimum), abs(mine.initial_maximum - theirs.initial_maximum))
    return apart / bound if bound else 0.0


def judge(pair: Pair) -> Verdict:
    """Compare the ranges of the values with which the models begin by themselves."""
    pairs = list(zip(pair.first.result.parameters, pair.second.result.parameters, strict=True))
    value = max(departure(*both) for both in pairs)
    if value <= RELATIVE_LIMIT:
        detail = gettext(
            "By themselves, both models begin with weights of the same ranges (they differ by at most {value:.1%} of the bound).", value=value
        )
        return Verdict(outcome="equal within tolerance" if value else "equal", value=value, limit=RELATIVE_LIMIT, unit="relative", detail=detail)
    named = ", ".join(mine.name for mine, theirs in pairs if departure(mine, theirs) > RELATIVE_LIMIT)
    detail = gettext(
        "{title} and {title_2} draw the initial values of {named} from different distributions.",
        title=pair.first.title,
        title_2=pair.second.title,
        named=named,
    )
    return Verdict(outcome="declared difference", value=value, limit=RELATIVE_LIMIT, unit="relative", detail=detail)


CHECK = Check(
    code="P02",
    name=marked("Native initial weights"),
    explanation=(
        "The ranges of the initial weights that each model draws by itself. The frameworks' defaults differ (Keras: Glorot's "
        "uniform distribution and biases of zero; PyTorch: a uniform distribution by the number of inputs, for biases too). A "
        "workload may leave them so; the difference is then declared, since it belongs to what is compared."
    ),
    judge=judge,
    declares=True,
    requires=("P01",),
)
