"""Starting a child process, sleeping until it ends, and ending it with everything it started when it takes too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import reportgen
from reportgen.records import DeviceKind, Spec
from reportgen.runner.worker import STARTED_VARIABLE

STDOUT = "stdout.log"
STDERR = "stderr.log"

# What a trial may inherit. Everything else in the person's environment could change a measurement without leaving a trace.
INHERITED_VARIABLES = (
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "TZ",
    "SYSTEMROOT",
    "WINDIR",
    "APPDATA",
    "LOCALAPPDATA",
    "USERPROFILE",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "PYTHONPATH",
    "XDG_CACHE_HOME",
    "REPORTGEN_CACHE",
)
TEMPORARY_VARIABLES = ("TMPDIR", "TEMP", "TMP")
# What a trial is told.
FIXED_VARIABLES = {
    "KERAS_BACKEND": "tensorflow",
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
    "TF_CPP_MIN_LOG_LEVEL": "1",
}
# Which devices a program sees, and where CUDA's own files lie.
VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES"
DEVICE_ORDER = "CUDA_DEVICE_ORDER"
CUDA_VARIABLES = (DEVICE_ORDER, "CUDA_HOME", "CUDA_PATH")
# Time for a child that is told to write down where it hangs, before it is killed.
STACK_DUMP_S = 1.0
# How often a study that shows its progress looks what a trial has told.
TICK_S = 0.5

#: Called while a trial runs, to show how far it is.
Tick = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a child ended. ``exit_code`` is negative for a signal, as in :mod:`subprocess`; ``timed_out`` says that it was ended for its age."""

    exit_code: int
    timed_out: bool


def worker_command(folder: Path) -> tuple[str, ...]:
    """Return the command of a child; ``-P`` keeps a person's own ``tensorflow.py`` in the current folder from being imported."""
    return (sys.executable, "-P", "-m", "reportgen.runner.worker", str(folder))


def launch_fresh(spec: Spec, folder: Path, timeout_s: float, tick: Tick | None) -> Ending:
    """Carry out the order in ``folder`` in a new interpreter, see :data:`reportgen.runner.trial.Launcher`."""
    return launch(worker_command(folder), folder, timeout_s, tick, device=spec.device)


def child_environment(parent: Mapping[str, str], device: DeviceKind) -> dict[str, str]:
    """Return the whitelisted environment of a child that computes on ``device``."""
    environment = {name: parent[name] for name in INHERITED_VARIABLES if name in parent} | FIXED_VARIABLES | device_variables(parent, device)
    root = Path(reportgen.__file__).resolve().parents[1]
    if root.name not in ("site-packages", "dist-packages"):
        # Running from a checkout: the child must find the same package.
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), environment.get("PYTHONPATH"))))
    return environment


def device_variables(parent: Mapping[str, str], device: DeviceKind) -> dict[str, str]:
    """Return what tells a child which devices there are: one, the first that the person lets programs see, or none.

    None for a program on the CPU, since TensorFlow takes a GPU by itself wherever it sees one. Where the person says nothing, the first is the first
    that ``nvidia-smi`` lists.
    """
    if device == "cpu":
        return {VISIBLE_DEVICES: "-1"}
    inherited = {name: parent[name] for name in CUDA_VARIABLES if name in parent}
    if VISIBLE_DEVICES in parent:
        return inherited | {VISIBLE_DEVICES: parent[VISIBLE_DEVICES].split(",")[0].strip()}
    return inherited | {VISIBLE_DEVICES: "0", DEVICE_ORDER: "PCI_BUS_ID"}


@contextmanager
def trial_environment(device: DeviceKind) -> Iterator[dict[str, str]]:
    """Give a trial on ``device`` its environment, with a folder for temporary files that goes with it.

    Frameworks leave temporary files behind when they are killed, or when a child leaves without their shutdown.
    """
    with tempfile.TemporaryDirectory(prefix="reportgen-trial-", ignore_cleanup_errors=True) as temporary:
        yield child_environment(os.environ, device) | dict.fromkeys(TEMPORARY_VARIABLES, temporary)


def launch(
    command: Sequence[str],
    folder: Path,
    timeout_s: float,
    tick: Tick | None = None,
    tick_s: float = TICK_S,
    device: DeviceKind = "cpu",
    change: Callable[[dict[str, str]], dict[str, str]] = dict,
) -> Ending:
    """Run ``command`` until it ends or ``timeout_s`` has passed; its output goes to files in ``folder``.

    ``change`` returns the environment that it is given in the place of every trial's.

    The calling thread sleeps in between; with ``tick``, it wakes every ``tick_s`` seconds to call it. The child leads a process group of
    its own, and nothing of that group outlives this call: not on a time-out, and not when this process is interrupted.
    """
    with trial_environment(device) as environment:
        return run_in_group(command, folder, change(environment), timeout_s, tick, tick_s)


def run_in_group(command: Sequence[str], folder: Path, environment: dict[str, str], timeout_s: float, tick: Tick | None, tick_s: float) -> Ending:
    """Run ``command`` in a process group of its own, see :func:`launch`."""
    with (folder / STDOUT).open("wb") as stdout, (folder / STDERR).open("wb") as stderr:
        environment = environment | {STARTED_VARIABLE: repr(time.time())}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, env=environment, start_new_session=True)
    # A blocking wait in a thread costs nothing; Popen.wait with a timeout polls.
    ended = threading.Event()

    def wait() -> None:
        process.wait()
        ended.set()

    threading.Thread(target=wait, name="child wait", daemon=True).start()
    try:
        timed_out = attend(process.pid, ended.wait, timeout_s, tick, tick_s)
    finally:
        kill_group(process)
        ended.wait()
        if process.stdin:
            process.stdin.close()
    return Ending(exit_code=process.returncode, timed_out=timed_out)


def attend(pid: int, ended: Callable[[float], bool], timeout_s: float, tick: Tick | None, tick_s: float) -> bool:
    """Sleep until a child has ended, and return ``False``, or until its time is up and it has written down where it hangs: ``True``.

    ``ended(seconds)`` sleeps for that long at most, and says whether the child has ended.
    """
    deadline = time.monotonic() + timeout_s
    while not ended(min(tick_s if tick else timeout_s, max(0.0, deadline - time.monotonic()))):
        if tick:
            tick()
        if time.monotonic() >= deadline:
            dump_stacks(pid)
            ended(STACK_DUMP_S)
            return True
    return False


def dump_stacks(pid: int) -> None:
    """Ask a child to write the stacks of its threads to its log."""
    if hasattr(signal, "SIGUSR1"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child's process group."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        import psutil

        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
        process.kill()
