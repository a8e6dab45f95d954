"""Results on how many images per second each exported model takes, by the size of the batch and the number of threads."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.results import ExportResult, Results, Sameness
from reportgen.language import gettext, marked
from reportgen.report.format import integer, plural, significant
from reportgen.report.sections.elements import Register, Table, figures, head, words

NOTHING = "\u2013"
#: What the table calls the outcomes.
SHOWN: Mapping[Sameness, str] = {
    "within limits": marked("exact"),
    "within margin": marked("as\u00a0good"),
    "not shown": marked("not shown"),
    "changed": marked("changed"),
    "failed": marked("failed"),
    "not available": marked("not available"),
    "not measured": marked("not measured"),
}
# Of the batch sizes that are measured, the one that a server collects without keeping anybody waiting; all are in results.json.
SHOWN_BATCH = 256


def form(item: ExportResult) -> str:
    """Return what tables of times call an export: one that gets no claim, since it failed or answers otherwise than its source, is marked."""
    return f"{item.title} ({gettext(SHOWN[item.sameness])})" if item.agrees is False else item.title


def throughput_table(results: Results, register: Register) -> Table | None:
    """Images per second of each export by batch size, and with more threads; ``None`` where it was not measured."""
    titles = results.titles
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
        gettext("Throughput by batch size"),
        gettext(
            "Thousands of images per second, by the number of images in a call; {threads} unless the head of "
            "the column says otherwise. Median call of each process, median over processes.",
            threads=plural(results.threads, "thread"),
        ),
        [(head(gettext("From")), head(gettext("Format")), *(head(column, numeric=True) for column in columns))],
        rows,
        style="small",
    )


def thousands(images_per_s: float) -> str:
    """Return a throughput in thousands of images per second."""
    return significant(images_per_s / 1000)
