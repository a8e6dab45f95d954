"""The modes of a run: each beside the main one of its framework, and the tuned ones of both frameworks beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.analysis import comparisons, timing
from reportgen.analysis.classification import score
from reportgen.analysis.findings import TimeComparison
from reportgen.analysis.guards import parity_guard, steady_guard
from reportgen.analysis.inputs import ModeTitle, RunRecords, Training
from reportgen.analysis.noise import noise_floor
from reportgen.analysis.parity import mode_checks
from reportgen.analysis.regression import mean_squared_error
from reportgen.analysis.sameness import ParityCheck, parity_of
from reportgen.analysis.statistics import optional, paired_ratio, summarise
from reportgen.analysis.summary import Summary
from reportgen.analysis.ways import ModeResult
from reportgen.language import gettext, marked
from reportgen.records import Sentence, TrainingSpec
from reportgen.variants import variant_name

METRIC = "training_time"
# A metric of its own: figures and tables of the main comparison take theirs by this name.
MODE_METRIC = "mode_training_time"
#: What the checks say of each mode beside a main one.
Checks = Mapping[tuple[str, str], tuple[ParityCheck, ...]]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A framework in a mode: its readable name, and its trials."""

    framework: str
    mode: str
    title: str
    trials: tuple[Training, ...]


def all_checks(records: RunRecords) -> Checks:
    """Return what the checks say of every mode beside a main one."""
    return {(framework, mode): mode_checks(records, framework, mode) for framework, mode in records.plan.further_modes}


def mode_results(records: RunRecords, checks: Checks) -> tuple[ModeResult, ...]:
    """Return every mode of every framework, main ones too, variants left out; nothing where there are only main ones."""
    plan = records.plan
    modes = {framework: [mode for mode in plan.modes[framework] if not variant_name(mode)] for framework in plan.frameworks}
    if all(len(names) == 1 for names in modes.values()):
        return ()
    return tuple(
        mode_result(records, framework, mode, checks.get((framework, mode), ())) for framework in plan.frameworks for mode in modes[framework]
    )


def mode_result(records: RunRecords, framework: str, mode: str, checks: tuple[ParityCheck, ...]) -> ModeResult:
    """Return one mode."""
    plan, trials = records.plan, records.trainings_in(framework, mode)
    names = title_of(records, framework, mode)
    base = ModeResult(
        framework=framework,
        framework_title=records.titles.frameworks[framework],
        mode=mode,
        title=names.title,
        description=names.description,
        main=plan.is_main(framework, mode),
        tuned=plan.tuned.get(framework) == mode,
        n=len(trials),
        parity=parity_of(checks, METRIC),
        checks=checks,
    )
    if not trials:
        return base.model_copy(update={"failure": failure_of(records, framework, mode)})
    results = [trial.result for trial in trials]
    memory = [timing.peak_memory_bytes(result) for result in results]
    compiled = [timing.wall_s(result, ("compile",)) for result in results]
    ratio = None
    if not base.main:
        main, own = in_common(way(records, framework, plan.main_mode(framework)), way(records, framework, mode))
        ratio = paired_ratio(METRIC, main.title, seconds(main), own.title, seconds(own))
    return base.model_copy(
        update={
            "training_time": summarise([timing.training_s(result) for result in results], "s"),
            "steady_epoch_time": summarise([timing.steady_epoch_s(result) for result in results], "s"),
            "compile_time": summarise(compiled, "s") if any(compiled) else None,
            **scored(records, trials),
            "effective_cores": summarise([timing.effective_cores(result) for result in results], "cores"),
            "peak_memory": optional(memory, "bytes"),
            "speedup": ratio.ratio if ratio else None,
            "speedup_interval": ratio.interval if ratio else None,
            "sources": results[0].sources,
        }
    )


def scored(records: RunRecords, trials: Sequence[Training]) -> dict[str, Summary | None]:
    """Return the accuracy over trials, or where numbers are to be found the mean squared error."""
    if records.plan.dataset.task == "regression":
        errors = [mean_squared_error(trial.spec.trial, trial.logits, records.test_targets) for trial in trials]
        return {"test_loss": optional(errors, "squared error")}
    classes = len(records.plan.dataset.class_names)
    accuracies = [score(trial.spec.trial, trial.logits, records.test_labels, classes).accuracy for trial in trials]
    return {"accuracy": summarise(accuracies, "fraction")}


def failure_of(records: RunRecords, framework: str, mode: str) -> Sentence:
    """Return why no trial of a mode came to its end in a complete block."""
    causes = [
        one.result.cause
        for one in records.failures
        if isinstance(one.spec, TrainingSpec) and (one.spec.framework, one.spec.mode) == (framework, mode)
    ]
    return causes[-1] if causes else Sentence(sentence=marked("no trial was measured"))


def title_of(records: RunRecords, framework: str, mode: str) -> ModeTitle:
    """Return how a mode is called; by its name where the program no longer knows it."""
    return records.titles.modes.get((framework, mode), ModeTitle(title=mode, description=""))


def way(records: RunRecords, framework: str, mode: str) -> Way:
    """Return a framework in a mode."""
    title = f"{records.titles.frameworks[framework]} ({title_of(records, framework, mode).title})"
    return Way(framework=framework, mode=mode, title=title, trials=records.trainings_in(framework, mode))


def in_common(first: Way, second: Way) -> tuple[Way, Way]:
    """Return both with the trials of the blocks in which both came to their end, in the same order."""
    blocks = {trial.spec.block for trial in first.trials} & {trial.spec.block for trial in second.trials}

    def chosen(one: Way) -> Way:
        trials = tuple(trial for trial in one.trials if trial.spec.block in blocks)
        return Way(framework=one.framework, mode=one.mode, title=one.title, trials=trials)

    return chosen(first), chosen(second)


def seconds(one: Way) -> list[float]:
    """Return the training times, compilation left out."""
    return [timing.training_s(trial.result) for trial in one.trials]


def mode_comparisons(records: RunRecords, between: Sequence[ParityCheck], checks: Checks) -> tuple[TimeComparison, ...]:
    """Return the comparisons of tuned modes: between the frameworks, and in each framework with its main mode.

    ``between`` are the checks that compare the frameworks' main modes: those of both tuned modes rest on them.
    """
    plan = records.plan
    found: list[TimeComparison | None] = []
    pair = plan.frameworks[:2]
    if len(pair) == 2 and all(name in plan.tuned for name in pair) and any(not plan.is_main(name, plan.tuned[name]) for name in pair):
        first, second = (way(records, name, plan.tuned[name]) for name in pair)
        shown = [*between, *(check for name in pair for check in checks.get((name, plan.tuned[name]), ()))]
        found.append(comparison(records, second, first, shown, f"{MODE_METRIC}:tuned", gettext("Training time, tuned modes")))
    for name in plan.frameworks:
        if name in plan.tuned and not plan.is_main(name, plan.tuned[name]):
            main, tuned = way(records, name, plan.main_mode(name)), way(records, name, plan.tuned[name])
            title = gettext("Training time, {frameworks} tuned", frameworks=records.titles.frameworks[name])
            found.append(comparison(records, main, tuned, checks[name, tuned.mode], f"{MODE_METRIC}:{name}", title))
    return tuple(one for one in found if one is not None)


def comparison(records: RunRecords, numerator: Way, denominator: Way, shown: Sequence[ParityCheck], code: str, title: str) -> TimeComparison | None:
    """Return the comparison of the training times of two ways, or ``None`` where no block has both."""
    above, below = in_common(numerator, denominator)
    if not above.trials:
        return None
    pair = comparisons.Pair(names=(above.framework, below.framework), titles=(above.title, below.title), trials=(above.trials, below.trials))
    cores = [[comparisons.effective_cores(trial.result.phases, timing.TRAINING_PHASES) for trial in one.trials] for one in (above, below)]
    unsteady = [trial.spec.trial for one in (above, below) for trial in one.trials if timing.is_unsteady(trial.result)]
    return TimeComparison(
        code=code,
        metric=MODE_METRIC,
        title=title,
        claim=comparisons.TRAINED,
        primary=False,
        numerator=above.title,
        denominator=below.title,
        numerator_s=tuple(seconds(above)),
        denominator_s=tuple(seconds(below)),
        floor=noise_floor(records.calibration, tuple(dict.fromkeys(pair.names)), METRIC),
        programs_match=parity_guard(shown, METRIC),
        guards=(comparisons.cores_of(pair, cores), comparisons.environment_of(records, pair), steady_guard(unsteady)),
    )


def mode_notices(records: RunRecords, checks: Checks) -> list[str]:
    """Return what a reader must know of the modes beside their table: checks that failed, and modes or blocks that are missing."""
    found: list[str] = []
    blocks = len(records.trainings) // len(records.plan.frameworks)
    for framework, mode in records.plan.further_modes:
        one = way(records, framework, mode)
        failed = [
            gettext("{title}: parity check {code} failed: {detail}", title=one.title, code=check.code, detail=check.detail)
            for check in checks[framework, mode]
            if check.outcome == "failed"
        ]
        found += dict.fromkeys(failed)
        if not one.trials:
            found.append(gettext("{title} was not measured: {failure_of}.", title=one.title, failure_of=failure_of(records, framework, mode).clause))
        elif len(one.trials) < blocks:
            found.append(
                gettext(
                    "{title} came to its end in {trials} of {blocks} blocks; comparisons with it take in these.",
                    title=one.title,
                    trials=len(one.trials),
                    blocks=blocks,
                )
            )
    return found
