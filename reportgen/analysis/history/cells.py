"""From the results of a run to the cells of a night: which metrics are followed over nights, each with its raw values.

What an export is measured by is read off the results field by field, so that a further measured value is followed without a change here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reportgen.analysis.results import ExportResult, FrameworkResult, ModeResult, Results
from reportgen.analysis.summary import Summary
from reportgen.language import marked
from reportgen.records import Record, Sentence, made
from reportgen.records.night import NightCell, Worse

#: What is measured of an export and not followed night by night. How the conversion went is the tool's matter; its accuracy is its source's as long
#: as it agrees; the tails of the latency scatter more and say what the median says; the time of the test set says what the throughput says.
NOT_FOLLOWED = frozenset(
    {"conversion", "accuracy", "source_accuracy", "test_set", "latency_p95", "latency_p99", "threaded_throughput", "peak_memory"}
)
#: How the values of an export are called; any other goes by the name of its field.
EXPORT_TITLES = {
    "latency_median": ("export_latency", "Latency"),
    "load": ("export_load", "Loading time"),
    "throughput": ("export_throughput", "Throughput"),
}
NOT_ITS_MODEL = marked("it does not compute what the model computes that it came from")
#: Units of which more is better.
BETTER_HIGHER = frozenset({"1/s"})


def night_cells(results: Results) -> tuple[NightCell, ...]:
    """Return every metric that is judged nightly: times, latencies and sizes of each framework, its accuracy or loss, and the frameworks' ratio."""
    names = results.titles
    found = (
        *(cell for framework in results.frameworks for cell in framework_cells(framework, results.dataset.test_count)),
        *(cell for mode in results.modes if not mode.main for cell in mode_cells(mode)),
        *(cell for variant in results.variants for way in variant.ways for cell in mode_cells(way)),
        *(cell for export in results.exports for cell in export_cells(export, names)),
        *ratio_cells(results.frameworks),
    )
    return tuple(cell for cell in found if comparable(cell))


def comparable(cell: NightCell) -> bool:
    """Say whether a cell's values can be compared: a training that diverged has values that no logarithm takes."""
    shares = cell.unit == "fraction"
    return bool(cell.values) and all(math.isfinite(value) and (shares or value > 0) for value in cell.values)


def cell(code: str, title: str, framework: str, summary: Summary, worse: Worse = "higher", test_count: int = 0) -> NightCell:
    """Return the cell of a summary's raw values; the metric is the first part of its code."""
    return NightCell(
        code=code,
        metric=code.partition(":")[0],
        title=title,
        framework=framework,
        unit=summary.unit,
        worse=worse,
        values=summary.values,
        test_count=test_count,
    )


def framework_cells(one: FrameworkResult, test_count: int) -> Iterator[NightCell]:
    """Yield the cells of a framework in its main mode."""
    costs = (
        ("training_time", "Training time", one.training_time),
        ("epoch_time", "Epoch time", one.steady_epoch_time),
        ("cold_start", "Cold start", one.cold_start),
        ("inference", "Inference of the test set", one.inference.test_set),
        ("latency", "Latency of one image", one.inference.latency_median),
        ("memory", "Peak memory", one.peak_memory),
    )
    for metric, title, summary in costs:
        if summary is not None:
            yield cell(f"{metric}:{one.name}", f"{title}, {one.title}", one.name, summary)
    if one.accuracy is not None:
        yield cell(f"accuracy:{one.name}", f"Test accuracy, {one.title}", one.name, one.accuracy, "lower", test_count)
    elif one.test_loss is not None:
        yield cell(f"test_loss:{one.name}", f"Test loss, {one.title}", one.name, one.test_loss)


def mode_cells(one: ModeResult) -> Iterator[NightCell]:
    """Yield the cells of a mode beside the main one, or of the main one in a variant."""
    if one.training_time is not None:
        yield cell(f"training_time:{one.framework}:{one.mode}", f"Training time, {one.full_title}", one.framework, one.training_time)


def export_cells(one: ExportResult, names: dict[str, str]) -> Iterator[NightCell]:
    """Yield the cells of an export: its size, and what it costs to use it where it still is the model that it came from."""
    key, title = f"{one.framework}:{one.format}", f"{one.title} from {names[one.framework]}"
    if one.size_bytes:
        yield NightCell(
            code=f"export_size:{key}",
            metric="export_size",
            title=f"Size, {title}",
            framework=one.framework,
            unit="bytes",
            worse="higher",
            values=(float(one.size_bytes),),
        )
    if not one.agrees:
        return
    for name, summary in summaries(one):
        metric, text = EXPORT_TITLES.get(name, (f"export_{name}", name.replace("_", " ").capitalize()))
        worse: Worse = "lower" if summary.unit in BETTER_HIGHER else "higher"
        yield cell(f"{metric}:{key}", f"{text}, {title}", one.framework, summary, worse)


def summaries(record: Record) -> Iterator[tuple[str, Summary]]:
    """Yield every measured quantity in a record and in the records within it, with its name.

    Of what is measured with several sizes of batch, it is that with the largest, where the cost of a call counts least.
    """
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in NOT_FOLLOWED:
            continue
        if isinstance(value, Summary):
            yield name, value
        elif isinstance(value, Record):
            yield from summaries(value)
        elif isinstance(value, tuple):
            sized = [member for member in value if isinstance(member, Record) and hasattr(member, "batch_size")]
            largest = max(sized, key=lambda member: member.batch_size, default=None)
            yield from () if largest is None else ((name, inner) for _, inner in summaries(largest))


def ratio_cells(frameworks: Sequence[FrameworkResult]) -> Iterator[NightCell]:
    """Yield the ratio of the first two frameworks' training times, block by block."""
    if len(frameworks) < 2:
        return
    below, above = frameworks[:2]
    pairs = zip(above.training_time.values, below.training_time.values, strict=True)
    yield NightCell(
        code="ratio:training_time",
        metric="ratio",
        title=f"Ratio of training times, {above.title} to {below.title}",
        framework="",
        unit="ratio",
        worse="either",
        values=tuple(first / second for first, second in pairs),
        parts=(f"training_time:{above.name}", f"training_time:{below.name}"),
    )


def measurement_problems(results: Results) -> tuple[Sentence, ...]:
    """Return what was planned and could not be measured, a sentence each: blocks, modes, exports, and whatever trial failed for good."""
    lost = results.planned_blocks - results.complete_blocks
    blocks = (
        [made(marked("{lost} of {planned} blocks were not measured."), lost=lost, planned=results.planned_blocks)]
        if lost > 0 and not results.complete
        else []
    )
    ways = [way for way in (*results.modes, *(way for variant in results.variants for way in variant.ways)) if not way.n and way.failure]
    modes = [made(marked("{mode} could not be measured: {failure}."), mode=way_named(way), failure=way.failure) for way in ways]
    wrong = [(export_named(one, results), problem) for one in results.exports for problem in export_problems(one)]
    exports = [made("{export}: {problem}.", export=export, problem=problem) for export, problem in wrong]
    lasting = [one for one in results.failed_trials if not one.repeated]
    failed = [made(marked("The trial {trial} failed: {cause}."), trial=one.trial, cause=one.cause) for one in lasting]
    return tuple(dict.fromkeys((*blocks, *modes, *exports, *failed)))


def way_named(way: ModeResult) -> Sentence:
    """Return what a mode is called, as a record can hold it."""
    return made("{framework} ({mode})", framework=way.framework_title, mode=Sentence(sentence=way.title))


def export_named(one: ExportResult, results: Results) -> Sentence:
    """Return what an export is called, as a record can hold it."""
    return made(marked("{export} from {framework}"), export=one.title, framework=results.titles[one.framework])


def export_problems(one: ExportResult) -> tuple[Sentence, ...]:
    """Return what is wrong with an export."""
    if one.failures:
        return one.failures
    return (Sentence(sentence=NOT_ITS_MODEL),) if one.agrees is False else ()
