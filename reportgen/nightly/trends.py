"""From the index of a history to the trends that a page draws."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np

from reportgen.analysis.history.course import LOOK_BACK, CellNights, ControlNights, outcomes
from reportgen.analysis.history.shown import CellTrend, SeriesTrend, TrendPoint
from reportgen.analysis.history.trend import cell_trend, software_changes
from reportgen.nightly.queries import IndexedNight, all_series, groups, kinds_of, newest_nights, values_of
from reportgen.records import digest_of

# Half a year of nights, each with its interval, is what a screen's width can show one by one.
POINTS = 180


def all_trends(connection: sqlite3.Connection) -> tuple[SeriesTrend, ...]:
    """Return the trends of every series, the one with the newest night first."""
    return tuple(series_trend(connection, series) for series in all_series(connection))


def series_trend(connection: sqlite3.Connection, series: int, points: int = POINTS, until: IndexedNight | None = None) -> SeriesTrend:
    """Return the trends of all metrics of a series: its last ``points`` nights each, older ones in groups; ``until`` a night where that is given."""
    # The verdict on the first night that is drawn looked back at nights that are not.
    nights = newest_nights(connection, series, points + LOOK_BACK, until)
    drawn, newest = nights[-points:], nights[-1]
    ids = {night.number: place for place, night in enumerate(nights)}
    kinds = kinds_of(connection, series)
    values = [[row for row in values_of(connection, number, nights[0].moment) if row[0] in ids] for number, _ in kinds]
    cells = [
        CellNights(
            kind=kind,
            nights=np.array([ids[row[0]] for row in rows], dtype=np.int64),
            centres=np.array([row[1] for row in rows], dtype=np.float64),
            again=np.array([np.nan if row[5] is None else row[5] for row in rows], dtype=np.float64),
        )
        for (_, kind), rows in zip(kinds, values, strict=True)
    ]
    said = outcomes(cells, control_nights(nights))
    first = len(nights) - len(drawn)
    trends: list[CellTrend] = []
    for (number, kind), rows, own in zip(kinds, values, said, strict=True):
        hidden = sum(ids[row[0]] < first for row in rows)
        shown = [point(nights[ids[row[0]]], row) for row in rows[hidden:]]
        older = list(groups(connection, number, drawn[0].moment)) if shown and until is None else []
        trends.append(cell_trend(kind, older, shown, {place - hidden: outcome for place, outcome in own.items() if place >= hidden}))
    return SeriesTrend(
        workload=newest.workload,
        workload_title=newest.workload_title,
        dataset=newest.dataset,
        hardware=newest.hardware,
        nights=count_of(connection, series, newest),
        cells=tuple(trend for trend in trends if trend.points),
        changes=software_changes([(night.at, digest_of(dict(night.software)), dict(night.software)) for night in drawn]),
    )


def point(night: IndexedNight, row: tuple[int, float, float | None, float | None, int, float | None]) -> TrendPoint:
    """Return a metric's value of a night."""
    return TrendPoint(run=night.folder, at=night.at, centre=row[1], low=row[2], high=row[3], n=row[4], again=row[5])


def control_nights(nights: Sequence[IndexedNight]) -> ControlNights:
    """Return the control workload over nights."""
    return ControlNights(
        keys=tuple(night.control_key for night in nights),
        centres=np.array([np.nan if night.control is None else night.control for night in nights], dtype=np.float64),
        again=np.array([np.nan if night.control_again is None else night.control_again for night in nights], dtype=np.float64),
    )


def count_of(connection: sqlite3.Connection, series: int, newest: IndexedNight) -> int:
    """Return how many nights a series has, up to one."""
    found = connection.execute(
        "SELECT count(*) FROM nights WHERE series = ? AND (moment, id) <= (?, ?)", (series, newest.moment, newest.number)
    ).fetchone()
    return int(found[0])
