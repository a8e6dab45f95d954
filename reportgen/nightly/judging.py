"""From the index of a history to the verdict on one of its nights."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from reportgen.analysis.history.detector import Floats
from reportgen.analysis.history.series import CellKind, CellSeries
from reportgen.analysis.history.verdict import CellVerdict, Flag, Repeated, cell_verdicts, flags, missing_verdict
from reportgen.nightly.queries import control_until, earlier_nights, missing_kinds, series_until

NOTHING_REPEATED = Repeated(centres={})


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the detector makes of a night before anything is measured again."""

    series: tuple[CellSeries, ...]
    flags: tuple[Flag, ...]
    control: Floats | None
    missing: tuple[CellKind, ...]
    earlier: int

    def verdicts(self, repeated: Repeated = NOTHING_REPEATED) -> tuple[CellVerdict, ...]:
        """Return the verdicts on all metrics, with what was measured again."""
        return (*cell_verdicts(self.series, self.flags, repeated, self.control), *(missing_verdict(kind) for kind in self.missing))


def judge(connection: sqlite3.Connection, series: str, at: str) -> Judgement:
    """Look at the night of a series that began ``at``."""
    found = series_until(connection, series, at)
    return Judgement(
        series=found,
        flags=flags(found),
        control=control_until(connection, series, at),
        missing=missing_kinds(connection, series, at),
        earlier=earlier_nights(connection, series, at),
    )
