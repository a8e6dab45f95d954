"""The index of the history: what is in all ``night.json`` below a folder of runs, in one SQLite file, so that a long history need not be read again.

It holds nothing of its own. Where it is missing, damaged or of another version, it is made anew; where a night is new or has changed, only that is
read.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path

from reportgen.analysis.history.night_value import night_value
from reportgen.records import digest_of
from reportgen.records.night import CellKind, NightCell, NightRecord

INDEX = ".history.sqlite"
# Count this up with any change of the tables or of what is put into them.
VERSION = 3
# Another process may be adding its night.
WAIT_S = 60.0
TABLES = """
CREATE TABLE version (number INTEGER);
CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL);
CREATE TABLE software (key TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE nights (
  id INTEGER PRIMARY KEY, folder TEXT UNIQUE NOT NULL, stamp INTEGER NOT NULL, size INTEGER NOT NULL, series INTEGER NOT NULL,
  moment INTEGER NOT NULL, at TEXT NOT NULL, workload TEXT NOT NULL, workload_title TEXT NOT NULL,
  dataset TEXT NOT NULL, hardware TEXT NOT NULL, software TEXT NOT NULL,
  control_key TEXT NOT NULL, control REAL, control_again REAL, repeat_problem TEXT NOT NULL
);
CREATE INDEX nights_by_series ON nights (series, moment, id);
CREATE TABLE kinds (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, position INTEGER NOT NULL,
  UNIQUE (series, code));
CREATE TABLE cells (
  kind INTEGER, moment INTEGER, night INTEGER, centre REAL NOT NULL, low REAL, high REAL, n INTEGER NOT NULL, again REAL,
  PRIMARY KEY (kind, moment, night)
) WITHOUT ROWID;
CREATE TABLE damaged (folder TEXT PRIMARY KEY, stamp INTEGER NOT NULL, reason TEXT NOT NULL);
"""


def series_key(night: NightRecord) -> str:
    """Return what nights are comparable within: the workload's hash and the machine's key."""
    return f"{night.workload_hash}-{night.hardware_key}"


def moment_ms(at: str) -> int:
    """Return a date in milliseconds since 1970: it sorts by time, whatever the time zone that it was written in."""
    return round(datetime.fromisoformat(at).timestamp() * 1000)


def open_index(path: Path) -> sqlite3.Connection:
    """Return a connection to an index; a new one, or one of another version, is empty. Raises ``sqlite3.DatabaseError`` for a damaged file."""
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # after a power cut it is made anew
        connection.execute("BEGIN IMMEDIATE")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        current = "version" in names and connection.execute("SELECT number FROM version").fetchone() == (VERSION,)
        if not current:
            for name in names:
                connection.execute(f'DROP TABLE "{name}"')
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            connection.execute("INSERT INTO version VALUES (?)", (VERSION,))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


class Writer:
    """Puts nights into an index; it remembers what it has looked up, for thousands of nights share their series, metrics and software."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.series: dict[str, int] = {}
        self.kinds: dict[tuple[int, str], tuple[int, tuple[object, ...]]] = {}
        self.software: dict[tuple[tuple[str, str], ...], str] = {}

    def insert(self, folder: str, stamp: int, size: int, night: NightRecord) -> None:
        """Put a night in place of whatever the index had of its folder. Raises ``ValueError`` for a night whose values or date are none."""
        moment = moment_ms(night.created_at)
        values = [night_value(cell.values) for cell in night.cells]
        repeated = {cell.code: night_value(cell.values).centre for cell in night.repeat}
        control = night_value(night.control.seconds).centre if night.control else None
        again = night_value(night.repeat_control.seconds).centre if night.repeat_control else None
        self.remove(folder)
        series = self.series_id(series_key(night))
        number = self.connection.execute(
            "INSERT INTO nights (folder, stamp, size, series, moment, at, workload, workload_title, dataset, hardware, software, control_key, "
            "control, control_again, repeat_problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(folder, stamp, size, series, moment, night.created_at),
                *(night.workload, night.workload_title, night.dataset, night.hardware, self.software_key(night)),
                *(night.control.key if night.control else "", control, again, night.repeat_problem.model_dump_json()),
            ),
        ).lastrowid
        rows = [
            (self.kind_id(series, cell, position), moment, number, *value, repeated.get(cell.code))
            for position, (cell, value) in enumerate(zip(night.cells, values, strict=True))
        ]
        self.connection.executemany("INSERT OR REPLACE INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def remove(self, folder: str) -> None:
        """Take a folder's night out of the index."""
        found = self.connection.execute("SELECT id, series FROM nights WHERE folder = ?", (folder,)).fetchone()
        if found is not None:
            number, series = found
            self.connection.execute("DELETE FROM cells WHERE kind IN (SELECT id FROM kinds WHERE series = ?) AND night = ?", (series, number))
            self.connection.execute("DELETE FROM nights WHERE id = ?", (number,))

    def series_id(self, key: str) -> int:
        """Return the number of a series, which is made if need be."""
        if key not in self.series:
            self.connection.execute("INSERT OR IGNORE INTO series (key) VALUES (?)", (key,))
            self.series[key] = self.connection.execute("SELECT id FROM series WHERE key = ?", (key,)).fetchone()[0]
        return self.series[key]

    def software_key(self, night: NightRecord) -> str:
        """Return the key of a night's software, which is kept in full once."""
        items = tuple(night.software.items())
        if items not in self.software:
            self.software[items] = digest_of(dict(items))
            self.connection.execute("INSERT OR IGNORE INTO software VALUES (?, ?)", (self.software[items], json.dumps(dict(items))))
        return self.software[items]

    def kind_id(self, series: int, cell: NightCell, position: int) -> int:
        """Return the number of a metric in a series; what the newest night calls it is what it is called."""
        # A tuple is compared without making a record: this is asked hundreds of thousands of times for a long history.
        said = (series, position, cell.code, cell.metric, cell.title, cell.framework, cell.unit, cell.worse, cell.test_count, cell.parts)
        known = self.kinds.get((series, cell.code))
        if known is not None and known[1] == said:
            return known[0]
        kind = CellKind.model_validate(cell.model_dump(exclude={"values"}))
        self.connection.execute(
            "INSERT INTO kinds (series, code, text, position) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (series, code) DO UPDATE SET text = excluded.text, position = excluded.position",
            (series, cell.code, kind.model_dump_json(), position),
        )
        (number,) = self.connection.execute("SELECT id FROM kinds WHERE series = ? AND code = ?", (series, cell.code)).fetchone()
        self.kinds[series, cell.code] = number, said
        return int(number)
