"""The schedule: block after block, each trial once, a failed block once more, and nothing that is done again.

This module knows no clock and no process. It asks the run what is done, hands what is not to an executor, and tells a reporter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path

from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import marked
from reportgen.records import (
    FailedResult,
    PlannedColdStart,
    PlannedExperiment,
    PlannedParity,
    PlannedProfile,
    PlannedTrial,
    Spec,
    TrainingResult,
    TrainingSpec,
)
from reportgen.records.sentence import NOTHING, made
from reportgen.runner.mistakes import stop_for_mistake
from reportgen.runner.orders import cold_start_spec, experiment_spec, inference_spec, parity_spec, profile_spec, training_spec
from reportgen.runner.reporter import Reporter as Reporter
from reportgen.runner.sizes import different_sizes
from reportgen.runner.trial import Executor, Result
from reportgen.runs import Run
from reportgen.variants import variant_name

# A block that fails is run again once: one odd event must not cost a block, and a real fault shows itself at the second attempt.
ATTEMPTS = 2
# Two lost blocks in a row are no accident; the rest would only repeat them. The same goes for a further mode that fails in two blocks in a row.
LOST_BLOCKS_IN_A_ROW = 2


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a study went: blocks with all trials of the main modes, and blocks that were lost."""

    complete_blocks: tuple[int, ...]
    lost_blocks: tuple[int, ...]


def blocks_of(run: Run) -> Iterator[tuple[int, tuple[PlannedTrial, ...]]]:
    """Yield the blocks of a plan with their trials, in order of execution."""
    for block, trials in groupby(run.plan.trials, key=lambda trial: trial.block):
        yield block, tuple(sorted(trials, key=lambda trial: trial.position))


#: Asked after each complete block, with its number and all complete blocks so far (results by framework), whether the study is done.
Enough = Callable[[int, Sequence[Mapping[str, TrainingResult]]], bool]


def never_enough(_block: int, _measured: Sequence[Mapping[str, TrainingResult]]) -> bool:
    """Go on to the end of the plan."""
    return False


def run_study(run: Run, dataset_folder: Path, executor: Executor, reporter: Reporter, enough: Enough = never_enough) -> Outcome:
    """Carry out what is not done yet of a run's plan, to its end or until ``enough`` says so.

    Raises :class:`ReportgenError` after :data:`LOST_BLOCKS_IN_A_ROW` blocks were lost in a row; what was measured stays.
    """
    desk = Desk(run, dataset_folder, executor, reporter)
    reporter.study_begins(run, trials_in(run))
    for planned in run.plan.parity:
        desk.carry_out_parity(planned)
    for text in different_sizes(run):
        reporter.notice(text)
    complete: list[int] = []
    lost: list[int] = []
    measured: list[Mapping[str, TrainingResult]] = []
    for block, trials in blocks_of(run):
        results = desk.carry_out_block(trials)
        if results is None:
            lost.append(block)
            reporter.notice(f"Block {block} is lost: it failed {ATTEMPTS} times. The logs are in {run.folder / 'trials'}.")
            if lost[-LOST_BLOCKS_IN_A_ROW:] == list(range(block - LOST_BLOCKS_IN_A_ROW + 1, block + 1)):
                raise ReportgenError(
                    marked(
                        "The last {count} blocks failed {attempts} times each: {failure}. See {folder}. After "
                        "mending it, go on with: python -m reportgen run --resume {name}"
                    ),
                    count=LOST_BLOCKS_IN_A_ROW,
                    attempts=ATTEMPTS,
                    failure=desk.last_failure,
                    folder=run.folder / "trials",
                    name=run.name,
                )
            continue
        complete.append(block)
        desk.carry_out_cold_starts(block)
        for spec, result in results:
            desk.reopen_exports(spec, result)
        measured.append({spec.framework: result for spec, result in results})
        if enough(block, measured):
            break
    for profile in run.plan.profiles:
        desk.carry_out_profile(profile)
    for one in run.plan.experiments:
        desk.carry_out_experiment(one)
    return Outcome(complete_blocks=tuple(complete), lost_blocks=tuple(lost))


class Desk:
    """Where one study's trials are handed out: a trial that is done is taken from the run, any other is carried out."""

    def __init__(self, run: Run, dataset_folder: Path, executor: Executor, reporter: Reporter) -> None:
        self.run = run
        self.dataset_folder = dataset_folder
        self.executor = executor
        self.reporter = reporter
        self.last_failure = NOTHING
        # In how many blocks in a row each further mode failed.
        self.failing: Counter[tuple[str, str]] = Counter()
        self.trained = False

    def carry_out_block(self, trials: tuple[PlannedTrial, ...]) -> tuple[tuple[TrainingSpec, TrainingResult], ...] | None:
        """Return the main modes' results of a block's first attempt without a failure, or ``None`` when it failed too often just now.

        A further mode is measured at its place in the block. When it fails, the block goes on without it.
        """
        failures = 0
        for attempt in count(1):
            results: list[tuple[TrainingSpec, TrainingResult]] = []
            for planned in trials:
                if not self.run.plan.is_main(planned.framework, planned.mode):
                    self.carry_out_further(planned)
                    continue
                spec = training_spec(self.run, planned, attempt, self.dataset_folder)
                result, new = self.obtain(spec)
                if not isinstance(result, TrainingResult):
                    # A failure that an earlier process recorded costs none of this one's attempts.
                    failures += new
                    break
                results.append((spec, result))
            else:
                return tuple(results)
            if failures == ATTEMPTS:
                return None
        return None

    def carry_out_further(self, planned: PlannedTrial) -> None:
        """Measure a further mode in a block; one that fails is tried once more, and after :data:`LOST_BLOCKS_IN_A_ROW` blocks left out."""
        mode = (planned.framework, planned.mode)
        if self.failing[mode] == LOST_BLOCKS_IN_A_ROW:
            return
        failure = self.try_twice(lambda attempt: training_spec(self.run, planned, attempt, self.dataset_folder))
        self.failing[mode] = self.failing[mode] + 1 if failure else 0
        if failure and self.failing[mode] == LOST_BLOCKS_IN_A_ROW:
            self.reporter.notice(
                f"The mode {planned.mode!r} failed in {LOST_BLOCKS_IN_A_ROW} blocks in a row: {failure.cause}. The study goes on without it. "
                f"After mending it, go on with: python -m reportgen run --resume {self.run.name}"
            )

    def carry_out_parity(self, planned: PlannedParity) -> None:
        """Let a framework show what it computes; one that fails is tried once more, and the study goes on without it: no claim is made then."""
        failure = self.try_twice(lambda attempt: parity_spec(self.run, planned, attempt, self.dataset_folder))
        if failure is not None:
            claims = f"claim about the mode {planned.mode!r}" if planned.reference or variant_name(planned.mode) else "claim"
            self.reporter.notice(f"The parity trial {planned.trial!r} failed {ATTEMPTS} times: {failure.cause}. The report will make no {claims}.")

    def carry_out_profile(self, planned: PlannedProfile) -> None:
        """Take a training epoch apart; one that fails is tried once more, and the report then leaves that picture out."""
        self.try_twice(lambda attempt: profile_spec(self.run, planned, attempt, self.dataset_folder))

    def carry_out_experiment(self, planned: PlannedExperiment) -> None:
        """Carry out one process of an experiment; one that fails is tried once more, and the report then says why its figures are missing."""
        failure = self.try_twice(lambda attempt: experiment_spec(self.run.plan, planned, attempt, self.dataset_folder))
        if failure is not None:
            self.reporter.notice(f"The trial {planned.trial!r} of an experiment failed {ATTEMPTS} times: {failure.cause}. The study goes on.")

    def try_twice(self, order: Callable[[int], Spec]) -> FailedResult | None:
        """Obtain a trial on which no block depends, ``order`` giving its order for each attempt; return its failure when it failed too often."""
        failures = 0
        for attempt in count(1):
            result, new = self.obtain(order(attempt))
            failures += new
            if not isinstance(result, FailedResult):
                return None
            if failures == ATTEMPTS:
                return result
        return None

    def carry_out_cold_starts(self, block: int) -> None:
        """Let each framework of a block start cold; one that fails is tried once more, and the study goes on without it."""
        for planned in self.run.plan.cold_starts:
            if planned.block == block:
                self.carry_out_cold_start(planned)

    def carry_out_cold_start(self, planned: PlannedColdStart) -> None:
        """Start one framework cold, until it works or has failed too often just now."""
        self.try_twice(lambda attempt: cold_start_spec(self.run.plan, planned, attempt, self.dataset_folder))

    def reopen_exports(self, spec: TrainingSpec, result: TrainingResult) -> None:
        """Open each export of a trial with its runtime, in a process of its own; one that fails is tried once more."""
        for sample in result.exports:
            if sample.status == "ok" and sample.path is not None:
                self.reopen_export(spec, sample.format, sample.path)
                if spec.block == 1 and self.run.plan.reopening_threads is not None:
                    self.reopen_export(spec, sample.format, sample.path, self.run.plan.reopening_threads)

    def reopen_export(self, spec: TrainingSpec, export_format: str, path: str, threads: int | None = None) -> None:
        """Open one export, until it works or has failed too often just now."""
        self.try_twice(lambda attempt: inference_spec(self.run, spec, export_format, path, attempt, self.dataset_folder, threads))

    def obtain(self, spec: Spec) -> tuple[Result, bool]:
        """Return a trial's result and whether it was measured just now."""
        done = self.stored(spec)
        if done is not None:
            self.trained = self.trained or isinstance(done, TrainingResult)
            if not isinstance(done, FailedResult):
                self.reporter.trial_was_done(spec)
            return done, False
        if isinstance(spec, TrainingSpec):
            self.set_reopenings_aside(spec.trial)
        self.reporter.trial_begins(spec)
        folder = self.run.fresh_trial_folder(spec.trial)
        result = self.executor(spec, folder, lambda event: self.reporter.event(spec, event))
        if isinstance(result, FailedResult):
            self.last_failure = made("{trial}: {cause}", trial=spec.trial, cause=result.cause)
        self.trained = self.trained or isinstance(result, TrainingResult)
        self.reporter.trial_ends(spec, result)
        if isinstance(result, FailedResult) and not self.trained:
            stop_for_mistake(spec, result, folder)
        return result, True

    def set_reopenings_aside(self, trial: str) -> None:
        """Move away what reopened the exports of an earlier measurement of ``trial``: they came from a model that is no more."""
        for reopening in self.run.reopenings_of(trial):
            place = self.run.set_aside(reopening)
            self.reporter.notice(f"The trial {reopening!r} is set aside in {place}, since the model that it opened is trained again.")

    def stored(self, spec: Spec) -> Result | None:
        """Return a trial's result from the run; a damaged one is named, set aside, and counts as not there."""
        try:
            return self.run.result(spec)
        except DamagedRecordError as error:
            place = self.run.set_aside(spec.trial)
            self.reporter.notice(f"{error} The trial {spec.trial!r} is set aside in {place} and measured again.")
            return None


def trials_in(run: Run) -> int:
    """Return how many trials a run needs when none fails: parity, training, cold starts, reopening each export, the profiles, and the experiments."""
    plan = run.plan
    blocks = sum(1 + len(trial.exports) for trial in plan.trials if trial.block <= run.last_block)
    threaded = sum(len(trial.exports) for trial in plan.trials if trial.block == 1) if plan.reopening_threads is not None else 0
    cold_starts = sum(planned.block <= run.last_block for planned in plan.cold_starts)
    return len(plan.parity) + blocks + threaded + cold_starts + len(plan.profiles) + len(plan.experiments)
