"""Results about deployment: exported files and whether they reproduce their model, and inference with every runtime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.analysis.export_sameness import LARGEST_DIFFERENCE, LARGEST_LOSS
from reportgen.analysis.results import ExportResult, InferenceSummary, Results, Sameness, Summary
from reportgen.analysis.timing import LEAST_CALLS_FOR_P99
from reportgen.report.format import duration, enumeration, integer, number, percent, plural, scientific, signed, significant, size
from reportgen.report.sections.changed_images import changed_images_table
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.findings import sentence

NOTHING = "\u2013"
#: What the table calls the outcomes.
SHOWN: Mapping[Sameness, str] = {
    "within limits": "exact",
    "within margin": "as\u00a0good",
    "not shown": "not shown",
    "changed": "changed",
    "failed": "failed",
    "not available": "not available",
    "not measured": "not measured",
}
# Of the batch sizes that are measured, the one that a server collects without keeping anybody waiting; all are in results.json.
SHOWN_BATCH = 256


@dataclass(frozen=True, kw_only=True)
class Exports:
    """The tables of exports, of inference and of throughput, and the figure of what can be handed out; ``None`` where nothing was exported.

    ``shipping`` are the findings on what one would hand out, a sentence for each framework, and ``remarks`` what they do not claim.
    """

    exports: Table | None
    agreement: str
    failures: tuple[str, ...]
    calls: str
    inference: Table
    figure: Figure | None
    changed: Table | None
    throughput: Table | None
    shipping: tuple[str, ...]
    remarks: tuple[str, ...]


def exports(results: Results, register: Register) -> Exports:
    """Make the tables of exports, of inference and of throughput, and the figure, in the order in which the report prints them."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    register.begin("exports")
    made = export_table(results, register) if results.exports else None
    figure = export_figure(results, register) if results.exports else None
    changed = changed_images_table(results, register)
    inference = inference_table(results, register.begin("inference"))
    throughput = throughput_table(results, register)
    failures = tuple(
        f"{titles.get(item.framework, item.framework)}, {item.title}: {failure}" for item in results.exports for failure in item.failures
    ) + tuple(
        f"{titles.get(item.framework, item.framework)}, {item.title}: not available, {item.unavailable}"
        for item in results.exports
        if item.unavailable is not None
    )
    return Exports(
        exports=made,
        agreement=agreement_sentence(results),
        failures=failures,
        calls=call_sentence(results),
        inference=inference,
        figure=figure,
        changed=changed,
        throughput=throughput,
        shipping=tuple(sentence(one.sentence) for one in results.shipping),
        remarks=remarks(results),
    )


def export_figure(results: Results, register: Register) -> Figure:
    """The figure of size, change of accuracy and latency."""
    return register.figure(
        "exported",
        "Size, accuracy and latency of what can be handed out",
        "Left: size of the files. Middle: change of accuracy against the model that the file was made from, with its 95\u202f% interval; the "
        f"dotted line is the loss that is still taken for none ({number(100 * LARGEST_LOSS, 1)} points). Right: latency of one image, a dot for "
        "the median of each process, and a line from their median to their 95th percentile. A filled mark is shown to be as good as its source, an "
        f"open one is not. {results.dataset.title}; {results.environment.hardware.cpu_model}. The axes of size and latency are logarithmic.",
        figure_description(results),
        "exported",
    )


def remarks(results: Results) -> tuple[str, ...]:
    """Return why the latencies in the findings on exports are descriptions."""
    reasons = dict.fromkeys(guard.reason for one in results.shipping for guard in one.guards if not guard.passed)
    return (f"These latencies are described, and no claim is made about them: {'; '.join(reasons)}.",) if reasons else ()


def export_table(results: Results, register: Register) -> Table:
    """Each exported format: size, times of conversion and loading, difference of logits, changed classes, and the change of accuracy."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    columns = ("Size", "Conversion", "Load", "Largest |\u0394|", "Changed", "Accuracy, points")
    top = [head("From"), head("Format"), *(head(column, numeric=True) for column in columns), head("Shown"), head("n", numeric=True)]
    made = [item for item in results.exports if item.sameness != "not available"]
    rows = [export_row(item, titles.get(item.framework, item.framework)) for item in made]
    if not rows:
        rows = [[words("No format was exported.", colspan=len(top))]]
    return register.table(
        "exports",
        "Exported models",
        "Size on disk with sidecar files; median time of conversion; median time to import the runtime and open the file; largest absolute "
        "difference of any logit from the source model over all test images and trials; test images whose predicted class is not the source's, and "
        "the change of accuracy with its 95\u202f% interval (Agresti and Min), both of the first trial. Shown "
        f"is of a file in float32 whether it gives its source's logits within {number(LARGEST_DIFFERENCE, 4)} (exact), and of any other whether it "
        f"loses less than {number(100 * LARGEST_LOSS, 1)} percentage points (as good).",
        [top],
        rows,
        style="small",
    )


def export_row(item: ExportResult, framework: str) -> list[Cell]:
    """Return the cells of one export; what failed is a dash, and its sentence stands below the table."""
    return [
        head(framework),
        words(item.title),
        figures(size(item.size_bytes) if item.size_bytes is not None else NOTHING),
        figures(median(item.conversion)),
        figures(median(item.load)),
        figures(scientific(item.max_abs_difference) if item.max_abs_difference is not None else NOTHING),
        figures(integer(len(item.changed_images)) if item.changes else NOTHING),
        figures(accuracy_change(item)),
        words(SHOWN[item.sameness]),
        figures(integer(item.n)),
    ]


def accuracy_change(item: ExportResult) -> str:
    """Return the change of accuracy in percentage points with its interval, or a dash."""
    if not item.changes:
        return NOTHING
    first = item.changes[0]
    low, high = (signed(100 * bound, 2) for bound in (first.interval.low, first.interval.high))
    return f"{signed(100 * first.difference, 2)} [{low}, {high}]"


def median(summary: Summary | None) -> str:
    """Return the median of a summary of seconds, or a dash."""
    return NOTHING if summary is None else duration(summary.median)


def agreement_sentence(results: Results) -> str:
    """Say which reopened files still are their source models, as far as the test images show it."""
    checked = [item for item in results.exports if item.changes or item.agrees is not None]
    if not checked:
        return "No exported file was reopened and checked against its source model."
    good = sum(item.agrees is True for item in checked)
    said = [f"Of {plural(len(checked), 'checked format')}, {integer(good)} reproduced the source model within the limits of their precision."]
    doubtful = [named(item, results) for item in checked if item.agrees is None]
    if doubtful:
        said.append(f"The test images do not suffice to show it of {enumeration(doubtful)}.")
    failed = [named(item, results) for item in checked if item.sameness == "failed"]
    if failed:
        said.append(f"In some trials, {enumeration(failed)} failed.")
    wrong = [named(item, results) for item in checked if item.agrees is False and item.sameness != "failed"]
    if wrong:
        count = plural(len(wrong), "format does", "formats do")
        said.append(f"{count} not reproduce the source model within tolerance: {enumeration(wrong)}. Their latency is not comparable.")
    return " ".join(said)


def named(item: ExportResult, results: Results) -> str:
    """Return what a sentence calls an export."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    return f"{titles.get(item.framework, item.framework)}\u2019s {item.title}"


def inference_table(results: Results, register: Register) -> Table:
    """The table of deployed forms: accuracy, time on the test set, batch-1 latency, and how it was measured."""
    columns = ("Accuracy", "Test set", "One image", "p95", "p99", "Memory", "n")
    rows = []
    for framework in results.frameworks:
        rows.append(inference_row(framework.title, "trained model", framework.inference, framework.accuracy))
        rows += [
            inference_row(framework.title, form(item), item.inference, item.accuracy, item.peak_memory)
            for item in results.exports
            if item.framework == framework.name and item.inference is not None
        ]
    return register.table(
        "inference",
        "Inference by runtime",
        f"Mean test accuracy; median time for all {integer(results.dataset.test_count)} test images in batches of "
        f"{integer(results.hyperparameters.batch_size)}; latency of a batch of one image (median, and 95th and 99th percentile, of the processes' "
        f"own; the last from {integer(LEAST_CALLS_FOR_P99)} calls on); peak memory of the process "
        f"that has the runtime and the test images alone. n is the number of processes; {plural(results.threads, 'thread')} each.",
        [(head("Trained with"), head("Form"), head("Run by"), *(head(column, numeric=True) for column in columns))],
        rows,
        style="small",
    )


def form(item: ExportResult) -> str:
    """Return what tables of times call an export: one that gets no claim, since it failed or answers otherwise than its source, is marked."""
    return f"{item.title} ({SHOWN[item.sameness]})" if item.agrees is False else item.title


def inference_row(
    framework: str,
    form: str,
    inference: InferenceSummary,
    accuracy: Summary | None,
    memory: Summary | None = None,
) -> list[Cell]:
    """Return the cells of one model form."""
    return [
        head(framework),
        words(form),
        words(inference.runtime),
        figures(percent(accuracy.mean) if accuracy is not None else NOTHING),
        figures(duration(inference.test_set.median)),
        figures(duration(inference.latency_median.median)),
        figures(duration(inference.latency_p95.median)),
        figures(median(inference.latency_p99)),
        figures(NOTHING if memory is None else size(memory.median)),
        figures(integer(inference.test_set.n)),
    ]


def call_sentence(results: Results) -> str:
    """Name the call that was timed for each model form."""
    calls = {f"{framework.title}: {framework.inference.call}": None for framework in results.frameworks}
    calls |= {f"{item.title}: {item.inference.call}": None for item in results.exports if item.inference is not None}
    return f"What was called. {'. '.join(calls)}."


def figure_description(results: Results) -> str:
    """Describe the picture of sizes, accuracy and latency."""
    parts = [f"{framework.title} itself answers in {duration(framework.inference.latency_median.median)}" for framework in results.frameworks]
    parts += [f"{named(item, results)} {described(item)}" for item in results.exports if item.size_bytes is not None]
    return f"Three dot plots side by side, one row per model form. {'; '.join(parts)}."


def described(item: ExportResult) -> str:
    """Return size, change of accuracy and latency of an export, as far as they are known."""
    told = [size(item.size_bytes)]
    told += [f"{signed(100 * item.changes[0].difference, 2)} points"] if item.changes else []
    told += [duration(item.inference.latency_median.median)] if item.inference is not None and item.agrees is not False else []
    return ", ".join(told)


def throughput_table(results: Results, register: Register) -> Table | None:
    """Images per second of each export by batch size, and with more threads; ``None`` where it was not measured."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    measured = [item for item in results.exports if item.throughput]
    if not measured:
        return None
    sizes = sorted({one.batch_size for item in measured for one in item.throughput})
    threads = sorted({one.threads for item in measured for one in item.threaded_throughput})
    columns = [*(integer(one) for one in sizes), *(f"{SHOWN_BATCH}, {plural(count, 'thread')}" for count in threads)]
    rows = []
    for item in measured:
        found = {(one.batch_size, results.threads): one.images_per_s for one in item.throughput}
        found |= {(one.batch_size, one.threads): one.images_per_s for one in item.threaded_throughput}
        wanted = [*((one, results.threads) for one in sizes), *((SHOWN_BATCH, count) for count in threads)]
        cells = [figures(thousands(found[one].median) if one in found else NOTHING) for one in wanted]
        rows.append([head(titles.get(item.framework, item.framework)), words(form(item)), *cells])
    return register.table(
        "throughput",
        "Throughput by batch size",
        f"Thousands of images per second, by the number of images in a call; {plural(results.threads, 'thread')} unless the head of the column says "
        "otherwise. Median call of each process, median over processes.",
        [(head("From"), head("Format"), *(head(column, numeric=True) for column in columns))],
        rows,
        style="small",
    )


def thousands(images_per_s: float) -> str:
    """Return a throughput in thousands of images per second."""
    return significant(images_per_s / 1000)
