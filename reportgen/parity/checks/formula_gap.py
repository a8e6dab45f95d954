"""P20: how much the two frameworks' formulas of the same optimiser differ."""

from __future__ import annotations

import numpy as np

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict
from reportgen.parity.material import OPTIMIZER_START, gradients
from reportgen.parity.reference import FORMULAS
from reportgen.records import Precision


def judge(pair: Pair) -> Verdict:
    """Compare the NumPy references with each other, and the losses of training with the optimisers as they are."""
    formulas = [FORMULAS.get((side.spec.framework, side.result.effective.optimizer)) for side in pair.sides]
    name = pair.first.result.effective.optimizer
    steps = len(pair.first.arrays["own_losses"])
    value = pair.difference("own_losses")
    seen = {"name": name, "steps": steps, "value": value}
    if formulas[0] is None or formulas[1] is None:
        return Verdict(
            outcome="skipped",
            value=value,
            unit="nats",
            detail=gettext(
                "There is no reference of {name} on both sides; over {steps} steps on the same batches the losses differ by up to {value:.2g}.",
                **seen,
            ),
        )
    if formulas[0] is formulas[1]:
        return Verdict(
            outcome="equal",
            value=value,
            unit="nats",
            detail=gettext(
                "Both frameworks define {name} by the same formula; over {steps} steps on the same batches the losses differ by up to {value:.2g}.",
                **seen,
            ),
        )
    precision: Precision = pair.precision
    given = gradients(pair.first.spec.seed, precision)
    start = np.full(given.shape[1], OPTIMIZER_START)
    settings = pair.first.result.effective.settings
    ends = [formula(start, given, settings, precision)[-1] for formula in formulas if formula is not None]
    apart = np.abs(ends[0] - ends[1]) / settings["learning_rate"]
    size = float(np.median(np.abs(given[:, int(apart.argmax())])))
    detail = gettext(
        "{title} and {title_2} put the epsilon of {name} in different places: a weight whose gradients are "
        "about {size:.0e} ends {max:.1f} learning rates apart after {given} steps, and over {steps} steps on the same batches "
        "the losses differ by up to {value:.2g}. No constant epsilon makes the two equal.",
        title=pair.first.title,
        title_2=pair.second.title,
        size=size,
        max=apart.max(),
        given=len(given),
        **seen,
    )
    return Verdict(outcome="declared difference", value=value, unit="nats", detail=detail)


CHECK = Check(
    code="P20",
    name=marked("Formula of the optimiser"),
    explanation=(
        "Keras adds Adam's epsilon to the root of the uncorrected mean square, PyTorch to that of the corrected one. No choice of "
        "epsilon makes the two equal, so the gap is declared, with what it does to the losses of the workload; it is part of what "
        "is compared."
    ),
    judge=judge,
    declares=True,
    each_precision=True,
    requires=("P08", "P17"),
)
