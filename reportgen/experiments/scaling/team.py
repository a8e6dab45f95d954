"""Starting the workers of a team, and seeing all of them to their end: one that dies takes the others with it, and its cause is told."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import WordedError
from reportgen.experiments.scaling.orders import (
    ORDER,
    REPORT,
    WorkerOrder,
    WorkerReport,
)
from reportgen.language import marked
from reportgen.records import Sentence, made
from reportgen.runner.launch import VISIBLE_DEVICES
from reportgen.runner.trial import signal_name
from reportgen.storage import read_record, write_record

STDERR = "stderr.log"
# The worker that dies first need not be the first that is heard of: the others notice a lost connection within this time.
FELLOWS_S = 1.0
# As much of a log as helps, of an error as fits into a sentence (characters).
LOG_LINES = 30
ERROR_LENGTH = 240
WROTE_NOTHING = marked("it wrote nothing")


class TeamError(WordedError):
    """A team did not come to its end.

    ``own_error`` says that a worker gave up with an error of its own, rather than being killed or hanging; ``logs`` are the ends of all
    workers' logs.
    """

    def __init__(self, cause: Sentence, own_error: bool) -> None:
        super().__init__(cause.sentence, **cause.values)
        self.own_error = own_error
        self.logs = ""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A worker that has ended, with its exit code: negative for a signal, as in :mod:`subprocess`."""

    rank: int
    exit_code: int


def worker_command(folder: Path) -> tuple[str, ...]:
    """Return the command of a worker; see :func:`reportgen.runner.launch.worker_command`."""
    return (
        sys.executable,
        "-P",
        "-m",
        "reportgen.experiments.scaling.worker",
        str(folder),
    )


def run_team(
    orders: Sequence[WorkerOrder], folder: Path, timeout_s: float
) -> tuple[WorkerReport, ...]:
    """Let a worker carry out each order, in a folder of its own below ``folder``, and return their reports.

    Raises :class:`TeamError` when one of them fails or ``timeout_s`` passes; none is left running then. The workers belong to the process group of
    this process, and end with it.
    """
    folders = [folder / f"worker-{order.rank}" for order in orders]
    ended: queue.Queue[Ended] = queue.Queue()
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for order, place in zip(orders, folders, strict=True):
            place.mkdir(parents=True)
            write_record(place / ORDER, order)
            processes.append(start(place))
            threading.Thread(
                target=report_end,
                args=(processes[-1], order.rank, ended),
                name="worker wait",
                daemon=True,
            ).start()
        wait_for_all(len(orders), folders, ended, timeout_s)
    except TeamError as error:
        error.logs = "\n".join(
            f"{place.name}:\n{log_end(place / STDERR)}" for place in folders
        )
        raise
    finally:
        for process in processes:
            process.kill()
            process.wait()
            if process.stdin:
                process.stdin.close()
    return tuple(read_record(place / REPORT, WorkerReport) for place in folders)


def start(place: Path) -> subprocess.Popen[bytes]:
    """Start a worker. It ends when this process does: its standard input is closed then."""
    with (place / STDERR).open("wb") as stderr:
        # Two workers cannot share one GPU, and TensorFlow takes one wherever it sees it.
        environment = {**os.environ, VISIBLE_DEVICES: "-1"}
        return subprocess.Popen(
            worker_command(place),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=environment,
        )


def report_end(
    process: subprocess.Popen[bytes], rank: int, ended: queue.Queue[Ended]
) -> None:
    """Wait for a process without polling, and tell."""
    ended.put(Ended(rank=rank, exit_code=process.wait()))


def wait_for_all(
    count: int, folders: Sequence[Path], ended: queue.Queue[Ended], timeout_s: float
) -> None:
    """Return when ``count`` workers have ended well; raises :class:`TeamError` as soon as one has not, or time is up."""
    deadline = time.monotonic() + timeout_s
    for _ in range(count):
        try:
            one = ended.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TeamError(
                made(
                    marked("{workers} workers did not end within {seconds} s"),
                    workers=count,
                    seconds=f"{timeout_s:g}",
                ),
                own_error=False,
            ) from None
        if one.exit_code != 0:
            culprit = first_to_die(one, ended)
            raise TeamError(
                explain(culprit, count, folders[culprit.rank]),
                own_error=culprit.exit_code > 0,
            )


def first_to_die(heard: Ended, ended: queue.Queue[Ended]) -> Ended:
    """Return the worker that died of itself: one that was killed, where there is one; else the first that was heard of.

    A worker that loses a fellow gives up with an error about its connection, which is no cause.
    """
    deadline = time.monotonic() + FELLOWS_S
    while heard.exit_code > 0:
        try:
            other = ended.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        if other.exit_code < 0:
            return other
    return heard


def explain(one: Ended, count: int, folder: Path) -> Sentence:
    """Return the cause of a worker's end, as a person would say it."""
    if one.exit_code < 0:
        return made(
            marked("worker {worker} of {workers} was ended by the signal {signal}"),
            worker=one.rank + 1,
            workers=count,
            signal=signal_name(-one.exit_code),
        )
    return made(
        marked("worker {worker} of {workers} failed: {error}"),
        worker=one.rank + 1,
        workers=count,
        error=error_line(folder / STDERR) or Sentence(sentence=WROTE_NOTHING),
    )


def log_end(log: Path) -> str:
    """Return the end of a log."""
    return "\n".join(
        log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    )


def error_line(log: Path) -> str:
    """Return the error that a log ends with, if any, on one line; a long one without its middle, where libraries print the values of arrays."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    tracebacks = [
        position for position, line in enumerate(lines) if line.startswith("Traceback")
    ]
    last = lines[tracebacks[-1] + 1 :] if tracebacks else lines[-1:]
    # Below "Traceback" stand indented lines of code, and then the error, whose text may go over several lines.
    error = next(
        (
            position
            for position, line in enumerate(last)
            if line and not line.startswith(" ")
        ),
        0,
    )
    text = " ".join(" ".join(last[error:]).split())
    if len(text) <= ERROR_LENGTH:
        return text
    return f"{text[: ERROR_LENGTH // 2].rstrip()} \u2026 {text[-ERROR_LENGTH // 2 :].lstrip()}"
