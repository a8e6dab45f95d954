"""What a measurement that was repeated at once says of a flagged metric, and whether the machine itself has moved."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from scipy import special

from reportgen.analysis.history.detector import LEAST_SHIFT, Floats, Scale, Shift, baseline_of, scan
from reportgen.analysis.history.detector import WINDOWS as WINDOWS
from reportgen.analysis.log_ratios import NO_SCATTER

Repeat = Literal["seen again", "not seen again", "unclear"]
# One more value asked one question: the usual level. The flag before it asked many, and has a stricter one.
REPEAT_LEVEL = 0.05
# The control need not be proved to have moved: a likely movement is reason enough to withhold an alarm.
CONTROL_LEVEL = 0.05


def one_more(baseline: Floats, value: float, sign: int, noise: float = 0.0) -> tuple[float, float]:
    """Return by how much one further value lies beyond the baseline's mean in a direction, and the one-sided p-value of that.

    Student's t for a new observation, with the baseline's scatter: s sqrt(1 + 1 / n), n - 1 degrees of freedom. Without scatter, any shift is sure.
    """
    n = baseline.size
    shift = sign * (value - float(baseline.mean()))
    error = math.sqrt(float(baseline.var(ddof=1)) * (1 + 1 / n) + noise**2)
    if error <= NO_SCATTER:
        return shift, 0.0 if shift > NO_SCATTER else 1.0
    return shift, float(special.stdtr(n - 1, -shift / error))


def repeat_says(values: Floats, again: float, shift: Shift, scale: Scale) -> Repeat:
    """Return whether a value that was measured again shows the shift too; ``values`` and ``again`` are on the scale."""
    size, p_value = one_more(baseline_of(values, shift.window), again, shift.sign, scale.noise)
    if size <= scale.least:
        return "not seen again"
    return "seen again" if p_value < REPEAT_LEVEL else "unclear"


def control_moved(control: Floats | None, again: float | None, window: int, sign: int | None) -> bool | None:
    """Return whether the control workload moved with the last ``window`` nights, or in what was measured again; ``None`` where that is not known.

    ``control`` are its logarithms night by night, tonight last, ``again`` that of the repetition. ``sign`` is the direction that counts, ``None``
    for both. It moved where it shifted by more than :data:`LEAST_SHIFT` and that is likely more than its scatter.
    """
    if control is None or control.size == 0:
        return None
    found = scan(control)
    row = WINDOWS.index(window)
    if math.isnan(found.size[row, -1]):
        return None
    for direction in (1, -1) if sign is None else (sign,):
        p_value = (found.p_higher if direction > 0 else found.p_lower)[row, -1]
        if direction * found.size[row, -1] > LEAST_SHIFT and p_value < CONTROL_LEVEL:
            return True
        if again is not None:
            size, likely = one_more(baseline_of(control, window), again, direction)
            if size > LEAST_SHIFT and likely < CONTROL_LEVEL:
                return True
    return False


def mean_shift(values: Floats, window: int) -> float:
    """Return how far the mean of the last ``window`` values lies from that of their baseline."""
    return float(np.mean(values[-window:]) - baseline_of(values, window).mean())
