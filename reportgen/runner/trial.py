"""One trial from the parent's side: write the order, run the child, and make a record of whatever came of it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reportgen.errors import KEPT, DamagedRecordError, ReportgenError
from reportgen.language import marked
from reportgen.records import (
    ColdStartResult,
    ExperimentResult,
    FailedResult,
    InferenceResult,
    ParityResult,
    ProfileResult,
    Sentence,
    Spec,
    TrainingResult,
    made,
)
from reportgen.runner import causes
from reportgen.runner.clock import now
from reportgen.runner.events import Event, Follower
from reportgen.runner.launch import STDERR, Ending, Tick, launch_fresh
from reportgen.runner.mistakes import read_mistake
from reportgen.runner.worker import RESULT, SPEC, ExitCode
from reportgen.storage import read_record, verify_files, write_record

Measured = TrainingResult | InferenceResult | ParityResult | ProfileResult | ColdStartResult | ExperimentResult
Result = Measured | FailedResult
RESULT_KINDS: dict[str, type[Measured]] = {
    "training": TrainingResult,
    "inference": InferenceResult,
    "parity": ParityResult,
    "profile": ProfileResult,
    "cold-start": ColdStartResult,
    "experiment": ExperimentResult,
}
# As much of a log as helps in a report; the whole of it stays in the trial's folder.
LOG_TAIL_LINES = 30


class Executor(Protocol):
    """Whatever carries out a trial; tests of the schedule have one that does not take time."""

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        """Carry out ``spec`` in the empty folder ``folder``, leave a record there, and return it."""


#: Whatever gives a trial its process: carries out an order that lies in a folder, for so many seconds at most, and returns how that ended. Standard
#: output and standard error go to files in the folder; the last argument is called now and then while the process runs.
Launcher = Callable[[Spec, Path, float, Tick | None], Ending]


class DiskFullError(ReportgenError):
    """There is no room for a trial's results; the study stops, and can be resumed."""


@dataclass(frozen=True, kw_only=True)
class ProcessExecutor:
    """Carries out a trial in a child process. With ``live``, events are passed on while the child runs, else after it ended."""

    timeout_s: float
    live: bool
    start: Launcher = launch_fresh

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        """See :class:`Executor`. Raises :class:`DiskFullError`, and leaves no result then."""
        write_record(folder / SPEC, spec)
        follower = Follower(folder)
        last_phase = "start"

        def tick() -> None:
            nonlocal last_phase
            for event in follower.new_events():
                last_phase = event.name or last_phase
                on_event(event)

        started_at = now()
        kills_before = out_of_memory_kills()
        ending = self.start(spec, folder, self.timeout_s, tick if self.live else None)
        tick()
        if ending.exit_code == ExitCode.DISK_FULL:
            raise DiskFullError(marked("The disk that holds {folder} is full. Make room first. {kept}"), folder=folder, kept=Sentence(sentence=KEPT))
        if ending.exit_code == ExitCode.OK and not ending.timed_out:
            try:
                return read_result(folder, spec)
            except DamagedRecordError as error:
                cause = made(causes.NOT_WELL, error=error)
                failure = failed(spec, started_at, "failed", cause, ending.exit_code, folder)
        else:
            status, cause = explain(ending, self.timeout_s, last_phase, out_of_memory_kills() - kills_before, folder)
            mistake = read_mistake(folder) if status == "failed" else None
            failure = failed(spec, started_at, status, cause, ending.exit_code, folder, mistake.place if mistake else None)
        write_record(folder / RESULT, failure)
        return failure


def read_result(folder: Path, spec: Spec, exports: bool = True) -> Result:
    """Return the verified result in a trial's folder; raises :class:`DamagedRecordError` that names what is damaged.

    Without ``exports``, the exported models are not looked for.
    """
    try:
        result = read_record(folder / RESULT, RESULT_KINDS[spec.kind])
    except DamagedRecordError as error:
        try:
            return read_record(folder / RESULT, FailedResult)
        except DamagedRecordError:
            raise error from None
    verify_files(result.files, folder)
    if exports and isinstance(result, TrainingResult):
        for export in result.exports:
            verify_files(export.files, folder)
    return result


def failed(spec: Spec, started_at: str, status: str, cause: Sentence, exit_code: int, folder: Path, place: str | None = None) -> FailedResult:
    """Return the record of a trial that did not come to its end."""
    return FailedResult.model_validate(
        {
            "kind": spec.kind,
            "status": status,
            "trial": spec.trial,
            "started_at": started_at,
            "finished_at": now(),
            "cause": cause,
            "place": place,
            "exit_code": exit_code,
            "log_tail": log_tail(folder),
        }
    )


def explain(ending: Ending, timeout_s: float, last_phase: str, new_kills: int, folder: Path) -> tuple[str, Sentence]:
    """Return the status and the cause of a failure, as a person would say it."""
    phase = Sentence(sentence=last_phase)
    if ending.timed_out:
        return "timeout", made(causes.TIMED_OUT, seconds=f"{timeout_s:g}", phase=phase)
    if ending.exit_code < 0:
        name = signal_name(-ending.exit_code)
        if -ending.exit_code == getattr(signal, "SIGKILL", None) and new_kills > 0:
            return "out-of-memory", made(causes.MEMORY_RAN_OUT, phase=phase)
        return "killed", made(causes.ENDED_BY_SIGNAL, signal=name, phase=phase)
    if ending.exit_code == ExitCode.ORPHANED:
        return "failed", made(causes.ORPHANED, phase=phase)
    if ending.exit_code == ExitCode.OUT_OF_MEMORY:
        return "out-of-memory", made(causes.OUT_OF_MEMORY, phase=phase)
    lines = log_tail(folder).splitlines()
    mistake = read_mistake(folder)
    if mistake is None and not lines:
        return "failed", made(causes.WROTE_NOTHING, code=ending.exit_code, phase=phase)
    return "failed", made(causes.FAILED, error=mistake.cause if mistake else lines[-1], phase=phase)


def signal_name(number: int) -> str:
    """Return a signal's name; real-time signals have none but their number."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"number {number}"


def log_tail(folder: Path) -> str:
    """Return the last lines of a trial's error log."""
    try:
        lines = (folder / STDERR).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(lines[-LOG_TAIL_LINES:])


def out_of_memory_kills() -> int:
    """Return how often the kernel has ended a process for want of memory since it started (Linux), or 0 where it does not say."""
    try:
        fields = dict(line.split() for line in Path("/proc/vmstat").read_text().splitlines())
    except OSError:
        return 0
    return int(fields.get("oom_kill", 0))
