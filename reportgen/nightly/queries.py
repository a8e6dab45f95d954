"""What a verdict and a trend page ask the index. Nothing here reads more nights than it needs."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

import numpy as np

from reportgen.analysis.history.course import LOOK_BACK
from reportgen.analysis.history.detector import Floats
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.shown import TrendGroup
from reportgen.analysis.history.verdict import Repeated
from reportgen.language import marked
from reportgen.records.night import CellKind
from reportgen.records.sentence import NOTHING, Sentence, made

# Whatever is older than the nights that are drawn one by one is drawn in at most so many groups.
GROUPS = 90
#: Why a series of nights begins, by which of the two keys of comparable nights is another: that of the work, that of the machine.
BEGINS = {
    (True, False): marked("A new series of nights begins: the last one before, {folder}, has another workload hash."),
    (False, True): marked("A new series of nights begins: the last one before, {folder}, has another hardware key."),
    (True, True): marked("A new series of nights begins: the last one before, {folder}, has another workload hash and another hardware key."),
}


@dataclass(frozen=True, kw_only=True)
class IndexedNight:
    """A night as the index knows it: ``folder`` is below the folder of runs, ``moment`` in milliseconds since 1970; both numbers are the index's."""

    number: int
    series: int
    moment: int
    folder: str
    at: str
    workload: str
    workload_title: str
    dataset: str
    hardware: str
    software: Mapping[str, str]
    control_key: str
    control: float | None
    control_again: float | None
    repeat_problem: Sentence


NIGHT_COLUMNS = (
    "nights.id, series, moment, folder, at, workload, workload_title, dataset, hardware, software.text, control_key, control, control_again, "
    "repeat_problem FROM nights JOIN software ON software.key = nights.software"
)


def night_from(row: tuple[int, int, int, str, str, str, str, str, str, str, str, float | None, float | None, str]) -> IndexedNight:
    """Return a night from a row of :data:`NIGHT_COLUMNS`."""
    return IndexedNight(
        number=row[0],
        series=row[1],
        moment=row[2],
        folder=row[3],
        at=row[4],
        workload=row[5],
        workload_title=row[6],
        dataset=row[7],
        hardware=row[8],
        software=json.loads(row[9]),
        control_key=row[10],
        control=row[11],
        control_again=row[12],
        repeat_problem=Sentence.model_validate_json(row[13]),
    )


def night_called(connection: sqlite3.Connection, folder: str) -> IndexedNight | None:
    """Return the night in a folder below the folder of runs, or ``None``."""
    row = connection.execute(f"SELECT {NIGHT_COLUMNS} WHERE folder = ?", (folder,)).fetchone()
    return None if row is None else night_from(row)


def newest_nights(connection: sqlite3.Connection, series: int, count: int, until: IndexedNight | None = None) -> list[IndexedNight]:
    """Return the last ``count`` nights of a series, oldest first, ``until`` one of them where it is given."""
    bound, values = ("", ()) if until is None else ("AND (moment, nights.id) <= (?, ?)", (until.moment, until.number))
    rows = connection.execute(
        f"SELECT {NIGHT_COLUMNS} WHERE series = ? {bound} ORDER BY moment DESC, nights.id DESC LIMIT ?", (series, *values, count)
    ).fetchall()
    return [night_from(row) for row in reversed(rows)]


def kinds_of(connection: sqlite3.Connection, series: int) -> list[tuple[int, CellKind]]:
    """Return every metric of a series, with its number."""
    rows = connection.execute("SELECT id, text FROM kinds WHERE series = ? ORDER BY position, id", (series,)).fetchall()
    return [(number, CellKind.model_validate_json(text)) for number, text in rows]


def series_until(connection: sqlite3.Connection, night: IndexedNight) -> tuple[tuple[CellSeries, ...], tuple[CellKind, ...]]:
    """Return every metric of a night, as far as the detector looks back, and the metrics that the night before had and this one has not."""
    before = newest_nights(connection, night.series, 2, night)[:-1]
    previous = before[0].number if before else None
    found, missing = [], []
    for number, kind in kinds_of(connection, night.series):
        rows = connection.execute(
            "SELECT night, centre FROM cells WHERE kind = ? AND (moment, night) <= (?, ?) ORDER BY moment DESC, night DESC LIMIT ?",
            (number, night.moment, night.number, LOOK_BACK),
        ).fetchall()
        if rows and rows[0][0] == night.number:
            found.append(CellSeries(kind=kind, centres=np.array([row[1] for row in reversed(rows)])))
        elif rows and rows[0][0] == previous:
            missing.append(kind)
    return tuple(found), tuple(missing)


def repeated_on(connection: sqlite3.Connection, night: IndexedNight) -> Repeated:
    """Return what was measured again on a night."""
    rows = connection.execute(
        "SELECT kinds.code, again FROM cells JOIN kinds ON kinds.id = cells.kind "
        "WHERE kinds.series = ? AND moment = ? AND night = ? AND again IS NOT NULL",
        (night.series, night.moment, night.number),
    )
    return Repeated(centres=dict(rows.fetchall()), control=night.control_again, problem=night.repeat_problem)


def control_until(connection: sqlite3.Connection, night: IndexedNight) -> Floats | None:
    """Return the control workload's medians up to a night, in seconds, as far as they compare with that night's; ``None`` where it has none."""
    if night.control is None:
        return None
    rows = connection.execute(
        "SELECT control FROM nights WHERE series = ? AND control_key = ? AND control IS NOT NULL AND (moment, id) <= (?, ?) "
        "ORDER BY moment DESC, id DESC LIMIT ?",
        (night.series, night.control_key, night.moment, night.number, LOOK_BACK),
    ).fetchall()
    return np.array([row[0] for row in reversed(rows)])


def earlier_nights(connection: sqlite3.Connection, night: IndexedNight) -> int:
    """Return how many comparable nights there are before one."""
    found = connection.execute(
        "SELECT count(*) FROM nights WHERE series = ? AND (moment, id) < (?, ?)", (night.series, night.moment, night.number)
    ).fetchone()
    return int(found[0])


def why_a_series_begins(connection: sqlite3.Connection, night: IndexedNight) -> Sentence:
    """Return which key sets a night apart from the last one of its workload and data before it, or nothing where there was none."""
    row = connection.execute(
        "SELECT folder, key FROM nights JOIN series ON series.id = nights.series "
        "WHERE workload = ? AND dataset = ? AND moment < ? AND series != ? ORDER BY moment DESC LIMIT 1",
        (night.workload, night.dataset, night.moment, night.series),
    ).fetchone()
    if row is None:
        return NOTHING
    (own,) = connection.execute("SELECT key FROM series WHERE id = ?", (night.series,)).fetchone()
    (work, machine), (own_work, own_machine) = str(row[1]).split("-"), str(own).split("-")
    return made(BEGINS[work != own_work, machine != own_machine], folder=row[0])


def all_series(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return every series of nights, the one with the newest night first."""
    return tuple(row[0] for row in connection.execute("SELECT series FROM nights GROUP BY series ORDER BY max(moment) DESC, series"))


def values_of(connection: sqlite3.Connection, kind: int, since: int) -> list[tuple[int, float, float | None, float | None, int, float | None]]:
    """Return a metric's night, median, interval, blocks and repetition from a moment on, oldest first."""
    return connection.execute(
        "SELECT night, centre, low, high, n, again FROM cells WHERE kind = ? AND moment >= ? ORDER BY moment, night", (kind, since)
    ).fetchall()


def groups(connection: sqlite3.Connection, kind: int, before: int) -> Iterator[TrendGroup]:
    """Yield a metric's nights before a moment, taken together in groups of equal numbers; one group at a time is in memory."""
    where = "FROM cells WHERE kind = ? AND cells.moment < ?"
    (count,) = connection.execute(f"SELECT count(*) {where}", (kind, before)).fetchone()
    size = math.ceil(count / GROUPS)
    rows = connection.execute(f"SELECT cells.moment, centre {where} ORDER BY cells.moment", (kind, before))
    while size and (chunk := rows.fetchmany(size)):
        centres = [row[1] for row in chunk]
        yield TrendGroup(
            first_at=iso(chunk[0][0]), last_at=iso(chunk[-1][0]), count=len(chunk), centre=median(centres), low=min(centres), high=max(centres)
        )


def iso(moment: int) -> str:
    """Return a moment in milliseconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds")
