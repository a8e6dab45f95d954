"""Trials that are forked: the study's side of the nurseries (:mod:`reportgen.runner.nursery`), and what becomes of it when one dies."""

from __future__ import annotations

import json
import os
import platform
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from reportgen import frameworks
from reportgen.language import marked
from reportgen.records import DeviceKind, ParitySpec, Plan, ProfileSpec, Sentence, Spec, TrainingSpec, made
from reportgen.records.sentence import NOTHING
from reportgen.runner.launch import TICK_S, Ending, Tick, attend, launch_fresh, trial_environment
from reportgen.runner.nursery import MESSAGE_BYTES
from reportgen.runner.process import PROCESS_VARIABLE
from reportgen.runner.residency import FIRST_KERNEL
from reportgen.runner.trial import Launcher
from reportgen.runner.variant_launch import with_variants
from reportgen.runner.worker import STARTED_VARIABLE, ExitCode

# A nursery that dies once may have been a victim; one that dies twice is no place to measure.
LIVES = 2
# Between the end of a process's socket and its own end the kernel frees its memory, which takes a moment for a framework.
LAST_WORDS_S = 10.0


class NurseryError(Exception):
    """A nursery cannot be used: it did not come to life, it has threads, or it died."""


def unsupported(device: DeviceKind = "cpu") -> Sentence:
    """Return why trials on ``device`` are not forked on this platform, as the end of a sentence, or nothing where they are."""
    if device != "cpu":
        return Sentence(sentence=marked("the libraries of a GPU do not survive a fork"))
    if sys.platform != "linux":
        return Sentence(sentence=marked("forking a process that has loaded a framework is safe on Linux only"))
    kernel = re.match(r"(\d+)\.(\d+)", platform.release())
    if kernel is None or (int(kernel[1]), int(kernel[2])) < FIRST_KERNEL or not hasattr(os, "pidfd_open"):
        wanted = ".".join(map(str, FIRST_KERNEL))
        return made(marked("forking needs Linux {wanted} or later, and this is {found}"), wanted=wanted, found=platform.release())
    return NOTHING


@contextmanager
def launcher(plan: Plan, notice: Callable[[str], None]) -> Iterator[Launcher]:
    """Give what starts the processes of a plan's trials; nothing of it is left afterwards. ``notice`` hears when a nursery cannot be used."""
    with ExitStack() as belongings:
        start = belongings.enter_context(own_launcher(plan, notice))
        yield belongings.enter_context(with_variants(start, plan.variants)) if plan.variants else start


@contextmanager
def own_launcher(plan: Plan, notice: Callable[[str], None]) -> Iterator[Launcher]:
    """Give what starts the processes of this interpreter; see :func:`launcher`."""
    if plan.processes == "fresh":
        yield launch_fresh
    elif reason := unsupported(plan.device):
        notice(f"Every trial runs in a fresh process, although the plan wanted forked ones: {reason}.")
        yield launch_fresh
    else:
        nurseries = Nurseries(notice)
        try:
            yield nurseries
        finally:
            nurseries.close()


def modules_of(spec: Spec) -> tuple[str, ...]:
    """Return what a nursery imports for a trial, or nothing where the trial is to have a fresh process.

    Of a person's own workload nothing is imported: its module may compute something when it is imported. Reopening an export and a cold start
    are about what a fresh process pays, so they have one.
    """
    if not isinstance(spec, TrainingSpec | ParitySpec | ProfileSpec):
        return ()
    return ("reportgen.runner.training", *program_modules(spec.framework, spec.mode))


def program_modules(framework: str, mode: str) -> tuple[str, ...]:
    """Return what a framework's program imports in a mode, before it computes anything."""
    found, driven = frameworks.find(framework), frameworks.find_mode(framework, mode)
    return ((driven.program or found.program).partition(":")[0], *found.imported_later, *driven.imports)


class Nurseries:
    """Starts trials: forked from the nursery of their framework, or in a fresh process once that has failed too often.

    A nursery is started when the first trial needs it, and once more after it died.
    """

    def __init__(self, notice: Callable[[str], None]) -> None:
        self._notice = notice
        self._running: dict[tuple[str, ...], Nursery] = {}
        self._failures: Counter[tuple[str, ...]] = Counter()

    def __call__(self, spec: Spec, folder: Path, timeout_s: float, tick: Tick | None) -> Ending:
        """See :data:`reportgen.runner.trial.Launcher`."""
        modules = modules_of(spec)
        nursery = self._nursery(spec.framework, modules, timeout_s) if modules else None
        if nursery is None:
            return launch_fresh(spec, folder, timeout_s, tick)
        try:
            return nursery.run(folder, timeout_s, tick)
        except NurseryError as error:
            self._bury(spec.framework, modules, error)
            return Ending(exit_code=ExitCode.ORPHANED, timed_out=False)

    def _nursery(self, framework: str, modules: tuple[str, ...], timeout_s: float) -> Nursery | None:
        """Return the living nursery for these modules, or ``None`` when there can be none."""
        while self._failures[modules] < LIVES:
            try:
                if modules not in self._running:
                    self._running[modules] = Nursery(modules)
                    self._running[modules].wait_until_ready(timeout_s)
                self._running[modules].check_alive()
                return self._running[modules]
            except NurseryError as error:
                self._bury(framework, modules, error)
        return None

    def _bury(self, framework: str, modules: tuple[str, ...], error: NurseryError) -> None:
        """Note that a nursery failed, and say what follows."""
        self._running.pop(modules).close()
        self._failures[modules] += 1
        title = frameworks.find(framework).title
        follows = "It is started once more." if self._failures[modules] < LIVES else "From now on, each of its trials runs in a fresh process."
        self._notice(f"The process that {title}'s trials are forked from cannot be used: {error}. {follows}")

    def close(self) -> None:
        """End all nurseries."""
        for nursery in self._running.values():
            nursery.close()
        self._running.clear()


class Nursery:
    """The study's handle of one nursery: its process, and the socket to it."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        """Start the process; it imports ``modules`` while this goes on."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ExitStack() as belongings, theirs:
            belongings.enter_context(self._control)
            # A file each, from which every trial copies what the import had to say.
            output = belongings.enter_context(TemporaryFile())
            self._errors = belongings.enter_context(TemporaryFile())
            self._process = subprocess.Popen(
                (sys.executable, "-P", "-m", "reportgen.runner.nursery", str(theirs.fileno()), *modules),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=self._errors,
                env=belongings.enter_context(trial_environment("cpu")),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
            self._belongings = belongings.pop_all()

    def wait_until_ready(self, timeout_s: float) -> None:
        """Wait for the import; raises :class:`NurseryError` where it fails, or leaves threads behind."""
        if not self._heard(timeout_s):
            raise NurseryError(f"its import did not end within {timeout_s:g} s")
        if threads := self._receive()["threads"]:
            raise NurseryError(f"its import started threads ({', '.join(threads)}), and a process with threads cannot be forked safely")

    def check_alive(self) -> None:
        """Raise :class:`NurseryError` where the process has ended; between trials it has nothing to say."""
        if self._heard(0.0):
            self._receive()

    def run(self, folder: Path, timeout_s: float, tick: Tick | None = None, tick_s: float = TICK_S) -> Ending:
        """Carry out the order in ``folder`` in a forked child, see :func:`reportgen.runner.launch.launch`.

        Raises :class:`NurseryError` when the nursery dies before the child has ended.
        """
        with trial_environment("cpu") as environment:
            environment |= {STARTED_VARIABLE: repr(time.time()), PROCESS_VARIABLE: "forked"}
            try:
                self._control.send(json.dumps({"folder": str(folder.resolve()), "environment": environment}).encode())
            except OSError as error:
                raise NurseryError(self._last_words()) from error
            pid = int(self._receive()["pid"])
            try:
                timed_out = attend(pid, self._heard, timeout_s, tick, tick_s)
            finally:
                if not self._heard(0.0):
                    kill_group(pid)
                exit_code = self._exit_code_of(pid)
            return Ending(exit_code=exit_code, timed_out=timed_out)

    def _exit_code_of(self, pid: int) -> int:
        """Return how a child ended; without a nursery that would know, the child is ended too."""
        try:
            return int(self._receive()["exit_code"])
        except NurseryError:
            kill_group(pid)
            raise

    def _heard(self, seconds: float) -> bool:
        """Sleep until the nursery has said something or is gone, for so many seconds at most, and say whether it has."""
        return bool(select.select([self._control], [], [], seconds)[0])

    def _receive(self) -> dict[str, Any]:
        """Return the next message; raises :class:`NurseryError` when there will be none."""
        with suppress(ConnectionResetError):
            if message := self._control.recv(MESSAGE_BYTES):
                answer: dict[str, Any] = json.loads(message)
                return answer
        raise NurseryError(self._last_words())

    def _last_words(self) -> str:
        """Return how the process ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(LAST_WORDS_S)
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        code = self._process.returncode
        if code is not None and code < 0:
            return f"it was ended by signal {-code}"
        return said[-1] if said else f"it ended with exit code {code}"

    def close(self) -> None:
        """End the process. No trial runs in it any more, so it has nothing to lose."""
        self._process.kill()
        self._process.wait()
        self._belongings.close()


def kill_group(pid: int) -> None:
    """Kill a child with everything that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
