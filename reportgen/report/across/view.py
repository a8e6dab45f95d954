"""What the document on a comparison of runs prints, as ready strings: the runs, what differs, the metrics, and what may be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.analysis.across.outcome import Comparison, Difference
from reportgen.analysis.claims import Finding
from reportgen.analysis.history.titles import machine
from reportgen.analysis.wording import detectable_effect, per_cent
from reportgen.language import gettext, marked
from reportgen.report.across.attachments import attachments
from reportgen.report.across.method import method
from reportgen.report.across.values import ABSENT, change, effect, figure, figure_with_interval
from reportgen.report.format import date, enumeration, lowered, plural
from reportgen.report.sections.elements import Cell, Figure, Heading, Register, Table, code, figures, head, words
from reportgen.report.sections.findings import OUTCOMES, p_value, sentence
from reportgen.report.sections.point_values import in_rows

if TYPE_CHECKING:
    from reportgen.config import Config

# More columns than this, each with an interval, are wider than a page.
WIDE_RUNS = 3
RATIOS = marked(
    " Against {first}: the ratio of the geometric means with the interval that Holm's procedure leaves it, and for accuracies the difference of the "
    "means in percentage points."
)
HEADINGS = {
    "runs": marked("Runs"),
    "differences": marked("What differs"),
    "metrics": marked("Metrics"),
    "findings": marked("Findings"),
    "method": marked("How to read this"),
    "attachments": marked("Attachments"),
}


@dataclass(frozen=True, kw_only=True)
class Against:
    """What is found of one run after the first: its table, a figure of its ratios, and notes."""

    title: str
    table: Table
    ratios: Figure | None
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonView:
    """The whole document. ``differences`` are the tables of what differs, none of them empty; ``alike`` says what does not.

    ``tables`` and ``figures`` are all of them in order; ``attachments`` are the names of the files that the PDF carries, with what is in them.
    """

    language: str
    paper: str
    generator_version: str
    title: str
    subtitle: str
    description: str
    headings: Mapping[str, Heading]
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    lead: tuple[str, ...]
    runs: Table
    differences: tuple[Table, ...]
    alike: tuple[str, ...]
    metrics: Table
    against: tuple[Against, ...]
    method: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    attachments: tuple[tuple[str, str], ...]


def comparison_view(comparison: Comparison, command: str, config: Config) -> ComparisonView:
    """Return what the document prints; tables and figures are numbered in the order in which this function makes them."""
    register = Register()
    headings = {
        key: Heading(key=key, number=str(number), title=gettext(title), level=2) for number, (key, title) in enumerate(HEADINGS.items(), start=1)
    }
    runs, differences, metrics = runs_table(comparison, register), difference_tables(comparison, register), metrics_table(comparison, register)
    others = tuple(against(comparison, position, register) for position in range(1, len(comparison.runs)))
    letters = enumeration(run.label for run in comparison.runs)
    return ComparisonView(
        language=config.report.language.replace("_", "-"),
        paper=config.report.paper,
        generator_version=comparison.reportgen_version,
        title=gettext("Runs {runs} compared", runs=letters),
        subtitle=f"{comparison.workload_title}, {comparison.dataset}",
        description=gettext(
            "Comparison of {runs} runs of {workload} on {dataset}",
            runs=len(comparison.runs),
            workload=comparison.workload_title,
            dataset=comparison.dataset,
        ),
        headings=headings,
        facts=(
            (
                gettext("Machine"),
                gettext("{hardware} (hardware key {key})", hardware=machine(comparison.hardware), key=comparison.hardware_key),
            ),
            (gettext("Workload hash"), comparison.workload_hash),
            (gettext("Command"), command),
        ),
        notices=comparison.notices,
        lead=lead(comparison),
        runs=runs,
        differences=differences,
        alike=alike(comparison),
        metrics=metrics,
        against=others,
        method=method(comparison),
        tables=tuple(register.tables),
        figures=tuple(register.figures),
        attachments=attachments(register),
    )


def lead(comparison: Comparison) -> tuple[str, ...]:
    """Return what may be claimed, above everything else, or that nothing may."""
    claims = [
        sentence(f"{finding.title}: {finding.sentence}")
        for position in range(1, len(comparison.runs))
        for finding in comparison.findings_of(position)
        if finding.outcome in ("claim", "equivalent")
    ]
    return tuple(claims) or (gettext("Nothing is claimed: see below what was measured, and what each comparison would have shown."),)


def runs_table(comparison: Comparison, register: Register) -> Table:
    """The runs with their letters."""
    first = comparison.runs[0].label
    return register.table(
        "runs",
        gettext("Runs"),
        gettext("{first} is the reference: every other run is compared with it.", first=first),
        [(head(""), head(gettext("Run")), head(gettext("Begun")), head(gettext("Blocks")))],
        [
            (
                head(run.label),
                code(run.run),
                words(f"{date(run.created_at)} {run.created_at[11:16]}"),
                words(gettext("{complete} of {planned}", complete=run.complete_blocks, planned=run.planned_blocks)),
            )
            for run in comparison.runs
        ],
    )


def labels(comparison: Comparison, *, numeric: bool = False) -> tuple[Cell, ...]:
    """Return a header cell for each run."""
    return tuple(head(run.label, numeric=numeric) for run in comparison.runs)


def difference_tables(comparison: Comparison, register: Register) -> tuple[Table, ...]:
    """The tables of what differs, as far as something does."""
    kinds = (
        ("configuration", gettext("Configuration"), gettext("What the runs were told, as far as it differs."), comparison.configuration),
        (
            "software",
            gettext("Software key"),
            gettext("Python, frameworks, runtimes, threads and driving code, as far as they differ."),
            comparison.software,
        ),
        (
            "packages",
            gettext("Other distributions"),
            gettext("Installed versions beside the software key, as far as they differ."),
            comparison.packages,
        ),
        ("settings", gettext("Settings really used"), gettext("Read back from the frameworks, as far as they differ."), comparison.settings),
    )
    return tuple(difference_table(comparison, register, *kind) for kind in kinds if kind[3])


def difference_table(comparison: Comparison, register: Register, key: str, title: str, detail: str, rows: Sequence[Difference]) -> Table:
    """A table of what differs, a column for each run."""
    cells = [(head(gettext(row.name)), *(words(value or ABSENT) for value in row.values)) for row in rows]
    return register.table(key, title, detail, [(head(gettext("What")), *labels(comparison))], cells)


def alike(comparison: Comparison) -> tuple[str, ...]:
    """Return what was looked at and does not differ."""
    said = [gettext("Configured alike: {names}.", names=enumeration(lowered(gettext(name)) for name in comparison.alike))] if comparison.alike else []
    if not comparison.software:
        said.append(gettext("The software key does not differ: the same versions of everything that the measurements depend on."))
    if not comparison.settings:
        said.append(gettext("The settings that the frameworks really used do not differ."))
    return tuple(said)


def metrics_table(comparison: Comparison, register: Register) -> Table:
    """Every metric in every run, and what became of it; of many runs the medians alone, since the tables of findings have the rest."""
    first, narrow = comparison.runs[0].label, len(comparison.runs) > WIDE_RUNS
    against = () if narrow else tuple(range(1, len(comparison.runs)))
    show = figure if narrow else figure_with_interval
    top = [head(gettext("Metric")), *labels(comparison, numeric=True)]
    top += [head(gettext("{run} against {first}", run=comparison.runs[position].label, first=first), numeric=True) for position in against]
    rows = [
        (
            head(metric.title),
            *(figures(show(summary, metric.unit)) for summary in metric.summaries),
            *(figures(change(metric, position)) for position in against),
        )
        for metric in comparison.metrics
    ]
    counts = enumeration(f"{run.label} {plural(run.complete_blocks, 'block')}" for run in comparison.runs)
    if narrow:
        medians = gettext("Median ({counts}; exports of fewer).", counts=counts)
    else:
        medians = gettext("Median with its distribution-free interval, from 6 repetitions on ({counts}; exports of fewer).", counts=counts)
    ratios = gettext(RATIOS, first=first) if against else ""
    return register.table("metrics", gettext("Every metric"), f"{medians}{ratios}", [top], rows, style="small", divided=True)


def against(comparison: Comparison, position: int, register: Register) -> Against:
    """What is found of one run, compared with the first."""
    first, run, found = comparison.runs[0], comparison.runs[position], comparison.findings_of(position)
    pair = gettext("{run} against {first}", run=run.label, first=first.label)
    wide = len(comparison.runs) > WIDE_RUNS
    top = (gettext("Comparison"), *([pair] if wide else []), gettext("Outcome"), gettext("In words"))
    table = register.table(
        f"findings-{run.label.lower()}",
        gettext("Findings, {pair}", pair=pair),
        gettext(
            "Training time and accuracy are the primary comparisons. Intervals and p-values are Holm's, over all claims of this document; an effect "
            "of the detectable size would have been found with 80\u202f% probability."
        ),
        [(*map(head, top), head("p", numeric=True), head(gettext("Detectable"), numeric=True))],
        [finding_row(one, wide=wide) for one in found],
        style="small",
        divided=True,
    )
    return Against(title=pair, table=table, ratios=ratio_figure(comparison, position, register), notes=notes(found))


def finding_row(finding: Finding, *, wide: bool) -> tuple[Cell, ...]:
    """Return the cells of one finding; ``wide`` with its ratio, where the table of metrics has no room for that."""
    return (
        head(gettext("{title} (primary)", title=finding.title) if finding.primary else finding.title),
        *((figures(effect(finding)),) if wide else ()),
        words(gettext(OUTCOMES[finding.outcome])),
        words(sentence(finding.sentence)),
        figures(p_value(finding.adjusted_p)),
        figures(detectable_effect(finding) or ABSENT),
    )


def drawn(comparison: Comparison, position: int) -> tuple[Finding, ...]:
    """Return the findings that a figure of ratios shows."""
    return tuple(one for one in comparison.findings_of(position) if one.ratio is not None and one.interval is not None)


def resource(comparison: Comparison, position: int) -> str:
    """Return the name of the picture of one run's ratios."""
    return f"ratios-{comparison.runs[position].label.lower()}"


def ratio_figure(comparison: Comparison, position: int, register: Register) -> Figure | None:
    """The ratios of one run to the first, with their intervals and the noise floor."""
    shown = drawn(comparison, position)
    if not shown:
        return None
    first, run = comparison.runs[0].label, comparison.runs[position].label
    return register.figure(
        f"ratios-{run.lower()}",
        gettext("Ratios, {run} over {first}", run=run, first=first),
        gettext(
            "Ratio of the geometric means, with its interval; trials are not paired. Right of 1 is more time or memory in {run} than in {first}. "
            "The grey band is the greatest noise floor; a filled dot is a claim, an open one is none.",
            run=run,
            first=first,
        ),
        gettext(
            "Dots with horizontal intervals on a logarithmic axis around 1: {described}.",
            described="; ".join(f"{one.title} {effect(one)}" for one in shown),
        ),
        resource(comparison, position),
        curves=in_rows((one.title, one.ratio, effect(one)) for one in shown if one.ratio is not None),
    )


def notes(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the noise floors, and what another method says of the primary comparisons."""
    floors = dict.fromkeys(one.noise_floor for one in found if one.noise_floor is not None)
    said = [gettext("Noise floor {percent}: {source}.", percent=per_cent(floor.value), source=floor.source) for floor in floors]
    said += [
        gettext("{title}, by another method: {sentence}.", title=one.title, sentence=one.sensitivity.sentence)
        for one in found
        if one.primary and one.sensitivity is not None
    ]
    return tuple(said)
