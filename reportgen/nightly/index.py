"""The index of the history: what is in all ``night.json`` below a folder of runs, in one SQLite file, so that ten thousand nights need not be read.

It holds nothing of its own. Where it is missing, damaged or of another version, it is made anew; where a night is new or has changed, only that is read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from reportgen.analysis.history.night_value import night_value
from reportgen.analysis.history.series import CellKind
from reportgen.records.night import NightCell, NightRecord, digest_of

INDEX = ".history.sqlite"
# Count this up with any change of the tables or of what is put into them.
VERSION = 1
# Another process may be adding its night.
WAIT_S = 60.0
TABLES = """
CREATE TABLE version (number INTEGER);
CREATE TABLE software (key TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE nights (
  id INTEGER PRIMARY KEY, folder TEXT UNIQUE NOT NULL, stamp INTEGER NOT NULL, size INTEGER NOT NULL, run TEXT NOT NULL, at TEXT NOT NULL,
  series TEXT NOT NULL, workload TEXT NOT NULL, workload_title TEXT NOT NULL, dataset TEXT NOT NULL, hardware TEXT NOT NULL,
  software TEXT NOT NULL, control_key TEXT, control REAL, control_again REAL
);
CREATE INDEX nights_by_series ON nights (series, at);
CREATE TABLE kinds (series TEXT, code TEXT, text TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (series, code));
CREATE TABLE cells (
  series TEXT, code TEXT, at TEXT, night INTEGER, centre REAL NOT NULL, low REAL, high REAL, n INTEGER NOT NULL, again REAL,
  PRIMARY KEY (series, code, at, night)
) WITHOUT ROWID;
CREATE INDEX cells_by_night ON cells (night);
CREATE TABLE damaged (folder TEXT PRIMARY KEY, stamp INTEGER NOT NULL, reason TEXT NOT NULL);
"""


def series_key(night: NightRecord) -> str:
    """Return what nights are comparable within: the workload's hash and the machine's key."""
    return f"{night.workload_hash}-{night.hardware_key}"


@contextmanager
def open_index(runs: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the index of a folder of runs, made anew where it is missing, damaged or of another version."""
    path = runs / INDEX
    connection = connect(path)
    if connection is None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        connection = connect(path)
    if connection is None:
        # A folder that cannot be written to: the history is still there, and read into memory.
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.executescript(TABLES)
    try:
        yield connection
    finally:
        connection.close()


def connect(path: Path) -> sqlite3.Connection | None:
    """Return a connection to an index that is sound and of this version, or ``None``; a new one gets its tables."""
    try:
        connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA synchronous = OFF")  # after a power cut it is made anew
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            connection.execute("INSERT INTO version VALUES (?)", (VERSION,))
        sound = connection.execute("SELECT number FROM version").fetchone() == (VERSION,)
        connection.execute("COMMIT")
    except sqlite3.Error:
        sound = False
    if not sound:
        connection.close()
        return None
    return connection


def insert(connection: sqlite3.Connection, folder: str, stamp: int, size: int, night: NightRecord) -> None:
    """Put a night in place of whatever the index had of its folder."""
    remove(connection, folder)
    series, software = series_key(night), digest_of(dict(night.software))
    connection.execute("INSERT OR IGNORE INTO software VALUES (?, ?)", (software, json.dumps(dict(night.software))))
    control = None if night.control is None else night_value(night.control.seconds).centre
    again = None if night.repeat_control is None else night_value(night.repeat_control.seconds).centre
    values = (folder, stamp, size, night.run, night.created_at, series, night.workload, night.workload_title, night.dataset, night.hardware, software)
    cursor = connection.execute(
        "INSERT INTO nights (folder, stamp, size, run, at, series, workload, workload_title, dataset, hardware, software, control_key, control, "
        "control_again) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, night.control.key if night.control else None, control, again),
    )
    repeated = {cell.code: night_value(cell.values).centre for cell in night.repeat}
    rows = []
    for position, cell in enumerate(night.cells):
        value = night_value(cell.values)
        text = json.dumps(asdict(kind_of(cell)))
        connection.execute("INSERT OR REPLACE INTO kinds VALUES (?, ?, ?, ?)", (series, cell.code, text, position))
        rows.append(
            (series, cell.code, night.created_at, cursor.lastrowid, value.centre, value.low, value.high, value.n, repeated.get(cell.code)),
        )
    connection.executemany("INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def remove(connection: sqlite3.Connection, folder: str) -> None:
    """Take a folder's night out of the index."""
    connection.execute("DELETE FROM cells WHERE night = (SELECT id FROM nights WHERE folder = ?)", (folder,))
    connection.execute("DELETE FROM nights WHERE folder = ?", (folder,))


def kind_of(cell: NightCell) -> CellKind:
    """Return what a cell is of."""
    return CellKind(
        code=cell.code,
        metric=cell.metric,
        title=cell.title,
        framework=cell.framework,
        unit=cell.unit,
        worse=cell.worse,
        test_count=cell.test_count,
        parts=cell.parts,
    )
