"""P08: both optimisers and losses are what was planned, by their own account."""

from __future__ import annotations

import math

from reportgen.language import gettext, localised, marked
from reportgen.parity.base import Check, Pair, Verdict, same

# Keras keeps settings as float32, which has 7 significant digits.
RELATIVE_LIMIT = 1e-6
#: What is read back beside the settings, and what a sentence calls it.
FACTS = {
    "optimizer": marked("optimiser"),
    "dtype": marked("number type"),
    "device": marked("device"),
    "device_name": marked("device name"),
    "tensor_float_32": marked("use of TensorFloat-32"),
    "mixed_precision": marked("mixed precision"),
}


def judge(pair: Pair) -> Verdict:
    """Compare what was read back from the frameworks' objects with each other and with the plan."""
    mine, theirs = pair.first.result.effective, pair.second.result.effective
    planned = pair.first.spec.hyperparameters.model_dump()
    mismatches = []
    for name in dict.fromkeys([*mine.settings, *theirs.settings]):
        values = [one.settings.get(name) for one in (mine, theirs)]
        wanted = planned.get(name, values[0])
        if wanted is None or any(value is None or not math.isclose(value, wanted, rel_tol=RELATIVE_LIMIT) for value in values):
            shown = [
                gettext("{title} uses {value}", title=side.title, value=gettext("none") if value is None else localised(f"{value:g}"))
                for side, value in zip(pair.sides, values, strict=True)
            ]
            told = {"setting": gettext(name.replace("_", " ")), "used": ", ".join(shown)}
            mismatches.append(
                gettext("{setting}: {used} ({planned:g} was planned)", planned=planned[name], **told)
                if name in planned
                else gettext("{setting}: {used}", **told)
            )
    for what, called in FACTS.items():
        here, there = getattr(mine, what), getattr(theirs, what)
        if here != there:
            mismatches.append(
                gettext(
                    "{what}: {title} uses {here}, {title_2} uses {there}",
                    what=gettext(called),
                    title=pair.first.title,
                    here=here,
                    title_2=pair.second.title,
                    there=there,
                )
            )
    agreed = gettext(
        "Both use {optimizer} with the planned settings, {dtype}, on the {device}.", optimizer=mine.optimizer, dtype=mine.dtype, device=mine.device
    )
    return same(mismatches, "settings", agreed)


CHECK = Check(
    code="P08",
    name=marked("Effective hyperparameters"),
    explanation=(
        "Optimiser, learning rate, decay rates, epsilon, weight decay, number type and device, read back from the frameworks' own "
        "objects and compared with each other and with the plan. It fails when a setting was left to defaults that differ, as "
        "Adam's epsilon does (1e-7 in Keras, 1e-8 in PyTorch)."
    ),
    judge=judge,
)
