"""The whole comparison of runs: from their records to :class:`Comparison`. The first run is the reference of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import __version__
from reportgen.analysis import comparisons
from reportgen.analysis.across import guards
from reportgen.analysis.across.comparable import check_comparable, workload_hash
from reportgen.analysis.across.differences import configuration, differences, packages, settings, software
from reportgen.analysis.across.metrics import MetricAcross, Values, metrics
from reportgen.analysis.across.outcome import ComparedMetric, ComparedRun, Comparison
from reportgen.analysis.across.side import Side
from reportgen.analysis.claims import Finding, Guard, NoiseFloor
from reportgen.analysis.findings import AccuracyComparison, AccuracyDraft, TimeComparison, TimeDraft, judged
from reportgen.analysis.guards import cores_guard, device_guard, steady_guard
from reportgen.analysis.noise import noise_floor
from reportgen.analysis.results import Summary
from reportgen.analysis.statistics import summarise
from reportgen.language import gettext
from reportgen.records import hardware_key, hardware_text

Draft = TimeDraft | AccuracyDraft
FILE_SIZE = "bytes of a file"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A metric before its findings: a draft for each run after the first, ``None`` where there is nothing to compare."""

    shown: ComparedMetric
    drafts: tuple[Draft | None, ...]


def compare_runs(compared: Sequence[Side]) -> Comparison:
    """Compare at least two runs; raises :class:`ReportgenError` where they are not comparable."""
    check_comparable(compared)
    first = compared[0]
    rows = [*accuracy_rows(compared), *(row(metric, compared) for metric in metrics(compared))]
    rows = sorted((one for one in rows if any(one.shown.summaries)), key=lambda one: not any(draft and draft.primary for draft in one.drafts))
    found = iter(judged([[draft for one in rows for draft in one.drafts if draft is not None]])[0])
    compared_metrics = [
        one.shown.model_copy(update={"findings": tuple(None if draft is None else next(found) for draft in one.drafts)}) for one in rows
    ]
    keys = [software(side) for side in compared]
    configured, alike = differences([configuration(side) for side in compared])
    return Comparison(
        reportgen_version=__version__,
        workload=first.results.workload,
        workload_title=first.results.workload_title,
        dataset=first.results.dataset.title,
        hardware=hardware_text(first.records.environment.hardware),
        hardware_key=hardware_key(first.records.environment.hardware),
        workload_hash=workload_hash(first),
        runs=tuple(compared_run(side, key) for side, key in zip(compared, keys, strict=True)),
        configuration=configured,
        software=differences(keys)[0],
        packages=differences([packages(side, key) for side, key in zip(compared, keys, strict=True)])[0],
        settings=differences([settings(side) for side in compared])[0],
        alike=alike,
        metrics=(*compared_metrics, *sizes(compared)),
        notices=notices(compared, compared_metrics),
    )


def compared_run(side: Side, key: dict[str, str]) -> ComparedRun:
    """Return a run as the comparison lists it."""
    results = side.results
    return ComparedRun(
        label=side.label,
        run=side.name,
        created_at=results.created_at,
        finished_at=results.finished_at,
        host_name=results.environment.host_name,
        planned_blocks=results.planned_blocks,
        complete_blocks=results.complete_blocks,
        software=key,
    )


def row(metric: MetricAcross, compared: Sequence[Side]) -> Row:
    """Return a metric with a draft for each run after the first that has it, where the first has it too."""
    first, reference = compared[0], metric.per_side[0]
    drafts = tuple(
        None if reference is None or values is None else TimeDraft(comparison(metric, first, reference, side, values), ())
        for side, values in zip(compared[1:], metric.per_side[1:], strict=True)
    )
    summaries = tuple(None if values is None else summarise(values.values, metric.unit) for values in metric.per_side)
    return Row(shown=shown(metric.code, metric.metric, metric.title, metric.unit, summaries), drafts=drafts)


def shown(code: str, metric: str, title: str, unit: str, summaries: tuple[Summary | None, ...]) -> ComparedMetric:
    """Return a metric without findings."""
    return ComparedMetric(code=code, metric=metric, title=title, unit=unit, summaries=summaries, findings=(None,) * (len(summaries) - 1))


def comparison(metric: MetricAcross, first: Side, reference: Values, other: Side, values: Values) -> TimeComparison:
    """Return what is compared of a metric of two runs, with its guards."""
    alone = len(metric.frameworks) == 1
    names = tuple(side.titled(metric.frameworks[0]) if alone else side.label for side in (other, first))
    match = guards.settings_match(first, other, metric.frameworks[0]) if alone else guards.parity_in_both(first, other, metric.floor)
    return TimeComparison(
        code=metric.code,
        metric=metric.metric,
        title=metric.title,
        claim=metric.claim,
        named=metric.named,
        primary=metric.primary,
        numerator=names[0],
        denominator=names[1],
        numerator_s=values.values,
        denominator_s=reference.values,
        floor=floor_of(metric, first, other),
        programs_match=match,
        paired=False,
        guards=(*cores(metric, names, (values, reference), first), guards.environments(first, other), *doubts(values, reference)),
    )


def cores(metric: MetricAcross, names: tuple[str, ...], values: tuple[Values, Values], first: Side) -> tuple[Guard, ...]:
    """Return the guard of effective cores, where a metric depends on them."""
    if not any(one.lives for one in values):
        return ()
    if first.records.plan.device != "cpu" and metric.metric != "export_latency":
        return (device_guard(first.records.plan.device),)
    medians = []
    for one in values:
        known = [count for life in one.lives if (count := comparisons.effective_cores(life, metric.phases)) is not None]
        medians.append(summarise(known, "cores").median if known and len(known) == len(one.lives) else None)
    if medians[0] is None or medians[1] is None:
        return (Guard(name="equal effective cores", passed=False, reason=gettext("the effective cores are not known")),)
    return (cores_guard(names[0], medians[0], names[1], medians[1]),)


def doubts(*values: Values) -> tuple[Guard, ...]:
    """Return guards for what is said against a claim, and for what a reader should know beside it."""
    said = "; ".join(one.doubts for one in values if one.doubts)
    remarks = [remark for one in values for remark in one.remarks]
    wrong = (Guard(name="export agreement", passed=False, reason=said),) if said else ()
    return (*wrong, *((steady_guard(remarks),) if remarks else ()))


def floor_of(metric: MetricAcross, first: Side, other: Side) -> NoiseFloor:
    """Return the greater of both runs' noise floors; of a ratio of two ratios, in which it can be at work twice, that of two."""
    known = [noise_floor(side.records.calibration if metric.floor else None, metric.frameworks, metric.floor) for side in (first, other)]
    floor = max(known, key=lambda one: (one.value, one.calibrated))
    if len(metric.frameworks) == 1:
        return floor
    return floor.model_copy(update={"value": (1 + floor.value) ** 2 - 1, "source": gettext("at work in both ratios; {source}", source=floor.source)})


def accuracy_rows(compared: Sequence[Side]) -> list[Row]:
    """Return the accuracy of each framework: the recipes are compared, over seeds and test images, which are those of both runs."""
    if compared[0].results.dataset.task != "classification":
        return []
    first, rows = compared[0], []
    for framework in first.records.plan.frameworks:
        title = gettext("Test accuracy, {of}", of=first.records.titles.frameworks[framework])
        summaries = tuple(next(one.accuracy for one in side.results.frameworks if one.name == framework) for side in compared)
        drafts = tuple(accuracy_draft(framework, title, first, side) for side in compared[1:])
        rows.append(Row(shown=shown(f"accuracy:{framework}", "accuracy", title, "fraction", summaries), drafts=drafts))
    return rows


def accuracy_draft(framework: str, title: str, first: Side, other: Side) -> AccuracyDraft:
    """Return the comparison of one framework's accuracies in two runs."""
    above, below = (comparisons.correct_of(side.records, side.records.trainings_of(framework)) for side in (other, first))
    return AccuracyDraft(
        AccuracyComparison(
            code=f"accuracy:{framework}",
            title=title,
            numerator=other.titled(framework),
            denominator=first.titled(framework),
            numerator_correct=above,
            denominator_correct=below,
            paired=False,
            between_runs=True,
            programs_match=guards.settings_match(first, other, framework),
            guards=(guards.environments(first, other),),
        ),
        (),
    )


def sizes(compared: Sequence[Side]) -> list[ComparedMetric]:
    """Return the size of each export: it does not scatter, so there is nothing to infer."""
    keys = dict.fromkeys((export.framework, export.format, export.title) for side in compared for export in side.results.exports)
    found = []
    for framework, name, title in keys:
        exports = [next((one for one in side.results.exports if (one.framework, one.format) == (framework, name)), None) for side in compared]
        summaries = tuple(summarise([one.size_bytes], "bytes") if one is not None and one.size_bytes else None for one in exports)
        if any(summaries):
            source = compared[0].records.titles.frameworks[framework]
            called = gettext("Size, {export} from {of}", export=title, of=source)
            found.append(shown(f"export_size:{framework}:{name}", "export_size", called, FILE_SIZE, summaries))
    return found


def notices(compared: Sequence[Side], rows: Sequence[ComparedMetric]) -> tuple[str, ...]:
    """Return what a reader must know first: runs that are not whole, and differences that a change of the machine looks like too."""
    found = [
        gettext(
            "{run} has {complete} of {planned} planned blocks.",
            run=side.label,
            complete=side.results.complete_blocks,
            planned=side.results.planned_blocks,
        )
        for side in compared
        if not side.results.complete
    ]
    for position, side in enumerate(compared[1:]):
        claims = [one.findings[position] for one in rows if one.metric == "training_time"]
        between = next((one.findings[position] for one in rows if one.metric == "ratio"), None)
        if between is not None and between.outcome not in ("claim", "suppressed") and moved_together(claims):
            found.append(
                gettext(
                    "Both frameworks needed other times in {run} than in {first}, in the same direction, and their ratio shows no such difference. "
                    "Another state of the machine looks like that too: measure again before you take it for a change of the software.",
                    run=side.label,
                    first=compared[0].label,
                )
            )
    return tuple(found)


def moved_together(claims: Sequence[Finding | None]) -> bool:
    """Say whether a difference is claimed of each framework, all in one direction."""
    ratios = [one.ratio for one in claims if one is not None and one.outcome == "claim" and one.ratio is not None]
    return len(ratios) == len(claims) >= 2 and (min(ratios) > 1 or max(ratios) < 1)
