"""Where a chart is marked: each change once, where it was first seen, and the end of a regression."""

from __future__ import annotations

import math
from collections.abc import Mapping

from reportgen.analysis.history.detector import BASELINE_LEAST, BASELINE_MOST, WINDOWS, Floats
from reportgen.analysis.history.shown import Mark, Outcome

# A regression that is mended within the month never became a part of the baseline, so its end is no change that the detector could flag. These
# many nights on the near side of the middle show it, ...
RECOVERY_WINDOWS = (3, 5)
# ... by so many of their standard errors: one in a hundred would be there by chance. It is a mark on a chart, and no alarm.
RECOVERY_Z = 2.33


def marks(said: Mapping[int, Outcome], values: Floats) -> tuple[Mark, ...]:
    """Return where a metric is marked. ``said`` are the verdicts on its flagged nights by place, ``values`` float64 (nights,) are on its scale.

    A lasting change is flagged night after night until it is a part of the baseline; it is marked once, and once more where it is confirmed
    later. What is flagged until a regression is a part of the baseline is that regression. What follows it for the better is a recovery.
    """
    found: list[Mark] = []
    regression, absorbed = -1, -1
    for index in range(values.size):
        outcome, before = said.get(index), said.get(index - 1)
        if outcome == "improvement":
            if before != "improvement":
                found.append(Mark(index=index, kind="recovery" if regression >= 0 else "improvement"))
            regression = absorbed = -1
        elif outcome == "regression":
            if regression < 0 or before is None:
                found.append(Mark(index=index, kind="regression"))
                regression = index
            absorbed = index + BASELINE_MOST
        elif regression >= 0 and recovered(values, regression, index):
            found.append(Mark(index=index, kind="recovery"))
            regression = absorbed = -1
        elif outcome is not None and before in (None, "improvement") and index > absorbed:
            found.append(Mark(index=index, kind="flagged"))
    return tuple(found)


def recovered(values: Floats, regression: int, index: int) -> bool:
    """Say whether the last nights up to ``index`` are back at where a metric was before its regression was seen, and not where it went then."""
    usual = values[max(0, regression + 1 - max(WINDOWS) - BASELINE_MOST) : max(0, regression + 1 - max(WINDOWS))]
    if usual.size < BASELINE_LEAST:
        return False
    for window in RECOVERY_WINDOWS:
        worse = values[regression - 1 : index + 1 - window]
        if worse.size < min(WINDOWS):
            continue
        centre, level = float(usual.mean()), float(worse.mean())
        # Along the line from the usual level (0) to that of the regression (1), whichever of them is the higher.
        last = (float(values[index + 1 - window : index + 1].mean()) - centre) / (level - centre)
        error = float(usual.std(ddof=1)) / math.sqrt(window) / abs(level - centre)
        if last < 0.5 - RECOVERY_Z * error:
            return True
    return False
