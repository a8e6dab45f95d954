"""The detector: whether the last nights differ from those before them by more than chance and more than little.

A limit against the last night alone would raise a false alarm in nearly every quiet month; a mean over some nights beside the scatter of up to thirty
does not. What it finds in simulated nights is in docs/nightly.md, and shown by the tests on this code.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from reportgen.analysis.log_ratios import NO_SCATTER

Floats = NDArray[np.float64]

# How many of the last nights are taken together: two see a large step at once, five a small one, and one alone could be anything.
WINDOWS = (2, 3, 5)
# A month of nights before them: longer, and slow drift of the machine counts as scatter.
BASELINE_MOST = 30
# With fewer nights the scatter is hardly known, and Student's t pays for that with little power.
BASELINE_LEAST = 10
# Nobody acts on less, and a machine makes as much by itself over months: 5 %, on the logarithm.
LEAST_SHIFT = math.log(1.05)
# An accuracy is a share already. Half a percentage point is 50 of 10,000 images; five per cent of an accuracy would be 500.
LEAST_SHIFT_OF_SHARES = 0.005
# Each metric is looked at every night, in three windows: at one in a thousand, a quiet metric raises an alarm about once in many months.
LEVEL = 0.001


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How values of a metric are made comparable: on the logarithm unless they are ``shares``; ``noise`` is a standard error that nights share.

    Nights repeat the seeds and the test images, so their scatter says nothing of what other images would have given; ``noise`` holds that.
    """

    shares: bool = False
    noise: float = 0.0

    @property
    def least(self) -> float:
        """The least shift that counts."""
        return LEAST_SHIFT_OF_SHARES if self.shares else LEAST_SHIFT

    def __call__(self, values: Sequence[float] | Floats) -> Floats:
        """Return the values as they are compared."""
        array = np.asarray(values, dtype=np.float64)
        return array if self.shares else np.log(array)


def share_scale(share: float, count: int) -> Scale:
    """Return the scale of an accuracy near ``share`` on ``count`` test images: two such models differ by chance with sqrt(2 p (1 - p) / count).

    That takes the models' mistakes for independent, which errs on the side of silence.
    """
    return Scale(shares=True, noise=math.sqrt(2 * max(share * (1 - share), 1 / (4 * count)) / count) if count else 0.0)


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The detector at every night of a series: arrays float64 (windows, nights), NaN where the nights before are too few.

    ``size`` is the shift of the mean of the last nights on the series' scale, ``p_higher`` and ``p_lower`` are one-sided p-values.
    """

    size: Floats
    p_higher: Floats
    p_lower: Floats

    def flagged(self, sign: int, least: float, level: float = LEVEL) -> NDArray[np.bool_]:
        """Return bool (windows, nights): whether a shift upward (``sign`` 1) or downward (-1) is large and sure enough."""
        p_values = self.p_higher if sign > 0 else self.p_lower
        with np.errstate(invalid="ignore"):
            found: NDArray[np.bool_] = (sign * self.size > least) & (p_values < level)
        return found


def scan(values: Floats, noise: float = 0.0) -> Scan:
    """Run the detector at every night of ``values``, float64 (nights,), on their scale.

    For a window of m nights, Student's two-sample t with pooled variance: the mean of the last m against that of the at most
    :data:`BASELINE_MOST` and at least :data:`BASELINE_LEAST` nights before them. Without any scatter, every shift is sure.
    """
    count = values.size
    shape = (len(WINDOWS), count)
    size, p_higher, p_lower = (np.full(shape, np.nan) for _ in range(3))
    # Sums of deviations from one value lose no digits as sums of squares would.
    deviations = values - (values[0] if count else 0.0)
    sums, squares = (np.concatenate(([0.0], np.cumsum(deviations**power))) for power in (1, 2))
    for row, recent in enumerate(WINDOWS):
        ends = np.arange(recent + BASELINE_LEAST, count + 1)
        if ends.size == 0:
            continue
        middles = ends - recent
        starts = np.maximum(0, middles - BASELINE_MOST)
        before = (middles - starts).astype(np.float64)
        last_mean, base_mean = (sums[ends] - sums[middles]) / recent, (sums[middles] - sums[starts]) / before
        within = (squares[ends] - squares[middles]) - recent * last_mean**2 + (squares[middles] - squares[starts]) - before * base_mean**2
        degrees = recent + before - 2
        error = np.sqrt(np.maximum(within, 0.0) / degrees * (1 / recent + 1 / before) + noise**2)
        shift = last_mean - base_mean
        nights = ends - 1
        size[row, nights] = shift
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.where(error > NO_SCATTER, shift / error, np.sign(np.where(np.abs(shift) > NO_SCATTER, shift, 0.0)) * np.inf)
        t = np.nan_to_num(t, nan=0.0, posinf=np.inf, neginf=-np.inf)
        p_higher[row, nights] = special.stdtr(degrees, -t)
        p_lower[row, nights] = special.stdtr(degrees, t)
    return Scan(size=size, p_higher=p_higher, p_lower=p_lower)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """What the detector says of the last night: the window of ``window`` nights against ``baseline`` before them, in the direction ``sign``.

    ``size`` is on the series' scale, and so is ``centre``, the mean of the baseline; ``flagged`` is whether it is large and sure enough.
    """

    window: int
    baseline: int
    sign: int
    size: float
    p_value: float
    centre: float
    flagged: bool


def last_shift(values: Floats, scale: Scale, sign: int) -> Shift | None:
    """Return the surest shift in a direction at the last night, or ``None`` where too few nights came before.

    ``values`` are on the scale, oldest first. Of several windows it is the one with the least p-value, a flagged one before others.
    """
    tail = values[-(max(WINDOWS) + BASELINE_MOST) :]
    found = scan(tail, scale.noise)
    p_values = (found.p_higher if sign > 0 else found.p_lower)[:, -1] if tail.size else np.full(len(WINDOWS), np.nan)
    known = [row for row in range(len(WINDOWS)) if not math.isnan(p_values[row])]
    if not known:
        return None
    flags = found.flagged(sign, scale.least)[:, -1]
    row = min(known, key=lambda one: (not flags[one], p_values[one]))
    window = WINDOWS[row]
    before = tail[: tail.size - window][-BASELINE_MOST:]
    return Shift(
        window=window,
        baseline=int(before.size),
        sign=sign,
        size=float(found.size[row, -1]),
        p_value=float(p_values[row]),
        centre=float(before.mean()),
        flagged=bool(flags[row]),
    )


def baseline_of(values: Floats, window: int) -> Floats:
    """Return the nights that the last ``window`` are compared with."""
    return values[: values.size - window][-BASELINE_MOST:]
