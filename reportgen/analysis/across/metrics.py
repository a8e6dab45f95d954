"""Which metrics are compared between runs: every time, the accuracy or loss, memory, exports, and the ratio of the frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.analysis import comparisons, timing
from reportgen.analysis.across.side import Side
from reportgen.analysis.cold_starts import forked, starts_of
from reportgen.analysis.inputs import Reopening, Training
from reportgen.language import gettext, marked
from reportgen.records import Phase

#: Phases of a process, or ``None`` where its effective cores are no matter.
Lives = tuple[Sequence[Phase], ...]


@dataclass(frozen=True, kw_only=True)
class Values:
    """A metric of one run: a positive value for each repetition, and the phases in which it was spent, for the effective cores.

    ``lives`` is empty where cores do not matter; ``doubts`` says in words why nothing may be claimed, and ``remarks`` what a reader should know.
    """

    values: tuple[float, ...]
    lives: Lives = ()
    doubts: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MetricAcross:
    """A metric that is compared, of one framework or of the ratio of two.

    ``floor`` names the metric of a calibration whose noise floor holds for it; ``claim`` is the sentence of one, and ``named``
    what it names.
    """

    code: str
    metric: str
    title: str
    unit: str
    frameworks: tuple[str, ...]
    claim: str
    named: Mapping[str, str] = field(default_factory=dict)
    primary: bool = False
    floor: str = ""
    phases: tuple[str, ...] = ()
    per_side: tuple[Values | None, ...]


def metrics(compared: Sequence[Side]) -> Iterator[MetricAcross]:
    """Yield every metric that at least one of the runs has, those of each framework together."""
    plan = compared[0].records.plan
    for framework in plan.frameworks:
        if compared[0].results.dataset.task == "regression":
            yield loss(compared, framework)
        yield from times(compared, framework)
        yield memory(compared, framework)
    for framework in plan.frameworks:
        for mode in dict.fromkeys(mode for side in compared for mode in side.records.plan.modes[framework][1:]):
            yield of_mode(compared, framework, mode)
    for framework, name in dict.fromkeys((export.framework, export.format) for side in compared for export in side.results.exports):
        yield latency(compared, framework, name)
    if len(plan.frameworks) >= 2:
        yield ratio(compared)


def title_of(compared: Sequence[Side], framework: str) -> str:
    """Return a framework's readable name."""
    return compared[0].records.titles.frameworks[framework]


def times(compared: Sequence[Side], framework: str) -> Iterator[MetricAcross]:
    """Yield the times of a framework in its main mode."""
    for metric in comparisons.metrics_of(compared[0].records):
        starts = metric.phases == timing.COLD_START_PHASES

        def of_side(side: Side, metric: comparisons.Metric = metric, starts: bool = starts) -> Values | None:
            if starts and forked(side.records):
                found = starts_of(side.records, framework)
                return Values(values=tuple(one.seconds for one in found), lives=tuple(one.phases for one in found)) if found else None
            trials = side.records.trainings_of(framework)
            return Values(
                values=tuple(metric.seconds(trial.result) for trial in trials),
                lives=tuple(trial.result.phases for trial in trials),
                remarks=unsteady(trials) if metric.phases == timing.TRAINING_PHASES else (),
            )

        yield MetricAcross(
            code=f"{metric.name}:{framework}",
            metric=metric.name,
            title=gettext("{metric}, {framework}", metric=gettext(metric.title), framework=title_of(compared, framework)),
            unit="s",
            frameworks=(framework,),
            claim=metric.claim,
            primary=metric.primary,
            floor=metric.name,
            phases=metric.phases,
            per_side=tuple(of_side(side) for side in compared),
        )


def unsteady(trials: Sequence[Training]) -> tuple[str, ...]:
    """Return the names of the trials whose epochs were not steady."""
    return tuple(trial.spec.trial for trial in trials if timing.is_unsteady(trial.result))


def loss(compared: Sequence[Side], framework: str) -> MetricAcross:
    """Return the loss on the test set, which takes the place of the accuracy where numbers are to be found."""

    def of_side(side: Side) -> Values | None:
        summary = next(one for one in side.results.frameworks if one.name == framework).test_loss
        return None if summary is None or summary.minimum <= 0 else Values(values=summary.values)

    return MetricAcross(
        code=f"test_loss:{framework}",
        metric="test_loss",
        title=gettext("Test loss (mean squared error), {framework}", framework=title_of(compared, framework)),
        unit="1",
        frameworks=(framework,),
        claim=marked("{name} came to a {ratio}× smaller test loss {interval}, n = {n}"),
        primary=True,
        per_side=tuple(of_side(side) for side in compared),
    )


def memory(compared: Sequence[Side], framework: str) -> MetricAcross:
    """Return the peak memory of a framework's training process."""

    def of_side(side: Side) -> Values | None:
        summary = next(one for one in side.results.frameworks if one.name == framework).peak_memory
        return None if summary is None else Values(values=summary.values)

    return MetricAcross(
        code=f"peak_memory:{framework}",
        metric="peak_memory",
        title=gettext("Peak memory, {of}", of=title_of(compared, framework)),
        unit="bytes",
        frameworks=(framework,),
        claim=marked("{name} got by with {ratio}× less memory {interval}, n = {n}"),
        per_side=tuple(of_side(side) for side in compared),
    )


def of_mode(compared: Sequence[Side], framework: str, mode: str) -> MetricAcross:
    """Return the training time of a mode beside the main one."""

    def of_side(side: Side) -> Values | None:
        trials = side.records.trainings_in(framework, mode)
        values = tuple(timing.training_s(trial.result) for trial in trials)
        return Values(values=values, lives=tuple(trial.result.phases for trial in trials), remarks=unsteady(trials)) if trials else None

    titles = compared[0].records.titles.modes
    shown = gettext(titles[framework, mode].title) if (framework, mode) in titles else mode
    return MetricAcross(
        code=f"mode_training_time:{framework}:{mode}",
        metric="mode_training_time",
        title=gettext("Training time, {of}", of=f"{title_of(compared, framework)} ({shown})"),
        unit="s",
        frameworks=(framework,),
        claim=marked("{name} ({mode}) trained {ratio}× faster {interval}, n = {n}"),
        named={"mode": shown},
        floor="training_time",
        phases=timing.TRAINING_PHASES,
        per_side=tuple(of_side(side) for side in compared),
    )


def latency(compared: Sequence[Side], framework: str, name: str) -> MetricAcross:
    """Return the latency of an exported model, opened by its runtime."""

    def found_in(side: Side) -> list[Reopening]:
        return [one for one in side.records.reopenings if (one.spec.framework, one.spec.format) == (framework, name)]

    def of_side(side: Side) -> Values | None:
        found = found_in(side)
        export = next((one for one in side.results.exports if (one.framework, one.format) == (framework, name)), None)
        if not found or export is None:
            return None
        values = tuple(timing.median_latency_s(one.result.inference) for one in found)
        doubts = "" if export.agrees else gettext("no agreement with the source model in {run}", run=side.label)
        return Values(values=values, lives=tuple(one.result.phases for one in found), doubts=doubts)

    known = [export.title for side in compared for export in side.results.exports if (export.framework, export.format) == (framework, name)]
    return MetricAcross(
        code=f"export_latency:{framework}:{name}",
        metric="export_latency",
        title=latency_title(compared, known[0], title_of(compared, framework)),
        unit="s",
        frameworks=(framework,),
        claim=marked("{name} ({export}) answered {ratio}× faster {interval}, n = {n}"),
        named={"export": known[0]},
        floor="export_latency",
        phases=comparisons.INFERENCE_PHASES,
        per_side=tuple(of_side(side) for side in compared),
    )


def latency_title(compared: Sequence[Side], export: str, framework: str) -> str:
    """Return what the latency of an export is called."""
    if compared[0].results.dataset.task == "regression":
        return gettext("Latency of one sample, {export} from {framework}", export=export, framework=framework)
    return gettext("Latency of one image, {export} from {framework}", export=export, framework=framework)


def ratio(compared: Sequence[Side]) -> MetricAcross:
    """Return the ratio of the frameworks' training times, block by block: what both frameworks feel alike of the machine is not in it."""
    below, above = compared[0].records.plan.frameworks[:2]

    def of_side(side: Side) -> Values:
        pairs = zip(side.records.trainings_of(above), side.records.trainings_of(below), strict=True)
        return Values(values=tuple(timing.training_s(one.result) / timing.training_s(two.result) for one, two in pairs))

    titles = gettext("{above} over {below}", above=title_of(compared, above), below=title_of(compared, below))
    return MetricAcross(
        code="ratio:training_time",
        metric="ratio",
        title=gettext("Ratio of training times, {frameworks}", frameworks=titles),
        unit="ratio",
        frameworks=(above, below),
        claim=marked("{name} had a {ratio}× smaller ratio of training times, {frameworks} {interval}, n = {n}"),
        named={"frameworks": titles},
        floor="training_time",
        per_side=tuple(of_side(side) for side in compared),
    )
