"""P27: a mode predicts what its framework's main mode predicts."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, difference, within


def judge(pair: Pair) -> Verdict:
    """Compare the outputs for the test images after training."""
    main = pair.first.arrays
    limit = pair.training_limit(difference(main["logits"], main["logits_disturbed"]))
    return within(pair.difference("logits"), limit, "logits", gettext("the outputs for test images"), gettext("The two modes do not predict alike."))


CHECK = Check(
    code="P27",
    name=marked("Mode: outputs"),
    explanation=(
        "The outputs for test images after the training of P25, each by the mode's own evaluation: through its own data, in evaluation mode, "
        "the last batch partial."
    ),
    judge=judge,
    each_precision=True,
    requires=("P26",),
    of_modes=True,
)
