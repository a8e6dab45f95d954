"""From the results of a run to the cells of a night: which metrics are followed over nights, each with its raw values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.analysis.results import ExportResult, FrameworkResult, ModeResult, Results, Summary
from reportgen.records.night import NightCell, Worse


def night_cells(results: Results) -> tuple[NightCell, ...]:
    """Return every metric that is judged nightly: times, latencies and sizes of each framework, its accuracy or loss, and the frameworks' ratio."""
    return (
        *(cell for framework in results.frameworks for cell in framework_cells(framework, results.dataset.test_count)),
        *(cell for mode in results.modes if not mode.main for cell in mode_cells(mode)),
        *(cell for export in results.exports for cell in export_cells(export, titles(results))),
        *ratio_cells(results.frameworks),
    )


def titles(results: Results) -> dict[str, str]:
    """Return the frameworks' readable names."""
    return {framework.name: framework.title for framework in results.frameworks}


def cell(code: str, title: str, framework: str, summary: Summary, unit: str, worse: Worse = "higher", test_count: int = 0) -> NightCell:
    """Return the cell of a summary's raw values; the metric is the first part of its code."""
    return NightCell(
        code=code,
        metric=code.partition(":")[0],
        title=title,
        framework=framework,
        unit=unit,
        worse=worse,
        values=summary.values,
        test_count=test_count,
    )


def framework_cells(one: FrameworkResult, test_count: int) -> Iterator[NightCell]:
    """Yield the cells of a framework in its main mode."""
    times = (
        ("training_time", "Training time", one.training_time),
        ("epoch_time", "Epoch time", one.steady_epoch_time),
        ("cold_start", "Cold start", one.cold_start),
        ("inference", "Inference of the test set", one.inference.test_set),
        ("latency", "Latency of one image", one.inference.latency_median),
    )
    for metric, title, summary in times:
        if summary is not None:
            yield cell(f"{metric}:{one.name}", f"{title}, {one.title}", one.name, summary, "s")
    if one.accuracy is not None:
        yield cell(f"accuracy:{one.name}", f"Test accuracy, {one.title}", one.name, one.accuracy, "fraction", "lower", test_count)
    elif one.test_loss is not None and one.test_loss.minimum > 0:
        yield cell(f"test_loss:{one.name}", f"Test loss, {one.title}", one.name, one.test_loss, "loss")


def mode_cells(one: ModeResult) -> Iterator[NightCell]:
    """Yield the cells of a mode beside the main one."""
    if one.training_time is not None:
        yield cell(f"training_time:{one.framework}:{one.mode}", f"Training time, {one.full_title}", one.framework, one.training_time, "s")


def export_cells(one: ExportResult, names: dict[str, str]) -> Iterator[NightCell]:
    """Yield the cells of an export; its latency only where it still is the model that it came from."""
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
    if one.agrees and one.inference is not None:
        yield cell(f"export_latency:{key}", f"Latency, {title}", one.framework, one.inference.latency_median, "s")


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
