"""Locks: one on a run, so that two processes never write it, and one on the host, so that two studies never measure over each other.

The operating system releases a lock when its holder dies, however that happens.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from reportgen.errors import ReportgenError
from reportgen.language import marked

HOST_LOCK = "reportgen-measuring.lock"
# In the folder of a run or suite, while it is measured and after.
LOCK = ".lock"
# How often a waiting study looks again; a study takes minutes.
POLL_S = 1.0


def host_lock_path() -> Path:
    """Return the path of the host's lock: the same for every study on this machine."""
    return Path(tempfile.gettempdir()) / HOST_LOCK


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a run; raises :class:`ReportgenError` at once when another process has it."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ReportgenError(
            marked("The run '{name}' is being measured by another process. Wait for it to end, or end it."), name=folder.name
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def host_lock(run: str, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the host's lock; when another study has it, say so through ``on_wait`` once, and wait for its end."""
    path = host_lock_path()
    lock = FileLock(path, mode=0o666)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(f"Another study is measuring on this machine{holder(path)}. Waiting for it to end, so that neither disturbs the other.")
        lock.acquire(poll_interval=POLL_S)
    note = path.with_suffix(".json")
    try:
        with suppress(OSError):
            note.write_text(json.dumps({"run": run, "pid": os.getpid()}))
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def holder(path: Path) -> str:
    """Return who holds the host's lock, as a parenthesis, or nothing where that is not known."""
    try:
        note = json.loads(path.with_suffix(".json").read_text())
        return f" (run {note['run']!r}, process {note['pid']})"
    except (OSError, ValueError, KeyError):
        return ""
