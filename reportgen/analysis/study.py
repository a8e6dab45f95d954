"""The whole analysis of a run: from :class:`RunRecords` to :class:`Results`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.analysis import comparisons, timing
from reportgen.analysis.causes import with_causes_told
from reportgen.analysis.choose_examples import augmented_images
from reportgen.analysis.claims import ModelPair, PositionEffect
from reportgen.analysis.cold_starts import Start, forked, starts_of
from reportgen.analysis.experiments import experiment_outcomes
from reportgen.analysis.exports import export_results, inference_summary
from reportgen.analysis.findings import Comparisons, make_joint_findings
from reportgen.analysis.inputs import RunRecords, Training
from reportgen.analysis.modes import Checks, all_checks, mode_comparisons, mode_notices, mode_results
from reportgen.analysis.notices import failed_trials, notices
from reportgen.analysis.overhead import overhead
from reportgen.analysis.parity import loss_trajectories, parity_checks, parity_notices
from reportgen.analysis.profile import epoch_profiles
from reportgen.analysis.results import (
    Curves,
    ExportResult,
    FrameworkResult,
    ParityCheck,
    PhaseTime,
    ProcessUse,
    Ratio,
    Results,
    Summary,
    TrialRow,
)
from reportgen.analysis.scores import scores_of
from reportgen.analysis.settings import setting_rows
from reportgen.analysis.shipping import shipping
from reportgen.analysis.statistics import optional, paired_ratio, summarise
from reportgen.analysis.variants import variant_accuracies, variant_comparisons, variant_results
from reportgen.analysis.wording import stopping
from reportgen.errors import ReportgenError
from reportgen.language import gettext, marked
from reportgen.records import Epoch, ExperimentResult, InferenceResult, TrainingResult
from reportgen.records.sentence import Sentence, in_a_row, made

# Times that are compared between the frameworks, by the field of FrameworkResult.
COMPARED = ("training_time", "steady_epoch_time", "cold_start")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The results of one workload without its findings, and what findings are made of; ``comparisons`` is None where one framework was measured."""

    results: Results
    comparisons: Comparisons | None


def analyse(records: RunRecords) -> Results:
    """Compute everything that is reported; raises :class:`ReportgenError` when there is not one complete block, or a record contradicts itself."""
    return with_findings([prepare(records)])[0]


def with_findings(prepared: Sequence[Prepared]) -> tuple[Results, ...]:
    """Return the results of every workload of one report, their findings adjusted over all of them together."""
    findings = iter(make_joint_findings([one.comparisons for one in prepared if one.comparisons is not None]))
    return tuple(one.results if one.comparisons is None else one.results.model_copy(update={"findings": next(findings)}) for one in prepared)


def prepare(records: RunRecords) -> Prepared:
    """Compute what is reported on one workload, findings left out; see :func:`analyse`."""
    records = with_causes_told(records)
    plan = records.plan
    if not records.trainings:
        why = nothing_to_report(records)
        raise ReportgenError(why.sentence, **why.values)
    frameworks = tuple(framework_result(records, name) for name in plan.frameworks)
    complete_blocks = len(records.trainings) // len(plan.frameworks)
    checks = parity_checks(records)
    planned_blocks = next((look.last_block for look in records.looks if look.stop), plan.blocks)
    exports = export_results(records)
    everything: list[TrainingResult | InferenceResult | ExperimentResult] = [
        *(training.result for training in (*records.trainings, *records.further)),
        *(reopening.result for reopening in records.reopenings),
        *(experiment.result for experiment in records.experiments),
    ]
    of_modes = all_checks(records)
    compared = compare(records, exports, checks, of_modes)
    results = Results(
        run=plan.run,
        created_at=plan.created_at,
        finished_at=max(result.finished_at for result in everything),
        reportgen_version=plan.reportgen_version,
        # Of a person's own folder and data, the name alone: where they lie is nobody's business but theirs.
        workload=plan.workload.replace("\\", "/").rpartition("/")[2],
        workload_title=records.titles.workload,
        workload_description=records.titles.workload_description,
        preset=plan.preset,
        start=plan.start,
        seed=plan.seed,
        threads=plan.threads,
        device=plan.device,
        device_reason=plan.device_reason,
        planned_blocks=planned_blocks,
        complete_blocks=complete_blocks,
        complete=complete_blocks == planned_blocks,
        stopping=stopping(plan.blocks, plan.stopping, records.looks),
        dataset=plan.dataset.model_copy(update={"path": None, "title": gettext(plan.dataset.title)}),
        hyperparameters=plan.hyperparameters,
        environment=records.environment,
        frameworks=frameworks,
        modes=mode_results(records, of_modes),
        variants=variant_results(records, of_modes),
        ratios=ratios(frameworks),
        exports=exports,
        shipping=shipping(exports, [(name, records.titles.frameworks[name]) for name in records.plan.frameworks]),
        settings=setting_rows([records.trainings_of(name)[0].result for name in plan.frameworks]),
        parity=checks,
        parity_losses=loss_trajectories(records),
        augmented_images=augmented_images(records),
        profiles=epoch_profiles(records),
        experiments=experiment_outcomes(records),
        failed_trials=failed_trials(records),
        notices=(*notices(records), *parity_notices(records, checks), *mode_notices(records, of_modes)),
        trial_seconds={result.trial: sum(phase.wall_s for phase in result.phases) for result in everything},
        processes=process_use(records),
        overhead=overhead(records.spans),
        model_pairs=compared.model_pairs,
        position_effects=compared.position_effects,
    )
    return Prepared(results=results, comparisons=compared.comparisons)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What is said about two frameworks beside each other; nothing where there is one."""

    comparisons: Comparisons | None = None
    model_pairs: tuple[ModelPair, ...] = ()
    position_effects: tuple[PositionEffect, ...] = ()


def compare(records: RunRecords, exports: Sequence[ExportResult], checks: Sequence[ParityCheck], of_modes: Checks) -> Compared:
    """Compare the first two frameworks of a run, and the modes."""
    pair = comparisons.compared_pair(records)
    further = (*mode_comparisons(records, checks, of_modes), *variant_comparisons(records, of_modes))
    varied = variant_accuracies(records, of_modes)
    if pair is None:
        alone = Comparisons(times=further, accuracy=None, further_accuracies=varied, parity=checks)
        return Compared(comparisons=alone if further else None)
    times = (*comparisons.time_comparisons(records, pair, exports), *further)
    accuracy = comparisons.accuracy_comparison(records, pair) if records.plan.dataset.task == "classification" else None
    return Compared(
        comparisons=Comparisons(times=times, accuracy=accuracy, further_accuracies=varied, parity=checks),
        model_pairs=comparisons.model_pairs(accuracy, [trial.spec.block for trial in pair.trials[0]]) if accuracy else (),
        position_effects=comparisons.position_effects(times[: len(times) - len(further)], pair),
    )


def nothing_to_report(records: RunRecords) -> Sentence:
    """Return why there is no complete block, and what to do."""
    failed = marked("The trial '{trial}' failed: {cause}.")
    failures = [made(failed, trial=failure.spec.trial, cause=failure.result.cause) for failure in records.failures]
    what_to_do = marked("The run '{run}' has no complete block to report on. Go on with: python -m reportgen run --resume {run}")
    return in_a_row([*records.damaged, *failures, made(what_to_do, run=records.plan.run)], "\n")


def framework_result(records: RunRecords, name: str) -> FrameworkResult:
    """Summarise one framework's trials."""
    trials = records.trainings_of(name)
    results = [trial.result for trial in trials]
    scores, shown = scores_of(records, trials)
    classes = records.plan.dataset.task == "classification"
    first = results[0]
    starts = starts_of(records, name)

    def seconds(measure: Callable[[TrainingResult], float]) -> Summary:
        return summarise([measure(result) for result in results], "s")

    return FrameworkResult(
        name=name,
        title=records.titles.frameworks[name],
        version=next(iter(first.versions.values())),
        n=len(trials),
        parameter_count=first.parameter_count,
        layers=first.layers,
        effective=first.effective,
        sources=first.sources,
        training_time=seconds(timing.training_s),
        steady_epoch_time=seconds(timing.steady_epoch_s),
        first_step_time=seconds(lambda result: timing.phase(result, "first step").wall_s),
        data_time=optional([timing.data_s(result) for result in results], "s"),
        cold_start=optional([start.seconds for start in starts], "s"),
        evaluation_time=seconds(lambda result: timing.phase(result, "evaluation").wall_s),
        effective_cores=summarise([timing.effective_cores(result) for result in results], "cores"),
        peak_memory=optional([timing.peak_memory_bytes(result) for result in results], "bytes"),
        peak_device_memory=optional([timing.peak_device_memory_bytes(result) for result in results], "bytes"),
        unsteady_trials=tuple(result.trial for result in results if timing.is_unsteady(result)),
        phases=phase_times(results, starts if forked(records) else ()),
        inference=inference_summary(records.titles.frameworks[name], [result.inference for result in results]),
        curves=curves(trials),
        trials=trial_rows(trials, starts, shown, classes),
        **scores,
    )


def trial_rows(trials: Sequence[Training], starts: Sequence[Start], scores: Sequence[float | None], classes: bool) -> tuple[TrialRow, ...]:
    """Return a line for each trial, with the cold start of its block where there is one; its score is an accuracy, or without classes a loss."""
    cold = {start.block: start.seconds for start in starts}
    return tuple(
        timing.trial_row(trial.spec, trial.result, score if classes else None, cold.get(trial.spec.block), None if classes else score)
        for trial, score in zip(trials, scores, strict=True)
    )


def process_use(records: RunRecords) -> ProcessUse:
    """Return how the processes of the training trials began."""
    count = sum(trial.result.process == "forked" for trial in records.trainings)
    return ProcessUse(forked=count, fresh=len(records.trainings) - count, reason=records.plan.processes_reason)


def phase_times(results: Sequence[TrainingResult], starts: Sequence[Start]) -> tuple[PhaseTime, ...]:
    """Summarise each phase over the trials that had it, in order of occurrence.

    Where there are cold ``starts`` beside the trials, the phases up to the first step are theirs: a forked trial has imported nothing.
    """
    shown = {phase.name for start in starts for phase in start.phases}
    lives = [start.phases for start in starts] + [
        tuple(phase for phase in result.phases if phase.name not in shown | (timing.SHARED_PHASES if result.process == "forked" else set()))
        for result in results
    ]
    names = dict.fromkeys(phase.name for life in lives for phase in life)
    found = {name: [phase for life in lives for phase in life if phase.name == name] for name in names}
    return tuple(
        PhaseTime(
            name=name,
            wall=summarise([phase.wall_s for phase in phases], "s"),
            cpu=summarise([phase.cpu_s for phase in phases], "s"),
            peak_memory=optional([phase.peak_memory_bytes for phase in phases], "bytes"),
            peak_device_memory=optional([phase.peak_device_memory_bytes for phase in phases], "bytes"),
        )
        for name, phases in found.items()
    )


def curves(trials: Sequence[Training]) -> Curves:
    """Return the values per epoch of every trial."""

    def values(measure: Callable[[Epoch], float]) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(measure(epoch) for epoch in trial.result.epochs) for trial in trials)

    def fractions(measure: Callable[[Epoch], float | None]) -> tuple[tuple[float, ...], ...]:
        known = [[measure(epoch) for epoch in trial.result.epochs] for trial in trials]
        return tuple(tuple(value for value in run if value is not None) for run in known if None not in run)

    return Curves(
        train_loss=values(lambda epoch: epoch.train_loss),
        train_accuracy=fractions(lambda epoch: epoch.train_accuracy),
        validation_loss=values(lambda epoch: epoch.validation_loss),
        validation_accuracy=fractions(lambda epoch: epoch.validation_accuracy),
        train_s=values(lambda epoch: epoch.train_s),
    )


def ratios(frameworks: Sequence[FrameworkResult]) -> tuple[Ratio, ...]:
    """Return the paired ratios of the second framework's times to the first's, where there are two."""
    if len(frameworks) < 2:
        return ()
    first, second = frameworks[:2]
    measured = [(metric, getattr(second, metric), getattr(first, metric)) for metric in COMPARED]
    return tuple(
        paired_ratio(metric, second.name, above.values, first.name, below.values)
        for metric, above, below in measured
        if above is not None and below is not None
    )
