"""The numbers that the author's text may name: ``{{ value("accuracy.pytorch.mean") }}`` prints the same digits as the report's tables.

A name is made of dots: what was measured, whose it is, and which part of the summary. Of several workloads, the workload's prefix stands first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.analysis.results import ClassScore, FrameworkResult, LossAfter, Results, Summary
from reportgen.report.format import duration, integer, number, plural, scientific, size
from reportgen.report.named import Named, Value
from reportgen.report.named_exports import export_values
from reportgen.report.named_history import history_values
from reportgen.report.named_ways import mode_values, variant_values
from reportgen.report.sections.classes import DECIMALS as CLASS_DECIMALS
from reportgen.report.sections.elements import summary_text
from reportgen.report.sections.experiments import experiment_values
from reportgen.report.sections.findings import sentence
from reportgen.report.sections.training import QUANTITIES

if TYPE_CHECKING:
    from reportgen.report.sections.elements import Register

SMALLEST_PLAIN = 1e-4  # hyperparameters below it are printed with a power of ten


def named_values(members: Sequence[Results], registers: Sequence[Register]) -> dict[str, Value]:
    """Return every value by the name that prose uses, in the order in which they are listed; ``registers`` are those of the chapters."""
    return {register.own(name): value for results, register in zip(members, registers, strict=True) for name, value in values_of(results)}


def values_of(results: Results) -> Named:
    """Yield the names and values of one workload."""
    for framework in results.frameworks:
        yield from framework_values(framework)
    for ratio in results.ratios:
        name, meaning = f"ratio.{ratio.metric}", f"{ratio.metric.replace('_', ' ')}, {ratio.numerator} over {ratio.denominator}"
        yield name, Value(text=number(ratio.ratio, 2), meaning=f"Ratio of {meaning}")
        if ratio.interval is not None:
            yield f"{name}.low", Value(text=number(ratio.interval.low, 2), meaning="lower end of its 95\u202f% interval")
            yield f"{name}.high", Value(text=number(ratio.interval.high, 2), meaning="upper end of its 95\u202f% interval")
    for finding in results.findings:
        yield f"finding.{finding.code}", Value(text=sentence(finding.sentence), meaning=f"Finding: {finding.title}")
    for mode in results.modes:
        yield from mode_values(mode)
    for variant in results.variants:
        yield from variant_values(variant)
    for export in results.exports:
        yield from export_values(export)
    for outcome in results.experiments:
        yield from experiment_values(outcome, results)
    if results.history is not None:
        yield from history_values(results.history)
    yield from study_values(results)


def framework_values(framework: FrameworkResult) -> Named:
    """Yield what is known of one framework: its summaries, its latency, its size, its scores by class."""
    key, title = framework.name, framework.title
    for quantity in QUANTITIES:
        summary = quantity.summary(framework)
        if summary is not None:
            yield from summary_values(f"{quantity.name}.{key}", f"{quantity.label}, {title}", summary, quantity.scale, quantity.most_decimals)
    inference = framework.inference
    yield f"latency.{key}", Value(text=duration(inference.latency_median.median), meaning=f"Latency of one image, {title}, median")
    yield f"latency_p95.{key}", Value(text=duration(inference.latency_p95.median), meaning=f"Latency of one image, {title}, 95th percentile")
    yield f"inference_time.{key}", Value(text=duration(inference.test_set.median), meaning=f"Inference of the test set, {title}, median")
    yield f"parameters.{key}", Value(text=integer(framework.parameter_count), meaning=f"Trainable parameters, {title}")
    yield f"version.{key}", Value(text=framework.version, meaning=f"Version of {title}")
    yield f"n.{key}", Value(text=integer(framework.n), meaning=f"Trials of {title}")
    for loss in framework.losses_after:
        yield from loss_values(loss, key, title)
    for score in framework.classes:
        yield from class_values(score, key, title)


def loss_values(loss: LossAfter, key: str, title: str) -> Named:
    """Yield the losses after a number of steps, where numbers are to be found: medians over trials."""
    for name, label, summary in (("training", "training samples", loss.training), ("validation", "samples for validation", loss.validation)):
        meaning = f"Mean squared error on the {label} after {integer(loss.steps)} steps, {title}, median"
        yield f"loss.{key}.{loss.steps}.{name}", Value(text=scientific(summary.median, 3), meaning=meaning)


def summary_values(name: str, label: str, summary: Summary, scale: float, most_decimals: int) -> Named:
    """Yield the parts of a summary that its n allows, in the unit and with the digits of the tables."""
    text = summary_text(summary, scale, most_decimals)
    yield f"{name}.mean", Value(text=text.mean, meaning=f"{label}, mean")
    if summary.standard_deviation is not None:
        yield f"{name}.sd", Value(text=text.standard_deviation, meaning=f"{label}, standard deviation")
    yield f"{name}.median", Value(text=text.median, meaning=f"{label}, median")
    if summary.interval is not None:
        yield f"{name}.interval", Value(text=text.interval, meaning=f"{label}, interval of the median")
    yield f"{name}.n", Value(text=text.n, meaning=f"{label}, n")


def class_values(score: ClassScore, key: str, title: str) -> Named:
    """Yield the scores of one class, means over trials."""
    for name, summary in (("precision", score.precision), ("recall", score.recall), ("f1", score.f1)):
        meaning = f"{name.capitalize()} of {score.class_name}, {title}, mean"
        yield f"{name}.{key}.{score.class_name}", Value(text=number(summary.mean, CLASS_DECIMALS), meaning=meaning)


def study_values(results: Results) -> Named:
    """Yield what the study was: its data, its settings, its machine."""
    dataset, hardware = results.dataset, results.environment.hardware
    texts: Mapping[str, tuple[str, str]] = {
        "workload": (results.workload_title, "Workload"),
        "dataset": (dataset.title, "Data set"),
        "dataset.train": (integer(dataset.train_count), "Samples to train on"),
        "dataset.validation": (integer(dataset.validation_count), "Samples for validation"),
        "dataset.test": (integer(dataset.test_count), "Samples to test on"),
        "blocks": (integer(results.complete_blocks), "Complete blocks"),
        "threads": (plural(results.threads, "thread"), "Processor threads of each framework"),
        "cpu": (hardware.cpu_model, "Processor"),
        "memory": (size(hardware.memory_bytes), "Memory of the machine"),
        "python": (results.environment.software.python, "Version of Python"),
        "run": (results.run, "Name of the run"),
    }
    for name, (text, meaning) in texts.items():
        yield name, Value(text=text, meaning=meaning)
    for name, value in results.hyperparameters.model_dump().items():
        # A switch is a bool, which is an int to Python.
        if isinstance(value, int | float) and not isinstance(value, bool):
            plain = integer(value) if isinstance(value, int) else f"{value:g}" if abs(value) >= SMALLEST_PLAIN or not value else scientific(value, 1)
            yield name, Value(text=plain, meaning=name.replace("_", " ").capitalize())
