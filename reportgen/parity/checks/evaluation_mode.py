"""P13: evaluation gives the same outputs every time."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import ROUNDING, Check, Pair, Side, Verdict, difference
from reportgen.report.format import enumeration


def departure(side: Side) -> float:
    """Return how far two evaluations of the test images differ; where the pipeline scales to [0, 1], also from a plain call in evaluation mode."""
    arrays = side.arrays
    found = difference(arrays["evaluation_1"], arrays["evaluation_2"])
    if difference(arrays["scaled_images"], arrays["reference_images"]) <= ROUNDING["float32"]:
        found = max(found, difference(arrays["evaluation_1"], arrays["logits"]))
    return found


def judge(pair: Pair) -> Verdict:
    """Compare evaluations of each side with themselves."""
    limit = ROUNDING[pair.precision]
    departures = [departure(side) for side in pair.sides]
    value = max(departures)
    wrong = [side.title for side, found in zip(pair.sides, departures, strict=True) if not found <= limit]
    if wrong:
        detail = gettext(
            "{wrong} did not evaluate the same weights alike: dropout or batch statistics are active in evaluation.", wrong=enumeration(wrong)
        )
        return Verdict(outcome="failed", value=value, limit=limit, unit="logits", detail=detail)
    detail = gettext("Evaluating the same weights again gives the same outputs in both frameworks (largest difference {value:.2g}).", value=value)
    return Verdict(outcome="equal within tolerance" if value else "equal", value=value, limit=limit, unit="logits", detail=detail)


CHECK = Check(
    code="P13",
    name=marked("Evaluation mode"),
    explanation=(
        "The test images are evaluated twice with the same weights, through each framework's own program, and compared with a "
        "plain call in evaluation mode. Dropout that stays active (a missing `model.eval()`, or a functional dropout that is "
        "never told to stop) makes them differ."
    ),
    judge=judge,
)
