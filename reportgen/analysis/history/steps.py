"""Step lines through a series of nights: where its level changed, found for the eye. No alarm is raised on them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from reportgen.analysis.history.detector import Floats
from reportgen.analysis.history.shown import Step
from reportgen.analysis.log_ratios import NO_SCATTER

# A level that held for two nights may be two odd nights.
LEAST_NIGHTS = 3
# What a further step must gain, in units of sigma squared times ln(nights): two is the Bayesian criterion's, and one more keeps quiet series whole.
PENALTY = 3.0
# The median absolute difference of neighbours, for a normal scatter, is 0.6745 sqrt(2) sigma.
DIFFERENCE_TO_SIGMA = 1 / (0.6745 * math.sqrt(2))


def steps(values: Floats) -> tuple[Step, ...]:
    """Return the levels of a series, in order and on its scale: least squares with a penalty for each step (PELT, as ``ruptures`` has it, jump 1).

    The scatter that the penalty is measured in comes from differences of neighbouring nights, which a few steps hardly touch.
    """
    count = values.size
    if count == 0:
        return ()
    edges = [0, count]
    if count >= 2 * LEAST_NIGHTS:
        edges = [0, *breaks(values)]
    return tuple(Step(first=first, last=end - 1, level=float(np.median(values[first:end]))) for first, end in pairwise(edges) if end > first)


def breaks(values: Floats) -> list[int]:
    """Return the ends of all levels, the last one included."""
    # Its import costs more than the rest of this room; only a trend page needs it.
    import ruptures

    sigma = float(np.median(np.abs(np.diff(values)))) * DIFFERENCE_TO_SIGMA
    if sigma <= NO_SCATTER:
        # Values that repeat, such as sizes: any scatter will do, since what differs at all is a step.
        sigma = max(float(np.std(values)) / values.size, NO_SCATTER)
    signal = (values - values.mean()) / sigma
    # This class computes in C, and looks at every night (jump = 1).
    found = ruptures.KernelCPD(kernel="linear", min_size=LEAST_NIGHTS).fit(signal.reshape(-1, 1)).predict(pen=PENALTY * math.log(values.size))
    return [int(end) for end in found]
