"""The history of a folder of runs: its index, brought up to date with the nights on disk. A damaged night is named, and left out."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from os import scandir, stat
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.nightly.index import INDEX, Writer, open_index
from reportgen.nightly.night import CONTROL_BEFORE, NIGHT, recover_night
from reportgen.records import SCHEMA_VERSION
from reportgen.records.night import NightRecord
from reportgen.records.sentence import Sentence, made
from reportgen.runs import SUITE, TRIALS
from reportgen.storage import read_record

Answer = TypeVar("Answer")
#: Makes a night that was begun and is not there, or is damaged, from its trials.
Recover = Callable[[Path], NightRecord]


@dataclass(frozen=True, kw_only=True)
class Damaged:
    """A night that cannot be read, and why."""

    folder: str
    reason: Sentence

    @property
    def sentence(self) -> Sentence:
        """What a person is told."""
        return made(marked("{folder} is left out of the history: {reason}"), folder=self.folder, reason=self.reason)


#: What is asked of the history: it gets the index, up to date, and the nights that are left out of it.
Question = Callable[[sqlite3.Connection, tuple[Damaged, ...]], Answer]


def ask(runs: Path, question: Question[Answer], recover: Recover = recover_night) -> Answer:
    """Bring the index of the nights below ``runs`` up to date, and return what ``question`` makes of it.

    An index that is damaged is made anew. Where the folder cannot be written to, or another process does not let go of it, the history is read into
    memory.
    """
    path = runs / INDEX
    try:
        return answer(open_index(path), runs, question, recover)
    except sqlite3.OperationalError:
        return answer(open_index(Path(":memory:")), runs, question, recover)
    except sqlite3.DatabaseError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.with_name(f"{INDEX}-journal").unlink(missing_ok=True)
    try:
        return answer(open_index(path), runs, question, recover)
    except sqlite3.DatabaseError:
        return answer(open_index(Path(":memory:")), runs, question, recover)


def answer(connection: sqlite3.Connection, runs: Path, question: Question[Answer], recover: Recover) -> Answer:
    """Synchronise an index, ask it, and close it.

    Thousands of nights are many small objects without cycles; searching them for cycles would take more time than reading them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return question(connection, synchronise(connection, runs, recover))
    finally:
        connection.close()
        if collecting:
            gc.enable()


def synchronise(connection: sqlite3.Connection, runs: Path, recover: Recover = recover_night) -> tuple[Damaged, ...]:
    """Bring an index up to date with the nights below ``runs``, in one transaction, and return the damaged ones."""
    writer = Writer(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = {folder: (stamp, size) for folder, stamp, size in connection.execute("SELECT folder, stamp, size FROM nights")}
        broken: dict[str, int] = dict(connection.execute("SELECT folder, stamp FROM damaged"))
        seen: set[str] = set()
        for folder, stamp, size in nights_below(runs):
            seen.add(folder)
            if known.get(folder) != (stamp, size) and broken.get(folder) != stamp:
                take_in(writer, runs, folder, stamp, size, recover)
        for folder in known.keys() - seen:
            writer.remove(folder)
        for folder in broken.keys() - seen:
            connection.execute("DELETE FROM damaged WHERE folder = ?", (folder,))
        found = connection.execute("SELECT folder, reason FROM damaged ORDER BY folder").fetchall()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return tuple(Damaged(folder=folder, reason=Sentence.model_validate_json(reason)) for folder, reason in found)


def take_in(writer: Writer, runs: Path, folder: str, stamp: int, size: int, recover: Recover) -> None:
    """Read one night into the index, or note that it is damaged."""
    path = runs / folder / NIGHT
    writer.connection.execute("DELETE FROM damaged WHERE folder = ?", (folder,))
    try:
        try:
            night = read_night(path)
        except ReportgenError as damage:
            night = recovered(runs / folder, recover, damage)
            stamp, size = stamped(path) or (stamp, size)
        writer.insert(folder, stamp, size, night)
    except (ReportgenError, ValueError, OSError) as error:
        writer.remove(folder)
        writer.connection.execute("INSERT OR REPLACE INTO damaged VALUES (?, ?, ?)", (folder, stamp, Sentence.of(error).model_dump_json()))


def recovered(folder: Path, recover: Recover, damage: ReportgenError) -> NightRecord:
    """Return a damaged night made from its trials; raises :class:`ReportgenError` that names the damage, and why its trials are no help."""
    try:
        return recover(folder)
    except ReportgenError as error:
        raise ReportgenError(marked("{damage} It cannot be made from its trials either: {error}"), damage=damage, error=error) from error


def read_night(path: Path) -> NightRecord:
    """Return a night; raises :class:`ReportgenError` naming the file where it is damaged or missing.

    One of the present version is read in one go, which takes a third of the time that reading any record takes.
    """
    try:
        with path.open("rb") as stream:
            night = NightRecord.model_validate_json(stream.read())
        if night.schema_version == SCHEMA_VERSION:
            return night
    except (OSError, ValidationError):
        pass
    return read_record(path, NightRecord)


def nights_below(runs: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each night's folder relative to ``runs``, and the time and size of its file; a night that was only begun has the time of its trials.

    Sorted by name, which is by time: an index that grows at its end is made faster.
    """
    try:
        with scandir(runs) as entries:
            folders = sorted((entry.name, entry.path) for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return
    for name, path in folders:
        found = night_in(path)
        if found is not None:
            yield (name, *found)
        elif stamped(f"{path}/{SUITE}") is not None:
            with scandir(path) as members:
                for member, place in sorted((member.name, member.path) for member in members if member.is_dir()):
                    inner = night_in(place)
                    if inner is not None:
                        yield (f"{name}/{member}", *inner)


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
        found = stat(path)  # noqa: PTH116 - ten thousand times a Path costs a tenth of a second
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
