"""A nursery: a process that has imported a framework, has computed nothing with it, and forks every trial of that framework.

``python -m reportgen.runner.nursery DESCRIPTOR MODULE...`` is started by the study (:mod:`reportgen.runner.forking`). The descriptor is one end of
a socket of whole messages; the other end is the study's. Importing a framework takes seconds and gives the same in every process, so it is
done once. A forked child is a copy of the process as it is after the import and before any operation: it begins where a fresh process
would be, and whatever a trial changes, it changes in its own copy.

A process whose library has threads cannot be forked safely: the copy has one thread, and the locks that the others held stay locked. So the
nursery says which threads there are, the study refuses to go on where there are any, and the loop below is single-threaded.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from reportgen.runner import warned, worker
from reportgen.runner.launch import STDERR, STDOUT
from reportgen.runner.residency import Pages, bring_back, resident_pages

# More than any message has: the longest holds the environment of a trial.
MESSAGE_BYTES = 2**20


def main() -> None:
    """Import the modules that are named, say which threads that left, and fork trials until the study goes away."""
    control = socket.socket(fileno=int(sys.argv[1]))
    # The recording of warnings goes on in the trials, so that those of the import are in their records as in a fresh process.
    with warned.recorded_warnings() as caught:
        warned.begun = caught
        for name in sys.argv[2:]:
            import_module(name)
        rehearse()
        pages = resident_pages()
        send(control, threads=other_threads())
        with suppress(BrokenPipeError, ConnectionResetError):
            while message := control.recv(MESSAGE_BYTES):
                carry_out(json.loads(message), control, pages)


def send(control: socket.socket, **message: Any) -> None:
    """Send one message to the study."""
    control.send(json.dumps(message).encode())


def rehearse() -> None:
    """Fork once for nothing: libraries that can be forked (OpenBLAS) end their threads then, and begin them anew when they compute."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def other_threads() -> list[str]:
    """Return the names of the threads of this process beside the one that runs this."""
    tasks = Path("/proc/self/task")
    return [(task / "comm").read_text().strip() for task in tasks.iterdir() if task.name != str(os.getpid())]


def carry_out(order: Mapping[str, Any], control: socket.socket, pages: tuple[Pages, ...]) -> None:
    """Fork the trial of an order, tell the study its process, and how that ended; ends this process when the study ends before."""
    pid, life_line = fork_trial(order, control, pages)
    send(control, pid=pid)
    process = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(process, select.POLLIN)
    poll.register(control, select.POLLIN)
    ready = [descriptor for descriptor, _ in poll.poll()]
    # The child is not waited for yet, so nothing else can have its number. What it started goes with it.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    if process not in ready:
        # The study says nothing while a trial runs: it is gone.
        os._exit(worker.ExitCode.ORPHANED)
    _, status = os.waitpid(pid, 0)
    os.close(process)
    os.close(life_line)
    send(control, exit_code=os.waitstatus_to_exitcode(status))


def fork_trial(order: Mapping[str, Any], control: socket.socket, pages: tuple[Pages, ...]) -> tuple[int, int]:
    """Fork a child that carries out ``order``; return its process number and the end of its life line that this process must keep open.

    The child watches its standard input, as a fresh one does: it ends as soon as nobody holds the other end any more. It leads a session of
    its own by the time this returns.
    """
    watched, life_line = os.pipe()
    waiting, settled = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.dup2(watched, 0)
            for descriptor in (watched, life_line, waiting, settled):
                os.close(descriptor)
            control.close()
            become_trial(Path(order["folder"]), order["environment"], pages)
        except BaseException:
            traceback.print_exc()
        os._exit(worker.ExitCode.FAILED)
    for descriptor in (watched, settled):
        os.close(descriptor)
    os.read(waiting, 1)
    os.close(waiting)
    return pid, life_line


def become_trial(folder: Path, environment: Mapping[str, str], pages: tuple[Pages, ...]) -> None:
    """Turn this copy into what a fresh process of the same trial would be by now, and do its work; this does not return."""
    for descriptor, name in ((1, STDOUT), (2, STDERR)):
        # What the import had to say comes first in the log of every trial, as if each had imported for itself.
        said = os.pread(descriptor, MESSAGE_BYTES, 0)
        log = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(log, descriptor)
        os.close(log)
        os.write(descriptor, said)
    bring_back(pages)
    os.environ.clear()
    os.environ.update(environment)
    # Remembered from the nursery's own environment.
    tempfile.tempdir = None
    if "numpy.random" in sys.modules:
        # numpy drew the state of its global generator when it was imported. Python's own generator is drawn anew by the fork.
        sys.modules["numpy.random"].seed()
    sys.argv = [sys.argv[0], str(folder)]
    worker.main()


if __name__ == "__main__":
    main()
