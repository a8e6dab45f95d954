"""The noise floor: a difference that one program shows against itself on this machine is none between two frameworks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen.analysis.claims import NoiseFloor
from reportgen.analysis.log_ratios import log_differences, ratio_interval
from reportgen.language import gettext, marked
from reportgen.records import Calibration

# Alignment of memory, order of linking, the size of the environment: what a study holds fixed in all its trials shifts a program's time by per
# cents, and repeating the trials does not average it away. No smaller difference is believed, however narrow its interval.
LEAST_FLOOR = 0.02
NOT_CALIBRATED = marked("not calibrated on this machine")


def noise_floor(calibration: Calibration | None, frameworks: Sequence[str], metric: str) -> NoiseFloor:
    """Return phi for one metric: the greater of :data:`LEAST_FLOOR` and what the A/A study shows.

    The A/A study gives for each of ``frameworks`` a paired ratio that should be 1, with its 95 % interval; phi is the end furthest from 1
    of all of them, minus 1. So a short study, which knows little, gives a high floor.
    """
    bounds = [] if calibration is None else [bound(calibration, framework, metric) for framework in frameworks]
    known = [value for value in bounds if value is not None]
    if calibration is None or not known or len(known) < len(bounds):
        return NoiseFloor(value=LEAST_FLOOR, calibrated=False, source=gettext("assumed: {not_calibrated}", not_calibrated=gettext(NOT_CALIBRATED)))
    pairs = min(sum(block.framework == framework for block in calibration.blocks) for framework in frameworks)
    measured = gettext(
        "A/A study of {pairs} blocks on this machine, {created_at}, {workload} on {dataset}",
        pairs=pairs,
        created_at=calibration.created_at[:10],
        workload=calibration.workload,
        dataset=calibration.dataset,
    )
    value = max(known)
    if value <= LEAST_FLOOR:
        return NoiseFloor(
            value=LEAST_FLOOR,
            calibrated=True,
            source=gettext("the least that is ever used; {measured}, gave {value:.1%}", measured=measured, value=value),
        )
    return NoiseFloor(value=value, calibrated=True, source=measured)


def bound(calibration: Calibration, framework: str, metric: str) -> float | None:
    """Return how far from 1 the ratio of a framework to itself may lie, as a fraction, or ``None`` where fewer than two blocks tell."""
    pairs = [block.times_s[metric] for block in calibration.blocks if block.framework == framework and metric in block.times_s]
    if len(pairs) < 2:
        return None
    interval = ratio_interval(log_differences([first for first, _ in pairs], [second for _, second in pairs]))
    return math.exp(max(abs(math.log(interval.low)), abs(math.log(interval.high)))) - 1
