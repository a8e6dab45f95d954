"""Showing a study's progress: live in a terminal, plain lines elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from reportgen import frameworks, runtimes
from reportgen.records import ColdStartSpec, ExperimentSpec, FailedResult, InferenceSpec, ParitySpec, ProfileSpec, Spec, TrainingResult
from reportgen.report.format import plural
from reportgen.runner.events import Event
from reportgen.runner.trial import Result
from reportgen.runs import Run
from reportgen.variants import variant_name


def describe(spec: Spec, titles: Callable[[str], str]) -> str:
    """Return what a trial is, for a person: its block, and what happens in it."""
    if isinstance(spec, InferenceSpec):
        file, runtime = titles_of_reopening(spec)
        return f"block {spec.block}: reopening {titles(spec.framework)}'s {file} with {runtime}, {plural(spec.threads, 'thread')}"
    again = f", attempt {spec.attempt}" if spec.attempt > 1 else ""
    if isinstance(spec, ParitySpec) and spec.reference:
        return f"parity: {titles(spec.framework)}'s {spec.mode} against {spec.reference} in {spec.precision}{again}"
    if isinstance(spec, ParitySpec):
        where = f" ({spec.mode})" if variant_name(spec.mode) else ""
        return f"parity: what {titles(spec.framework)}{where} computes in {spec.precision}{again}"
    if isinstance(spec, ProfileSpec):
        return f"profile: where the time of an epoch of {titles(spec.framework)} ({spec.mode}) goes{again}"
    if isinstance(spec, ColdStartSpec):
        return f"block {spec.block}: cold start of {titles(spec.framework)} ({spec.mode}){again}"
    if isinstance(spec, ExperimentSpec):
        return f"experiment {spec.experiment}: {titles(spec.framework)}, {spec.variant}{again}"
    return f"block {spec.block}: training with {titles(spec.framework)} ({spec.mode}){again}"


def titles_of_reopening(spec: InferenceSpec) -> tuple[str, str]:
    """Return what the file and the runtime are called; what is not installed here is called by its name."""
    files = {known.name: known.title for known in frameworks.formats(spec.framework)}
    known_runtimes = {name: runtime.title for name, runtime in runtimes.members().items()}
    return files.get(spec.format, spec.format), known_runtimes.get(spec.runtime, spec.runtime)


def place(spec: Spec) -> tuple[object, ...]:
    """Return which part of the plan a trial fills, whatever attempt it is."""
    parts = ("mode", "format", "precision", "experiment", "variant", "threads")
    return (spec.kind, spec.block, spec.framework, *(getattr(spec, part, None) for part in parts))


def outcome(result: Result, seconds: float) -> str:
    """Return how a trial ended, in a few words."""
    if isinstance(result, FailedResult):
        return f"{result.status}: {result.cause}"
    if isinstance(result, TrainingResult):
        last = result.epochs[-1]
        score = f"loss {last.validation_loss:.4g}" if last.validation_accuracy is None else f"accuracy {last.validation_accuracy:.2%}"
        return f"done in {seconds:.1f} s (validation {score})"
    return f"done in {seconds:.1f} s"


class QuietReporter:
    """Says only what a person must know."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __enter__(self) -> Self:
        """Begin to show progress."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was, whatever happened."""

    def study_begins(self, run: Run, trials: int) -> None:
        """Say nothing."""

    def trial_was_done(self, spec: Spec) -> None:
        """Say nothing."""

    def trial_begins(self, spec: Spec) -> None:
        """Say nothing."""

    def event(self, spec: Spec, event: Event) -> None:
        """Say nothing."""

    def trial_ends(self, spec: Spec, result: Result) -> None:
        """Say only that a trial failed."""
        if isinstance(result, FailedResult):
            self.notice(f"{spec.trial}: {result.status}: {result.cause}")

    def notice(self, text: str) -> None:
        """Print a line that matters."""
        self.console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)


class PlainReporter(QuietReporter):
    """Prints a line when a trial ends: for a log file, or a terminal that cannot redraw."""

    def __init__(self, console: Console, titles: Callable[[str], str]) -> None:
        super().__init__(console)
        self.titles = titles
        self.total = 0
        self.finished: set[tuple[object, ...]] = set()
        self.begin = 0.0

    @property
    def done(self) -> int:
        """How many of the planned trials are done; one that is done again, because its block is repeated, counts once."""
        return len(self.finished)

    def study_begins(self, run: Run, trials: int) -> None:
        """Name the run and its size."""
        self.total = trials
        self.line(f"Run {run.name}: {run.plan.blocks} blocks, {trials} trials")

    def trial_was_done(self, spec: Spec) -> None:
        """Count a trial that an earlier process has measured."""
        self.finished.add(place(spec))

    def trial_begins(self, spec: Spec) -> None:  # noqa: ARG002
        """Note the time."""
        self.begin = time.monotonic()

    def trial_ends(self, spec: Spec, result: Result) -> None:
        """Print how the trial went."""
        if not isinstance(result, FailedResult):
            self.finished.add(place(spec))
        self.line(f"[{self.done}/{self.total}] {describe(spec, self.titles)}: {outcome(result, time.monotonic() - self.begin)}")

    def line(self, text: str) -> None:
        """Print a plain line."""
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)


class LiveReporter(PlainReporter):
    """Redraws one line: trials done, what runs now with its epoch, time elapsed and remaining."""

    def __init__(self, console: Console, titles: Callable[[str], str]) -> None:
        super().__init__(console, titles)
        self.fresh: list[float] = []
        self.bar = Progress(
            TextColumn("{task.fields[what]}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[remaining]}"),
            console=console,
            # Drawn when something is told, and at no other time: a thread that redraws would disturb what is measured.
            auto_refresh=False,
            transient=True,
        )
        self.task: TaskID | None = None

    def study_begins(self, run: Run, trials: int) -> None:
        """Name the run, and start the line."""
        super().study_begins(run, trials)
        self.bar.start()
        self.task = self.bar.add_task("study", total=trials, what="", remaining="")

    def trial_was_done(self, spec: Spec) -> None:
        """Advance the bar."""
        super().trial_was_done(spec)
        self.draw("resuming")

    def trial_begins(self, spec: Spec) -> None:
        """Show what runs now."""
        super().trial_begins(spec)
        self.draw(describe(spec, self.titles))

    def event(self, spec: Spec, event: Event) -> None:
        """Show the phase or the epoch of the trial that runs now."""
        if event.epoch is not None:
            self.draw(f"{describe(spec, self.titles)}, epoch {event.epoch.index} of {event.planned_epochs}")
        elif event.name:
            self.draw(f"{describe(spec, self.titles)}, {event.name}")

    def trial_ends(self, spec: Spec, result: Result) -> None:
        """Print how the trial went above the line."""
        super().trial_ends(spec, result)
        self.fresh.append(time.monotonic() - self.begin)
        self.draw("")

    def draw(self, what: str) -> None:
        """Redraw the line."""
        if self.task is not None:
            self.bar.update(self.task, completed=self.done, what=what, remaining=self.remaining())
            self.bar.refresh()

    def remaining(self) -> str:
        """Return the time that the rest will take, from the mean of this process's trials."""
        if not self.fresh:
            return ""
        seconds = round(sum(self.fresh) / len(self.fresh) * (self.total - self.done))
        return f"about {seconds // 60}:{seconds % 60:02d} left"

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        self.bar.stop()
        self.task = None


def make_reporter(console: Console, quiet: bool, titles: Callable[[str], str]) -> QuietReporter:
    """Return the reporter that suits the terminal."""
    if quiet:
        return QuietReporter(console)
    return LiveReporter(console, titles) if console.is_terminal else PlainReporter(console, titles)


class DownloadProgress:
    """Shows how a data set comes in, on a terminal; elsewhere one line when something begins."""

    def __init__(self, console: Console, quiet: bool) -> None:
        self.console = console
        self.quiet = quiet
        self.what = ""

    def __call__(self, what: str, done_bytes: int, total_bytes: int | None) -> None:
        """See :data:`reportgen.datasets.ProgressCallback`."""
        if self.quiet:
            return
        if what != self.what:
            self.what = what
            self.console.print(what, markup=False, highlight=False, soft_wrap=True)
        if self.console.is_terminal and done_bytes:
            share = f" of {total_bytes / 2**20:.1f}" if total_bytes else ""
            end = "\n" if done_bytes == total_bytes else "\r"
            self.console.print(f"  {done_bytes / 2**20:.1f}{share} MiB", end=end, highlight=False)
