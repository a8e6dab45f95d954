"""Bringing the index of a history up to date with the nights on disk. A damaged night is named, and left out."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.nightly.index import insert, remove
from reportgen.nightly.night import CONTROL_BEFORE, NIGHT, recover_night
from reportgen.records.night import NightRecord
from reportgen.runs import SUITE, TRIALS
from reportgen.storage import read_record


@dataclass(frozen=True, kw_only=True)
class Damaged:
    """A night that cannot be read, and why."""

    folder: str
    reason: str

    @property
    def sentence(self) -> str:
        """What a person is told."""
        return f"{self.folder} is left out of the history: {self.reason}"


def synchronise(connection: sqlite3.Connection, runs: Path, recover: Callable[[Path], NightRecord] = recover_night) -> tuple[Damaged, ...]:
    """Bring the index up to date with the nights below ``runs``, in one transaction, and return the damaged ones.

    ``recover`` makes a night that was begun and is not there, or is damaged, from its trials.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = {folder: (stamp, size) for folder, stamp, size in connection.execute("SELECT folder, stamp, size FROM nights")}
        broken = {folder: stamp for folder, stamp in connection.execute("SELECT folder, stamp FROM damaged")}
        seen: set[str] = set()
        for folder, stamp, size in nights_below(runs):
            seen.add(folder)
            if known.get(folder) != (stamp, size) and broken.get(folder) != stamp:
                take_in(connection, runs, folder, stamp, size, recover)
        for folder in known.keys() - seen:
            remove(connection, folder)
        for folder in broken.keys() - seen:
            connection.execute("DELETE FROM damaged WHERE folder = ?", (folder,))
        found = connection.execute("SELECT folder, reason FROM damaged ORDER BY folder").fetchall()
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return tuple(Damaged(folder=folder, reason=reason) for folder, reason in found)


def take_in(connection: sqlite3.Connection, runs: Path, folder: str, stamp: int, size: int, recover: Callable[[Path], NightRecord]) -> None:
    """Read one night into the index, or note that it is damaged."""
    connection.execute("DELETE FROM damaged WHERE folder = ?", (folder,))
    path = runs / folder / NIGHT
    try:
        try:
            night = read_record(path, NightRecord)
        except ReportgenError:
            night = recover(runs / folder)
            stamp, size = stamped(path) or (stamp, size)
        insert(connection, folder, stamp, size, night)
    except (ReportgenError, ValueError, OSError) as error:
        remove(connection, folder)
        connection.execute("INSERT OR REPLACE INTO damaged VALUES (?, ?, ?)", (folder, stamp, str(error)))


def nights_below(runs: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each night's folder relative to ``runs``, and the time and size of its file; a night that was only begun has the time of its trials."""
    try:
        entries = os.scandir(runs)
    except OSError:
        return
    with entries:
        for entry in entries:
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            found = night_in(entry.path)
            if found is not None:
                yield (entry.name, *found)
            elif os.path.exists(f"{entry.path}/{SUITE}"):  # noqa: PTH110 - ten thousand times a Path costs a tenth of a second
                with os.scandir(entry.path) as members:
                    for member in members:
                        inner = night_in(member.path) if member.is_dir() else None
                        if inner is not None:
                            yield (f"{entry.name}/{member.name}", *inner)


def night_in(folder: str) -> tuple[int, int] | None:
    """Return time and size of the night in a folder; of one that was begun and cut off the time of its trials and 0; ``None`` where there is none."""
    found = stamped(f"{folder}/{NIGHT}")
    if found is None and stamped(f"{folder}/{CONTROL_BEFORE}") is not None:
        begun = stamped(f"{folder}/{TRIALS}")
        return None if begun is None else (begun[0], 0)
    return found


def stamped(path: str | Path) -> tuple[int, int] | None:
    """Return when a file was changed, in nanoseconds, and its size; ``None`` where it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
