"""What measuring costs beside what is measured: the wall time of a study over the time that its trials' phases took."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.inputs import Span
from reportgen.records import Record

# Between two trials of one session pass fractions of a second, and some seconds where a framework is imported for the trials to come. A longer
# pause is a study that was interrupted; a shorter interruption counts as overhead.
INTERRUPTION_S = 300.0


class Overhead(Record):
    """``wall_s``: from the beginning of the first trial's process to the end of the last trial, without ``interruptions``. ``phases_s``: the sum of
    the phases of all trials, in seconds too; a trial that failed counts whole, since it has none. ``ratio`` is the first over the second.

    What lies between the two is the program's own: importing what trials are forked from, ending processes, checking and writing results.
    """

    wall_s: float
    phases_s: float
    trials: int
    interruptions: int
    ratio: float


def overhead(spans: Sequence[Span]) -> Overhead | None:
    """Return what a study cost beside its trials, or ``None`` where no trial is known."""
    if not spans:
        return None
    ordered = sorted(spans, key=lambda span: span.began_s)
    wall_s = end = 0.0
    interruptions = 0
    for index, span in enumerate(ordered):
        pause = span.began_s - end if index else 0.0
        if pause > INTERRUPTION_S:
            interruptions += 1
        else:
            wall_s += max(0.0, pause)
        # Trials follow each other; should two overlap, a second is counted once.
        wall_s += max(0.0, span.ended_s - max(span.began_s, end))
        end = max(end, span.ended_s)
    phases_s = sum(span.phases_s for span in ordered)
    if phases_s <= 0:
        return None
    return Overhead(wall_s=wall_s, phases_s=phases_s, trials=len(ordered), interruptions=interruptions, ratio=wall_s / phases_s)
