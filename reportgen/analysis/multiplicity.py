"""Many comparisons in one report: Holm's procedure, so that the chance of any false claim stays what one comparison would have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The chance of a false claim in a whole report where nothing differs.
ALPHA = 0.05


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """An adjusted p-value, and the confidence level of the interval that agrees with it: the interval excludes "no difference" where p <= ALPHA."""

    p_value: float
    level: float


def holm(p_values: Sequence[float], alpha: float = ALPHA) -> tuple[Adjusted, ...]:
    """Return the adjusted p-values of Holm's step-down procedure (Scandinavian Journal of Statistics 6, 1979), in the order given.

    Of m p-values the k-th smallest is multiplied by m - k + 1, and none may be below a smaller one's. Any dependence between the comparisons
    is allowed. The level is 1 - alpha / (m - k + 1), and from the first comparison on that is not rejected the one of that comparison: so each
    interval, taken by itself, says what the procedure says. The intervals do not cover all true values at once with probability 1 - alpha;
    Bonferroni's, all at 1 - alpha / m, would.
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda index: p_values[index])
    found: dict[int, Adjusted] = {}
    floor, factor, stopped = 0.0, count, False
    for rank, index in enumerate(order):
        if not stopped:
            factor = count - rank
        floor = max(floor, min(1.0, (count - rank) * p_values[index]))
        stopped = stopped or floor > alpha
        found[index] = Adjusted(p_value=floor, level=1 - alpha / factor)
    return tuple(found[index] for index in range(count))
