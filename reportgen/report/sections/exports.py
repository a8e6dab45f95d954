"""Results about deployment: exported files and whether they reproduce their model, and inference with every runtime."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import ExportResult, InferenceSummary, Results, Summary
from reportgen.language import gettext
from reportgen.report.format import duration, enumeration, integer, percent, plural, scientific, size
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words

NOTHING = "\u2013"


@dataclass(frozen=True, kw_only=True)
class Exports:
    """Tables 9 and 10 with their figure; ``failures`` are sentences; ``latency`` is None when nothing was timed."""

    exports: Table
    agreement: str
    failures: tuple[str, ...]
    calls: str
    inference: Table
    latency: Figure


def exports(results: Results, register: Register) -> Exports:
    """Make the table of exports, the table of inference and the figure of latencies."""
    made = export_table(results, register.begin("exports"))
    inference = inference_table(results, register.begin("inference"))
    latency = register.figure(
        "latency",
        gettext("Latency of single images"),
        gettext(
            "Every dot is the median latency of one process with a batch of one image, on a logarithmic axis; "
            "the tick is the median over processes, the small open mark their median 95th percentile. {title}; "
            "{cpu_model}. Each step of the axis is a factor of ten.",
            title=results.dataset.title,
            cpu_model=results.environment.hardware.cpu_model,
        ),
        latency_description(results),
        "latency",
    )
    titles = {framework.name: framework.title for framework in results.frameworks}
    failures = tuple(
        f"{titles.get(item.framework, item.framework)}, {item.title}: {failure}" for item in results.exports for failure in item.failures
    )
    return Exports(
        exports=made, agreement=agreement_sentence(results), failures=failures, calls=call_sentence(results), inference=inference, latency=latency
    )


def export_table(results: Results, register: Register) -> Table:
    """Each exported format: precision, size, conversion time, largest difference of logits, agreement of classes, accuracy."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    columns = (gettext("Size"), gettext("Conversion"), gettext("Largest |\u0394|"), gettext("Agreement"), gettext("Accuracy"))
    top = [
        head(gettext("From")),
        head(gettext("Format")),
        head(gettext("Precision")),
        *(head(column, numeric=True) for column in columns),
        head("n", numeric=True),
    ]
    rows = [export_row(item, titles.get(item.framework, item.framework)) for item in results.exports]
    if not rows:
        rows = [[words(gettext("No format was exported."), colspan=len(top))]]
    return register.table(
        "exports",
        gettext("Exported models"),
        gettext(
            "Size on disk with sidecar files; median time of conversion; largest absolute difference of any "
            "logit from the source model over all test images and trials; lowest share of test images with the "
            "same predicted class; mean test accuracy of the reopened file."
        ),
        [top],
        rows,
    )


def export_row(item: ExportResult, framework: str) -> list[Cell]:
    """Return the cells of one export; what failed is a dash, and its sentence stands below the table."""
    return [
        head(framework),
        words(item.title),
        words(item.precision),
        figures(size(item.size_bytes) if item.size_bytes is not None else NOTHING),
        figures(median(item.conversion)),
        figures(scientific(item.max_abs_difference) if item.max_abs_difference is not None else NOTHING),
        figures(percent(item.argmax_agreement) if item.argmax_agreement is not None else NOTHING),
        figures(percent(item.accuracy.mean) if item.accuracy is not None else NOTHING),
        figures(integer(item.n)),
    ]


def median(summary: Summary | None) -> str:
    """Return the median of a summary of seconds, or a dash."""
    return NOTHING if summary is None else duration(summary.median)


def agreement_sentence(results: Results) -> str:
    """Say which reopened files reproduced their source model within tolerance."""
    checked = [item for item in results.exports if item.agrees is not None]
    if not checked:
        return gettext("No exported file was reopened and checked against its source model.")
    wrong = [f"{item.title} ({item.framework})" for item in checked if not item.agrees]
    if not wrong:
        return gettext(
            "All {checked} reproduce their source model on every test image within the tolerance of their precision.",
            checked=plural(len(checked), "reopened format"),
        )
    if len(wrong) == 1:
        return gettext("{wrong} does not reproduce its source model within tolerance. Its latency is not comparable.", wrong=wrong[0])
    return gettext(
        "{count} formats do not reproduce their source model within tolerance: {wrong}. Their latency is not comparable.",
        count=len(wrong),
        wrong=enumeration(wrong),
    )


def inference_table(results: Results, register: Register) -> Table:
    """The table of deployed forms: accuracy, time on the test set, batch-1 latency, and how it was measured."""
    columns = (gettext("Accuracy"), gettext("Test set"), gettext("Batch"), gettext("One image"), "p95", "n")
    rows = []
    for framework in results.frameworks:
        rows.append(inference_row(framework.title, gettext("trained model"), framework.inference, framework.accuracy))
        rows += [
            inference_row(framework.title, item.title, item.inference, item.accuracy)
            for item in results.exports
            if item.framework == framework.name and item.inference is not None
        ]
    return register.table(
        "inference",
        gettext("Inference by runtime"),
        gettext(
            "Mean test accuracy; median time for all {test_count} test images in batches of the given size; "
            "latency of a batch of one image (median, and 95th percentile, of the processes' own). n is the "
            "number of processes; {threads} each.",
            test_count=integer(results.dataset.test_count),
            threads=plural(results.threads, "thread"),
        ),
        [(head(gettext("Trained with")), head(gettext("Form")), head(gettext("Run by")), *(head(column, numeric=True) for column in columns))],
        rows,
    )


def inference_row(framework: str, form: str, inference: InferenceSummary, accuracy: Summary | None) -> list[Cell]:
    """Return the cells of one model form."""
    return [
        head(framework),
        words(form),
        words(inference.runtime),
        figures(percent(accuracy.mean) if accuracy is not None else NOTHING),
        figures(duration(inference.test_set.median)),
        figures(integer(inference.batch_size)),
        figures(duration(inference.latency_median.median)),
        figures(duration(inference.latency_p95.median)),
        figures(integer(inference.test_set.n)),
    ]


def call_sentence(results: Results) -> str:
    """Name the call that was timed for each model form."""
    calls = {f"{framework.title}: {framework.inference.call}": None for framework in results.frameworks}
    calls |= {f"{item.title}: {item.inference.call}": None for item in results.exports if item.inference is not None}
    return gettext("What was called. {calls}.", calls=". ".join(calls))


def latency_description(results: Results) -> str:
    """Describe the picture of latencies."""
    parts = [
        gettext("{title} itself {median}", title=framework.title, median=duration(framework.inference.latency_median.median))
        for framework in results.frameworks
    ]
    parts += [f"{item.title} {duration(item.inference.latency_median.median)}" for item in results.exports if item.inference is not None]
    return gettext("Dot plot of latency, one row per model form, logarithmic axis. Medians: {parts}.", parts="; ".join(parts))
