"""The numbers that the author's text may name: ``{{ value("accuracy.pytorch.mean") }}`` prints the same digits as the report's tables.

A name is made of dots: what was measured, whose it is, and which part of the summary. Of several workloads, the workload's prefix stands first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.analysis.results import ExportResult, FrameworkResult, Results, Summary
from reportgen.report.format import duration, integer, number, percent, plural, scientific, significant, size
from reportgen.report.sections.elements import summary_text
from reportgen.report.sections.findings import sentence

if TYPE_CHECKING:
    from reportgen.report.sections.elements import Register

MEBIBYTE = 1024.0**2
PERCENT = 100.0
#: Name of a measured quantity -> field of a framework's results, factor to the unit of the tables, and the most decimals that they print.
QUANTITIES: Mapping[str, tuple[str, float, int]] = {
    "accuracy": ("accuracy", PERCENT, 2),
    "macro_f1": ("macro_f1", PERCENT, 2),
    "test_loss": ("test_loss", 1.0, 9),
    "training_time": ("training_time", 1.0, 9),
    "epoch_time": ("steady_epoch_time", 1.0, 9),
    "first_step_time": ("first_step_time", 1.0, 9),
    "data_time": ("data_time", 1.0, 9),
    "cold_start": ("cold_start", 1.0, 9),
    "evaluation_time": ("evaluation_time", 1.0, 9),
    "effective_cores": ("effective_cores", 1.0, 9),
    "peak_memory": ("peak_memory", 1 / MEBIBYTE, 0),
}


def named_values(members: Sequence[Results], registers: Sequence[Register]) -> dict[str, str]:
    """Return every value by the name that prose uses, in the order in which they are listed; ``registers`` are those of the chapters."""
    return {
        register.own(name): text for results, register in zip(members, registers, strict=True) for name, text in dict(values_of(results)).items()
    }


def values_of(results: Results) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of one workload."""
    for framework in results.frameworks:
        yield from framework_values(framework)
    for ratio in results.ratios:
        name = f"ratio.{ratio.metric}"
        yield name, number(ratio.ratio, 2)
        if ratio.interval is not None:
            yield f"{name}.low", number(ratio.interval.low, 2)
            yield f"{name}.high", number(ratio.interval.high, 2)
    for finding in results.findings:
        yield f"finding.{finding.code}", sentence(finding.sentence)
    for export in results.exports:
        yield from export_values(export)
    yield from study_values(results)


def framework_values(framework: FrameworkResult) -> Iterator[tuple[str, str]]:
    """Yield what is known of one framework: its summaries, its latency, its size."""
    for name, (field, scale, decimals) in QUANTITIES.items():
        summary: Summary | None = getattr(framework, field)
        if summary is not None:
            yield from summary_values(f"{name}.{framework.name}", summary, scale, decimals)
    yield f"latency.{framework.name}", duration(framework.inference.latency_median.median)
    yield f"latency_p95.{framework.name}", duration(framework.inference.latency_p95.median)
    yield f"inference_time.{framework.name}", duration(framework.inference.test_set.median)
    yield f"parameters.{framework.name}", integer(framework.parameter_count)
    yield f"version.{framework.name}", framework.version
    yield f"n.{framework.name}", integer(framework.n)


def summary_values(name: str, summary: Summary, scale: float, decimals: int) -> Iterator[tuple[str, str]]:
    """Yield the parts of a summary that its n allows, in the unit and with the digits of the tables."""
    text = summary_text(summary, scale, decimals)
    yield f"{name}.mean", text.mean
    yield f"{name}.sd", text.standard_deviation
    yield f"{name}.median", text.median
    if summary.interval is not None:
        yield f"{name}.interval", text.interval
    yield f"{name}.n", text.n


def export_values(export: ExportResult) -> Iterator[tuple[str, str]]:
    """Yield what is known of one exported format."""
    name = f"export.{export.framework}.{export.format}"
    if export.size_bytes is not None:
        yield f"{name}.size", size(export.size_bytes)
    if export.accuracy is not None:
        yield f"{name}.accuracy", percent(export.accuracy.mean)
    if export.max_abs_difference is not None:
        yield f"{name}.difference", scientific(export.max_abs_difference)
    if export.inference is not None:
        yield f"{name}.latency", duration(export.inference.latency_median.median)
        yield f"{name}.inference_time", duration(export.inference.test_set.median)


def study_values(results: Results) -> Iterator[tuple[str, str]]:
    """Yield what the study was: its data, its settings, its machine."""
    yield "workload", results.workload_title
    yield "dataset", results.dataset.title
    yield "dataset.train", integer(results.dataset.train_count)
    yield "dataset.validation", integer(results.dataset.validation_count)
    yield "dataset.test", integer(results.dataset.test_count)
    yield "blocks", integer(results.complete_blocks)
    yield "threads", plural(results.threads, "thread")
    for name, value in results.hyperparameters.model_dump().items():
        if isinstance(value, int | float):
            yield name, integer(value) if isinstance(value, int) else significant(value) if value >= 1e-4 else scientific(value, 1)
    yield "cpu", results.environment.hardware.cpu_model
    yield "memory", size(results.environment.hardware.memory_bytes)
    yield "python", results.environment.software.python
    yield "run", results.run
