"""Stand-ins for what takes time or speaks: an executor that leaves made-up results at once, and a reporter that remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from builders import (
    LABELS,
    Logits,
    cold_start_result,
    experiment_result,
    failed_result,
    inference_result,
    logits_of,
    mode_parity_arrays,
    parity_arrays,
    parity_result,
    training_result,
)

from reportgen.records import ColdStartSpec, ExperimentSpec, ExportSample, ParitySpec, Spec, TrainingSpec
from reportgen.runner import parity
from reportgen.runner.events import Event
from reportgen.runner.predictions import save_logits
from reportgen.runner.study import Outcome, run_study
from reportgen.runner.trial import Result
from reportgen.runs import Run
from reportgen.storage import describe_files, write_record


def write_result(spec: Spec, folder: Path, logits: Logits | None = None, **changes: Any) -> Result:
    """Leave in ``folder`` what a process leaves that came to its end: order, predictions, a file for each export, and the result."""
    write_record(folder / "spec.json", spec)
    result: Result
    if isinstance(spec, ParitySpec):
        arrays = mode_parity_arrays(spec) if spec.reference else parity_arrays(spec)
        result = parity_result(spec, **({"files": (parity.save(arrays, folder),)} | changes))
        write_record(folder / "result.json", result)
        return result
    if isinstance(spec, ColdStartSpec):
        result = cold_start_result(spec, **changes)
        write_record(folder / "result.json", result)
        return result
    if isinstance(spec, ExperimentSpec):
        result = experiment_result(spec, **changes)
        write_record(folder / "result.json", result)
        return result
    files = (save_logits(logits_of(*LABELS) if logits is None else logits, folder),)
    if isinstance(spec, TrainingSpec):
        exports = tuple(write_export(name, folder) for name in spec.exports)
        result = training_result(spec, **({"files": files, "exports": exports} | changes))
    else:
        result = inference_result(spec, **({"files": files} | changes))
    write_record(folder / "result.json", result)
    return result


def write_export(name: str, folder: Path) -> ExportSample:
    """Leave an exported model of a few bytes."""
    path = folder / "exports" / name / "model.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"weights of " + name.encode())
    return ExportSample(
        format=name, status="ok", path=path.relative_to(folder).as_posix(), files=describe_files(path.parent, folder), conversion_s=0.25
    )


class FakeExecutor:
    """Carries out trials without taking time. ``fail`` says which: a trial's name to how it fails, at every call of that name.

    A value of ``None`` is a failure recorded as a crash; an exception is raised, as when the parent is stopped in the middle of a trial.
    """

    def __init__(self, fail: Mapping[str, BaseException | None] | None = None) -> None:
        self.fail = dict(fail or {})
        self.specs: list[Spec] = []

    @property
    def trials(self) -> list[str]:
        """The names of the trials that were carried out, in order."""
        return [spec.trial for spec in self.specs]

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        assert folder.is_dir() and not list(folder.iterdir()), "an executor is promised an empty folder"
        self.specs.append(spec)
        write_record(folder / "spec.json", spec)
        on_event(Event(event="phase", name="import"))
        if spec.trial not in self.fail:
            return write_result(spec, folder)
        cause = self.fail[spec.trial]
        if cause is not None:
            raise cause
        result = failed_result(spec)
        write_record(folder / "result.json", result)
        return result


class RecordingReporter:
    """Keeps what it is told, as (what happened, about which trial or what text)."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.total = 0

    def study_begins(self, run: Run, trials: int) -> None:
        self.total = trials
        self.told.append(("study begins", run.name))

    def trial_was_done(self, spec: Spec) -> None:
        self.told.append(("was done", spec.trial))

    def trial_begins(self, spec: Spec) -> None:
        self.told.append(("begins", spec.trial))

    def event(self, spec: Spec, event: Event) -> None:
        self.told.append(("event", spec.trial))

    def trial_ends(self, spec: Spec, result: Result) -> None:
        self.told.append(("ends", f"{spec.trial} {result.status}"))

    def notice(self, text: str) -> None:
        self.told.append(("notice", text))

    def of(self, what: str) -> list[str]:
        """Return what it was told of one kind."""
        return [text for kind, text in self.told if kind == what]


def study(run: Run, fail: dict[str, BaseException | None] | None = None) -> tuple[Outcome, FakeExecutor, RecordingReporter]:
    executor, reporter = FakeExecutor(fail), RecordingReporter()
    return run_study(run, Path("data"), executor, reporter), executor, reporter


def stopped_study(run: Run, fail: dict[str, BaseException | None], error: type[BaseException]) -> FakeExecutor:
    """Run a study that does not come to its end, and return the executor."""
    executor = FakeExecutor(fail)
    with pytest.raises(error):
        run_study(run, Path("data"), executor, RecordingReporter())
    return executor


def planned(run: Run) -> list[str]:
    return [trial.trial for trial in run.plan.trials]


def in_block(run: Run, block: int) -> list[str]:
    return [trial.trial for trial in run.plan.trials if trial.block == block]
