"""From the index of a history to the verdict on one of its nights."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.analysis.history.detector import Floats
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import CellVerdict, WorkloadVerdict
from reportgen.analysis.history.summing import workload_verdict
from reportgen.analysis.history.verdict import Flag, Repeated, cell_verdicts, flags, missing_verdict
from reportgen.nightly.queries import IndexedNight, control_until, earlier_nights, newest_nights, repeated_on, series_until, why_a_series_begins
from reportgen.records.night import CellKind, NightRecord
from reportgen.records.sentence import NOTHING, Sentence


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the detector makes of a night, and what was measured again.

    ``earlier`` are the comparable nights before it, ``software_before`` is the software of the last of them, empty where there is none.
    """

    series: tuple[CellSeries, ...]
    flags: tuple[Flag, ...]
    repeated: Repeated
    control: Floats | None
    missing: tuple[CellKind, ...]
    earlier: int
    software_before: Mapping[str, str]
    begins: Sentence

    @property
    def verdicts(self) -> tuple[CellVerdict, ...]:
        """The verdicts on all metrics."""
        said = cell_verdicts(self.series, self.flags, self.repeated, self.control)
        return (*said, *(missing_verdict(kind) for kind in self.missing))

    def on(self, night: NightRecord, require_baseline: bool) -> WorkloadVerdict:
        """Return the verdict on the night as a whole."""
        return workload_verdict(night, self.verdicts, self.earlier, self.software_before, require_baseline, self.begins)


def judge(connection: sqlite3.Connection, night: IndexedNight) -> Judgement:
    """Look at a night by the nights before it."""
    found, missing = series_until(connection, night)
    last = newest_nights(connection, night.series, 2, night)
    earlier = earlier_nights(connection, night)
    return Judgement(
        series=found,
        flags=flags(found),
        repeated=repeated_on(connection, night),
        control=control_until(connection, night),
        missing=missing,
        earlier=earlier,
        software_before=last[0].software if len(last) > 1 else {},
        begins=NOTHING if earlier else why_a_series_begins(connection, night),
    )
