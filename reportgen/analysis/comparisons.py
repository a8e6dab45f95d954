"""What is compared: from a run's records to the comparisons that findings are made of. Which ones there are was fixed before any run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reportgen.analysis import timing, wording
from reportgen.analysis.accuracies import Correct, compare_models
from reportgen.analysis.claims import Guard, ModelPair, PositionEffect
from reportgen.analysis.classification import predicted_classes
from reportgen.analysis.cold_starts import forked, starts_of
from reportgen.analysis.findings import AccuracyComparison, TimeComparison
from reportgen.analysis.guards import cores_guard, device_guard, environment_guard, export_guard, steady_guard
from reportgen.analysis.inputs import Reopening, RunRecords, Training
from reportgen.analysis.log_ratios import log_differences, position_effect
from reportgen.analysis.noise import noise_floor
from reportgen.analysis.results import ExportResult
from reportgen.language import gettext, marked
from reportgen.records import DeviceKind, Phase, TrainingResult


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A time of a training trial that is compared: how it is read, in which phases it is spent, and how a claim is worded."""

    name: str
    title: str
    claim: str
    primary: bool
    seconds: Callable[[TrainingResult], float]
    phases: tuple[str, ...]


#: What is said of a sample in place of an image.
OF_SAMPLES = marked("Latency of one sample"), marked("{name} answered for one sample {ratio}× faster {interval}, n = {n}")
TRAINED = marked("{name} trained {ratio}× faster {interval}, n = {n}")
ANSWERED = marked("{name} answered for one image {ratio}× faster {interval}, n = {n}")
LATENCY = "latency"
INFERENCE_PHASES = ("inference",)
METRICS = (
    Metric(
        name="training_time",
        title=marked("Total training time"),
        claim=TRAINED,
        primary=True,
        seconds=timing.training_s,
        phases=timing.TRAINING_PHASES,
    ),
    Metric(
        name="steady_epoch_time",
        title=marked("Steady epoch time"),
        claim=marked("{name} went through a steady epoch {ratio}× faster {interval}, n = {n}"),
        primary=False,
        seconds=timing.steady_epoch_s,
        phases=timing.TRAINING_PHASES,
    ),
    Metric(
        name="cold_start",
        title=marked("Cold start"),
        claim=marked("{name} came to the end of its first training step {ratio}× faster {interval}, n = {n}"),
        primary=False,
        seconds=timing.cold_start_s,
        phases=timing.COLD_START_PHASES,
    ),
    Metric(
        name="test_set_inference",
        title=marked("Inference of the test set"),
        claim=marked("{name} predicted the test set {ratio}× faster {interval}, n = {n}"),
        primary=False,
        seconds=lambda result: timing.test_set_s(result.inference),
        phases=INFERENCE_PHASES,
    ),
    Metric(
        name=LATENCY,
        title=marked("Latency of one image"),
        claim=ANSWERED,
        primary=False,
        seconds=lambda result: timing.median_latency_s(result.inference),
        phases=INFERENCE_PHASES,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two frameworks that a run compares: the second of the plan over the first, so that a ratio above 1 speaks for the first."""

    names: tuple[str, str]
    titles: tuple[str, str]
    trials: tuple[tuple[Training, ...], tuple[Training, ...]]


def compared_pair(records: RunRecords) -> Pair | None:
    """Return the pair, or ``None`` when the run has one framework only."""
    if len(records.plan.frameworks) < 2:
        return None
    first, second = records.plan.frameworks[:2]
    return Pair(
        names=(second, first),
        titles=(records.titles.frameworks[second], records.titles.frameworks[first]),
        trials=(records.trainings_of(second), records.trainings_of(first)),
    )


def time_comparisons(records: RunRecords, pair: Pair, exports: Sequence[ExportResult]) -> tuple[TimeComparison, ...]:
    """Return every comparison of times: those of the training trials, then the latencies of exported models in runtimes of their own."""
    environment = environment_of(records, pair)
    found: list[TimeComparison | None] = [
        cold_start_comparison(records, pair, metric, environment)
        if metric.phases == timing.COLD_START_PHASES and forked(records)
        else training_comparison(records, pair, metric, environment)
        for metric in metrics_of(records)
    ]
    found += [
        export_comparison(records, pair, above, below, environment)
        for above in exports
        for below in exports
        if (above.framework, below.framework) == pair.names and is_compared(above, records) and is_compared(below, records)
    ]
    return tuple(one for one in found if one is not None)


def metrics_of(records: RunRecords) -> tuple[Metric, ...]:
    """Return what is compared, in the words of the task: where numbers are to be found, a sample need not be an image."""
    if records.plan.dataset.task == "classification":
        return METRICS
    title, claim = OF_SAMPLES
    return tuple(replace(metric, title=title, claim=claim) if metric.name == LATENCY else metric for metric in METRICS)


def training_comparison(records: RunRecords, pair: Pair, metric: Metric, environment: Guard) -> TimeComparison:
    """Return the comparison of one metric of the training trials."""
    above, below = ([metric.seconds(trial.result) for trial in trials] for trials in pair.trials)
    cores = [[effective_cores(trial.result.phases, metric.phases) for trial in trials] for trials in pair.trials]
    unsteady = [trial.spec.trial for trials in pair.trials for trial in trials if timing.is_unsteady(trial.result)]
    steady = (steady_guard(unsteady),) if metric.phases == timing.TRAINING_PHASES else ()
    return TimeComparison(
        code=metric.name,
        metric=metric.name,
        title=gettext(metric.title),
        claim=metric.claim,
        primary=metric.primary,
        numerator=pair.titles[0],
        denominator=pair.titles[1],
        numerator_s=tuple(above),
        denominator_s=tuple(below),
        floor=noise_floor(records.calibration, pair.names, metric.name),
        guards=(cores_of(pair, cores, records.plan.device), environment, *steady),
    )


def cold_start_comparison(records: RunRecords, pair: Pair, metric: Metric, environment: Guard) -> TimeComparison | None:
    """Return the comparison of cold starts that were trials of their own, over the blocks that have them; ``None`` where none has."""
    above, below = (starts_of(records, name) for name in pair.names)
    if not above:
        return None
    cores = [[effective_cores(start.phases, metric.phases) for start in starts] for starts in (above, below)]
    return TimeComparison(
        code=metric.name,
        metric=metric.name,
        title=gettext(metric.title),
        claim=metric.claim,
        primary=metric.primary,
        numerator=pair.titles[0],
        denominator=pair.titles[1],
        numerator_s=tuple(start.seconds for start in above),
        denominator_s=tuple(start.seconds for start in below),
        floor=noise_floor(records.calibration, pair.names, metric.name),
        guards=(cores_of(pair, cores, records.plan.device), environment),
    )


def cores_of(pair: Pair, cores: Sequence[Sequence[float | None]], device: DeviceKind = "cpu") -> Guard:
    """Return the guard of effective cores from each trial's figure; what is not known of one trial is not shown to be alike."""
    if device != "cpu":
        return device_guard(device)
    known = [[value for value in values if value is not None] for values in cores]
    if any(not values or len(values) < len(all_of) for values, all_of in zip(known, cores, strict=True)):
        return Guard(name="equal effective cores", passed=False, reason=gettext("the effective cores are not known"))
    return cores_guard(pair.titles[0], float(np.median(known[0])), pair.titles[1], float(np.median(known[1])))


def effective_cores(phases: Sequence[Phase], names: Sequence[str]) -> float | None:
    """Return processor time over wall time of the named phases, or ``None`` where they took no time."""
    chosen = [phase for phase in phases if phase.name in names]
    wall_s = sum(phase.wall_s for phase in chosen)
    return sum(phase.cpu_s for phase in chosen) / wall_s if wall_s > 0 else None


def is_compared(export: ExportResult, records: RunRecords) -> bool:
    """Say whether an export's latency is compared with those of the other framework.

    It must be opened by something other than the framework that trained it, which is compared already, and belong to the formats that are exported
    repeatedly: from one block nothing could be claimed, and each such comparison would raise the bar for all others.
    """
    if not records.titles.formats[key(export)].repeated:
        return False
    trainers = {name.casefold() for trial in records.trainings for name in (trial.spec.framework, *trial.result.versions)}
    titles = {title.casefold() for title in records.titles.frameworks.values()}
    return export.runtime.casefold() not in trainers | titles


def export_comparison(records: RunRecords, pair: Pair, above: ExportResult, below: ExportResult, environment: Guard) -> TimeComparison | None:
    """Return the comparison of two exported models' latency for one image, over the blocks that have both; ``None`` where none has."""
    found = [{one.spec.block: one for one in records.reopenings if (one.spec.framework, one.spec.format) == key(export)} for export in (above, below)]
    blocks = sorted(set(found[0]) & set(found[1]))
    if not blocks:
        return None
    chosen: list[list[Reopening]] = [[by_block[block] for block in blocks] for by_block in found]
    seconds = [tuple(timing.median_latency_s(one.result.inference) for one in ones) for ones in chosen]
    cores = [[effective_cores(one.result.phases, INFERENCE_PHASES) for one in ones] for ones in chosen]
    return TimeComparison(
        code=f"export_latency:{above.format}:{below.format}",
        metric="export_latency",
        title=gettext("Latency of one image, {title} against {title_2}", title=above.title, title_2=below.title),
        claim=ANSWERED,
        primary=False,
        numerator=f"{pair.titles[0]} ({above.title})",
        denominator=f"{pair.titles[1]} ({below.title})",
        numerator_s=seconds[0],
        denominator_s=seconds[1],
        floor=noise_floor(records.calibration, pair.names, "export_latency"),
        guards=(cores_of(pair, cores), environment, export_guard((above, below))),
    )


def key(export: ExportResult) -> tuple[str, str]:
    """Return what identifies an export within a run."""
    return export.framework, export.format


def environment_of(records: RunRecords, pair: Pair) -> Guard:
    """Return the guard of the run's environment."""
    trials = {title: [trial.result for trial in trials] for title, trials in zip(pair.titles, pair.trials, strict=True)}
    return environment_guard((records.environment, *records.later_environments), trials)


def correct_of(records: RunRecords, trials: Sequence[Training]) -> Correct:
    """Return which test images each trial got right, bool (trials, test images)."""
    return np.stack([predicted_classes(trial.logits) == records.test_labels for trial in trials])


def accuracy_comparison(records: RunRecords, pair: Pair) -> AccuracyComparison:
    """Return the comparison of accuracies.

    Trials of a block are paired where they share initial weights and order of data; an equal seed alone pairs nothing.
    """
    above, below = (correct_of(records, trials) for trials in pair.trials)
    return AccuracyComparison(
        numerator=pair.titles[0],
        denominator=pair.titles[1],
        numerator_correct=above,
        denominator_correct=below,
        paired=records.plan.start == "shared",
        guards=(environment_of(records, pair),),
    )


def model_pairs(comparison: AccuracyComparison, blocks: Sequence[int]) -> tuple[ModelPair, ...]:
    """Return McNemar's comparison of the two models of each block; never pooled, since every block has the test set of the others."""
    rows = zip(blocks, comparison.numerator_correct, comparison.denominator_correct, strict=True)
    return tuple(compare_models(block, comparison.numerator, first, comparison.denominator, second) for block, first, second in rows)


def position_effects(times: Sequence[TimeComparison], pair: Pair) -> tuple[PositionEffect, ...]:
    """Return the effects of the position in a block that exceed the noise floor of their metric, and whose interval excludes "none"."""
    first = np.array([above.spec.position < below.spec.position for above, below in zip(*pair.trials, strict=True)])
    found: list[PositionEffect] = []
    for comparison in times:
        if len(comparison.numerator_s) != len(first):
            continue
        effect = position_effect(log_differences(comparison.numerator_s, comparison.denominator_s), first)
        if effect is None:
            continue
        ratio, interval = effect
        if interval is None or interval.low <= 1 <= interval.high or abs(math.log(ratio)) <= math.log1p(comparison.floor.value):
            continue
        sentence = wording.ran_first(comparison.title, ratio, interval, len(first))
        found.append(
            PositionEffect(metric=comparison.metric, title=comparison.title, n=len(first), ratio=ratio, interval=interval, sentence=sentence)
        )
    return tuple(found)
