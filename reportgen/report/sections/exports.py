"""Results about deployment: exported files and whether they reproduce their model, and inference with every runtime."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.export_sameness import LARGEST_DIFFERENCE, LARGEST_LOSS
from reportgen.analysis.results import ExportResult, InferenceSummary, Results, Summary
from reportgen.analysis.timing import LEAST_CALLS_FOR_P99
from reportgen.language import gettext, marked, ngettext
from reportgen.report.format import bounds, duration, enumeration, integer, number, percent, plural, scientific, signed, significant, size
from reportgen.report.sections.changed_images import changed_images_table
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.findings import sentence
from reportgen.report.sections.point_values import export_values
from reportgen.report.sections.throughput import SHOWN, form, throughput_table

NOTHING = "\u2013"
INFERENCE_OF_IMAGES = marked(
    "Mean test accuracy; median time for all {test_count} test images in batches of {batch_size}; "
    "latency of a batch of one image (median, and 95th and 99th percentile, of the processes' own; the "
    "last from {least_calls_for_p99} calls on); peak memory of the process that has the runtime and the test "
    "images alone. n is the number of processes; {threads} each."
)
INFERENCE_OF_NUMBERS = marked(
    "Mean loss on the test samples; median time for all {test_count} of them in batches of {batch_size}; "
    "latency of a batch of one sample (median, and 95th and 99th percentile, of the processes' own; the "
    "last from {least_calls_for_p99} calls on). n is the number of processes; {threads} each."
)


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
    titles = results.titles
    register.begin("exports")
    made = export_table(results, register) if results.exports else None
    figure = export_figure(results, register) if results.exports else None
    changed = changed_images_table(results, register)
    inference = inference_table(results, register.begin("inference"))
    throughput = throughput_table(results, register)
    failures = tuple(
        f"{titles.get(item.framework, item.framework)}, {item.title}: {failure}" for item in results.exports for failure in item.failures
    ) + tuple(
        gettext(
            "{get}, {title}: not available, {unavailable}",
            get=titles.get(item.framework, item.framework),
            title=item.title,
            unavailable=item.unavailable,
        )
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
        gettext("Size, accuracy and latency of what can be handed out"),
        gettext(
            "Left: size of the files. Middle: change of accuracy against the model that the file was made "
            "from, with its 95\u202f% interval; the dotted line is the loss that is still taken for none "
            "({largest_loss} points). Right: latency of one image, a dot for the median of each process, and a "
            "line from their median to their 95th percentile. A filled mark is shown to be as good as its "
            "source, an open one is not. {title}; {cpu_model}. The axes of size and latency are logarithmic.",
            largest_loss=number(100 * LARGEST_LOSS, 1),
            title=results.dataset.title,
            cpu_model=results.environment.hardware.cpu_model,
        ),
        figure_description(results),
        "exported",
        curves=export_values(results),
    )


def remarks(results: Results) -> tuple[str, ...]:
    """Return why the latencies in the findings on exports are descriptions."""
    reasons = dict.fromkeys(guard.reason for one in results.shipping for guard in one.guards if not guard.passed)
    return (gettext("These latencies are described, and no claim is made about them: {reasons}.", reasons="; ".join(reasons)),) if reasons else ()


def export_table(results: Results, register: Register) -> Table:
    """Each exported format: size, times of conversion and loading, difference of logits, changed classes, and the change of accuracy."""
    titles = results.titles
    columns = (gettext("Size"), gettext("Conversion"), gettext("Load"), gettext("Largest |\u0394|"), gettext("Changed"), gettext("Accuracy, points"))
    top = [
        head(gettext("From")),
        head(gettext("Format")),
        *(head(column, numeric=True) for column in columns),
        head(gettext("Shown")),
        head("n", numeric=True),
    ]
    made = [item for item in results.exports if item.sameness != "not available"]
    rows = [export_row(item, titles.get(item.framework, item.framework)) for item in made]
    if not rows:
        rows = [[words(gettext("No format was exported."), colspan=len(top))]]
    return register.table(
        "exports",
        gettext("Exported models"),
        gettext(
            "Size on disk with sidecar files; median time of conversion; median time to import the runtime and "
            "open the file; largest absolute difference of any logit from the source model over all test "
            "images and trials; test images whose predicted class is not the source's, and the change of "
            "accuracy with its 95\u202f% interval (Agresti and Min), both of the first trial. Shown is of a file in "
            "float32 whether it gives its source's logits within {largest_difference} (exact), and of any "
            "other whether it loses less than {largest_loss} percentage points (as good).",
            largest_difference=number(LARGEST_DIFFERENCE, 4),
            largest_loss=number(100 * LARGEST_LOSS, 1),
        ),
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
        words(gettext(SHOWN[item.sameness])),
        figures(integer(item.n)),
    ]


def accuracy_change(item: ExportResult) -> str:
    """Return the change of accuracy in percentage points with its interval, or a dash."""
    if not item.changes:
        return NOTHING
    first = item.changes[0]
    low, high = (signed(100 * bound, 2) for bound in (first.interval.low, first.interval.high))
    return f"{signed(100 * first.difference, 2)} {bounds(low, high)}"


def median(summary: Summary | None) -> str:
    """Return the median of a summary of seconds, or a dash."""
    return NOTHING if summary is None else duration(summary.median)


def agreement_sentence(results: Results) -> str:
    """Say which reopened files still are their source models, as far as the test images show it."""
    checked = [item for item in results.exports if item.changes or item.agrees is not None]
    if not checked:
        return gettext("No exported file was reopened and checked against its source model.")
    good = sum(item.agrees is True for item in checked)
    said = [
        ngettext(
            "Of {checked} checked format, {good} reproduced the source model within the limits of their precision.",
            "Of {checked} checked formats, {good} reproduced the source model within the limits of their precision.",
            len(checked),
            checked=integer(len(checked)),
            good=integer(good),
        )
    ]
    doubtful = [named(item, results) for item in checked if item.agrees is None]
    if doubtful:
        said.append(gettext("The test images do not suffice to show it of {doubtful}.", doubtful=enumeration(doubtful)))
    failed = [named(item, results) for item in checked if item.sameness == "failed"]
    if failed:
        said.append(gettext("In some trials, {failed} failed.", failed=enumeration(failed)))
    wrong = [named(item, results) for item in checked if item.agrees is False and item.sameness != "failed"]
    if wrong:
        said.append(
            gettext(
                "These do not reproduce their source model within tolerance, and their latency is not comparable: {wrong}.", wrong=enumeration(wrong)
            )
        )
    return " ".join(said)


def named(item: ExportResult, results: Results) -> str:
    """Return what a sentence calls an export."""
    titles = results.titles
    return gettext("{framework}\u2019s {title}", framework=titles.get(item.framework, item.framework), title=item.title)


def inference_table(results: Results, register: Register) -> Table:
    """The table of deployed forms: accuracy, time on the test set, batch-1 latency, and how it was measured."""
    numbers = results.dataset.task == "regression"
    score, one = (gettext("Test loss"), gettext("One sample")) if numbers else (gettext("Accuracy"), gettext("One image"))
    columns = (score, gettext("Test set"), one, "p95", "p99", gettext("Memory"), "n")
    rows = []
    for framework in results.frameworks:
        own = significant(framework.test_loss.mean) if numbers and framework.test_loss else accuracy_text(framework.accuracy)
        rows.append(inference_row(framework.title, gettext("trained model"), framework.inference, own))
        rows += [
            inference_row(framework.title, form(item), item.inference, accuracy_text(item.accuracy), item.peak_memory)
            for item in results.exports
            if item.framework == framework.name and item.inference is not None
        ]
    return register.table(
        "inference",
        gettext("Inference by runtime"),
        gettext(
            INFERENCE_OF_NUMBERS if numbers else INFERENCE_OF_IMAGES,
            test_count=integer(results.dataset.test_count),
            batch_size=integer(results.hyperparameters.batch_size),
            least_calls_for_p99=integer(LEAST_CALLS_FOR_P99),
            threads=plural(results.threads, "thread"),
        ),
        [(head(gettext("Trained with")), head(gettext("Form")), head(gettext("Run by")), *(head(column, numeric=True) for column in columns))],
        rows,
        style="small",
    )


def accuracy_text(accuracy: Summary | None) -> str:
    """Return a mean accuracy, or a dash where there is none."""
    return NOTHING if accuracy is None else percent(accuracy.mean)


def inference_row(
    framework: str,
    form: str,
    inference: InferenceSummary,
    score: str,
    memory: Summary | None = None,
) -> list[Cell]:
    """Return the cells of one model form."""
    return [
        head(framework),
        words(form),
        words(inference.runtime),
        figures(score),
        figures(duration(inference.test_set.median)),
        figures(duration(inference.latency_median.median)),
        figures(duration(inference.latency_p95.median)),
        figures(median(inference.latency_p99)),
        figures(NOTHING if memory is None else size(memory.median)),
        figures(integer(inference.test_set.n)),
    ]


def call_sentence(results: Results) -> str:
    """Name the call that was timed for each model form."""
    calls = {f"{framework.title}: {gettext(framework.inference.call)}": None for framework in results.frameworks}
    calls |= {f"{item.title}: {item.inference.call}": None for item in results.exports if item.inference is not None}
    return gettext("What was called. {calls}.", calls=". ".join(calls).replace("; one image: ", gettext("; one image: ")))


def figure_description(results: Results) -> str:
    """Describe the picture of sizes, accuracy and latency."""
    parts = [
        gettext("{title} itself answers in {median}", title=framework.title, median=duration(framework.inference.latency_median.median))
        for framework in results.frameworks
    ]
    parts += [f"{named(item, results)} {described(item)}" for item in results.exports if item.size_bytes is not None]
    return gettext("Three dot plots side by side, one row per model form. {parts}.", parts="; ".join(parts))


def described(item: ExportResult) -> str:
    """Return size, change of accuracy and latency of an export, as far as they are known."""
    told = [size(item.size_bytes)]
    told += [gettext("{difference} points", difference=signed(100 * item.changes[0].difference, 2))] if item.changes else []
    told += [duration(item.inference.latency_median.median)] if item.inference is not None and item.agrees is not False else []
    return ", ".join(told)
