"""Where the time of a training epoch goes: parts as differences of passes that each do a little more."""

from __future__ import annotations

import numpy as np

from reportgen.analysis.inputs import Profiling, RunRecords
from reportgen.analysis.results import EpochPart, EpochProfile
from reportgen.language import gettext, marked

# A part is what a pass takes longer than the one before it; the first begins from nothing.
PARTS = (
    (marked("data"), "read"),
    (marked("forward and backward"), "differentiate"),
    (marked("optimiser"), "update"),
    (marked("other"), "program"),
)


def epoch_profiles(records: RunRecords) -> tuple[EpochProfile, ...]:
    """Return a profile for each framework's main mode that has one, in the plan's order; an earlier attempt gives way to a later one."""
    ordered = sorted(records.profiles, key=lambda one: one.spec.attempt)
    latest = {one.spec.framework: one for one in ordered if records.plan.is_main(one.spec.framework, one.spec.mode)}
    return tuple(epoch_profile(latest[name]) for name in records.plan.frameworks if name in latest)


def epoch_profile(profiling: Profiling) -> EpochProfile:
    """Return the parts of one framework's epoch, from the medians over rounds."""
    medians = {name: float(np.median(seconds)) for name, seconds in profiling.result.pass_s.items()}
    levels = [0.0] + [medians[name] for _, name in PARTS]
    whole = levels[-1]
    return EpochProfile(
        framework=profiling.spec.framework,
        epoch_s=whole,
        rounds=len(profiling.result.pass_s["program"]),
        parts=tuple(
            EpochPart(name=gettext(part), seconds=after - before, share=(after - before) / whole)
            for (part, _), before, after in zip(PARTS, levels[:-1], levels[1:], strict=True)
        ),
    )
