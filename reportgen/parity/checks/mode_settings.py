"""P24: a mode uses the optimiser, the loss and the number type of its framework's main mode, as they are read back."""

from __future__ import annotations

import math

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, same

# Keras keeps settings as float32, which has 7 significant digits.
RELATIVE_TOLERANCE = 1e-6
#: What is read back beside the settings, and what a sentence calls it.
FACTS = {
    "optimizer": marked("optimiser"),
    "loss": marked("loss"),
    "batch_size": marked("batch size"),
    "steps_per_epoch": marked("steps per epoch"),
    "dtype": marked("number type"),
    "device": marked("device"),
    "intra_op_threads": marked("threads within an operation"),
    "inter_op_threads": marked("threads between operations"),
}


def judge(pair: Pair) -> Verdict:
    """Compare what both modes say that they used."""
    main, mode = (side.result.effective for side in pair.sides)
    mismatches = [
        gettext(
            "{name}: {getattr} in {title}, {getattr_2} in {title_2}",
            name=gettext(called),
            getattr=getattr(main, name),
            title=pair.first.title,
            getattr_2=getattr(mode, name),
            title_2=pair.second.title,
        )
        for name, called in FACTS.items()
        if getattr(main, name) != getattr(mode, name)
    ]
    names = dict.fromkeys([*main.settings, *mode.settings])
    mismatches += [
        gettext(
            "{name}: {get} in {title}, {get_2} in {title_2}",
            name=gettext(name.replace("_", " ")),
            get=main.settings.get(name, gettext("none")),
            title=pair.first.title,
            get_2=mode.settings.get(name, gettext("none")),
            title_2=pair.second.title,
        )
        for name in names
        if not math.isclose(main.settings.get(name, math.nan), mode.settings.get(name, math.nan), rel_tol=RELATIVE_TOLERANCE)
    ]
    return same(mismatches, "settings", gettext("Both modes use the same optimiser, loss, batches, number type and threads."))


CHECK = Check(
    code="P24",
    name=marked("Mode: settings"),
    explanation=(
        "Optimiser and its settings, loss, size and number of batches, number type, device and threads, read back from the framework's own "
        "objects after training in the mode and in the main mode of the same framework."
    ),
    judge=judge,
    of_modes=True,
)
