"""What a verdict and a trend page ask the index. Nothing here reads more nights than it needs."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator
from statistics import median

import numpy as np

from reportgen.analysis.history.detector import BASELINE_MOST, WINDOWS, Floats
from reportgen.analysis.history.series import CellKind, CellSeries
from reportgen.analysis.history.trend import CellTrend, SeriesTrend, SoftwareChange, TrendGroup, TrendPoint, cell_trend, software_changes

# As far as the detector looks back.
LOOK_BACK = BASELINE_MOST + max(WINDOWS)
# Half a year of nights, each with its interval, is what a screen's width can show one by one.
POINTS = 180
# Whatever is older is drawn in at most so many groups.
GROUPS = 90


def kind_from(text: str) -> CellKind:
    """Return a kind as the index stores it."""
    fields = json.loads(text)
    return CellKind(**{**fields, "parts": tuple(fields["parts"])})


def series_until(connection: sqlite3.Connection, series: str, at: str) -> tuple[CellSeries, ...]:
    """Return every metric that the night at ``at`` has, over as many nights before it as the detector looks back."""
    kinds = connection.execute(
        "SELECT kinds.text, kinds.code FROM kinds JOIN cells ON cells.series = kinds.series AND cells.code = kinds.code AND cells.at = ? "
        "WHERE kinds.series = ? ORDER BY kinds.position",
        (at, series),
    ).fetchall()
    found = []
    for text, code in kinds:
        rows = connection.execute(
            "SELECT centre FROM cells WHERE series = ? AND code = ? AND at <= ? ORDER BY at DESC LIMIT ?", (series, code, at, LOOK_BACK)
        ).fetchall()
        found.append(CellSeries(kind=kind_from(text), centres=np.array([row[0] for row in reversed(rows)])))
    return tuple(found)


def control_until(connection: sqlite3.Connection, series: str, at: str) -> Floats | None:
    """Return the control workload's medians up to a night, in seconds, as far as they are comparable with that night's; ``None`` where it has none."""
    found = connection.execute("SELECT control_key, control FROM nights WHERE series = ? AND at = ?", (series, at)).fetchone()
    if found is None or found[1] is None:
        return None
    rows = connection.execute(
        "SELECT control FROM nights WHERE series = ? AND control_key = ? AND control IS NOT NULL AND at <= ? ORDER BY at DESC LIMIT ?",
        (series, found[0], at, LOOK_BACK),
    ).fetchall()
    return np.array([row[0] for row in reversed(rows)])


def earlier_nights(connection: sqlite3.Connection, series: str, at: str) -> int:
    """Return how many comparable nights there are before one."""
    return int(connection.execute("SELECT count(*) FROM nights WHERE series = ? AND at < ?", (series, at)).fetchone()[0])


def missing_kinds(connection: sqlite3.Connection, series: str, at: str) -> tuple[CellKind, ...]:
    """Return the metrics that the last comparable night before ``at`` has, and the night at ``at`` has not."""
    before = connection.execute("SELECT at FROM nights WHERE series = ? AND at < ? ORDER BY at DESC LIMIT 1", (series, at)).fetchone()
    if before is None:
        return ()
    rows = connection.execute(
        "SELECT kinds.text FROM cells JOIN kinds ON kinds.series = cells.series AND kinds.code = cells.code "
        "WHERE cells.series = ? AND cells.at = ? AND cells.code NOT IN (SELECT code FROM cells WHERE series = ? AND at = ?) ORDER BY kinds.position",
        (series, before[0], series, at),
    )
    return tuple(kind_from(row[0]) for row in rows)


def all_series(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return every series of nights, the one with the newest night first."""
    return tuple(row[0] for row in connection.execute("SELECT series FROM nights GROUP BY series ORDER BY max(at) DESC, series"))


def series_trend(connection: sqlite3.Connection, series: str) -> SeriesTrend:
    """Return the trends of all metrics of a series."""
    workload, title, dataset, hardware = connection.execute(
        "SELECT workload, workload_title, dataset, hardware FROM nights WHERE series = ? ORDER BY at DESC LIMIT 1", (series,)
    ).fetchone()
    (nights,) = connection.execute("SELECT count(*) FROM nights WHERE series = ?", (series,)).fetchone()
    kinds = connection.execute("SELECT text FROM kinds WHERE series = ? ORDER BY position", (series,)).fetchall()
    return SeriesTrend(
        workload=workload,
        workload_title=title,
        dataset=dataset,
        hardware=hardware,
        nights=nights,
        cells=tuple(one_trend(connection, series, kind_from(text)) for (text,) in kinds),
        changes=changes(connection, series),
    )


def one_trend(connection: sqlite3.Connection, series: str, kind: CellKind) -> CellTrend:
    """Return the trend of one metric: the newest nights each, older ones in groups."""
    rows = connection.execute(
        "SELECT nights.run, cells.at, centre, low, high, n, again FROM cells JOIN nights ON nights.id = cells.night "
        "WHERE cells.series = ? AND code = ? ORDER BY cells.at DESC LIMIT ?",
        (series, kind.code, POINTS),
    ).fetchall()
    points = [TrendPoint(run=row[0], at=row[1], centre=row[2], low=row[3], high=row[4], n=row[5], again=row[6]) for row in reversed(rows)]
    return cell_trend(kind, list(groups(connection, series, kind.code, points[0].at)) if len(points) == POINTS else [], points)


def groups(connection: sqlite3.Connection, series: str, code: str, before: str) -> Iterator[TrendGroup]:
    """Yield the nights before a moment, taken together in groups of equal numbers; one group at a time is in memory."""
    where = "FROM cells WHERE series = ? AND code = ? AND at < ?"
    (count,) = connection.execute(f"SELECT count(*) {where}", (series, code, before)).fetchone()
    size = math.ceil(count / GROUPS)
    rows = connection.execute(f"SELECT at, centre {where} ORDER BY at", (series, code, before))
    while size and (chunk := rows.fetchmany(size)):
        centres = [row[1] for row in chunk]
        yield TrendGroup(first_at=chunk[0][0], last_at=chunk[-1][0], count=len(chunk), centre=median(centres), low=min(centres), high=max(centres))


def changes(connection: sqlite3.Connection, series: str) -> tuple[SoftwareChange, ...]:
    """Return when the software changed among the nights that are drawn one by one."""
    rows = connection.execute(
        "SELECT nights.at, nights.software, software.text FROM nights JOIN software ON software.key = nights.software "
        "WHERE series = ? ORDER BY at DESC LIMIT ?",
        (series, POINTS),
    ).fetchall()
    return software_changes([(at, key, json.loads(text)) for at, key, text in reversed(rows)])
