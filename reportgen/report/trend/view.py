"""What the trend page prints, as ready strings: a section for each workload on each machine, a chart for each metric, and the filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.analysis.history.sentences import shown
from reportgen.analysis.history.shown import CellTrend, SeriesTrend, SoftwareChange
from reportgen.analysis.history.titles import cell_title, machine, metric_title
from reportgen.language import current, gettext
from reportgen.report.format import date, enumeration, plural
from reportgen.report.trend.chart import MARKS, chart, moment, value_text

# Enough to see last week and the one before; the rest is in the drawing and in the records.
TABLE_NIGHTS = 14
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of a filter: ``name`` is its identifier and the class of the charts that it leaves, empty for all."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A row of choices of which one holds."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A metric: its drawing, a sentence that says the same, and its newest nights as rows of date, value and remark."""

    classes: str
    title: str
    summary: str
    drawing: Markup
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class TrendSection:
    """A workload on a machine."""

    classes: str
    title: str
    facts: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, kw_only=True)
class TrendView:
    """The whole page. ``legend`` explains the marks; ``rules`` is the style sheet that makes the filters work, without any script."""

    language: str
    title: str
    generator_version: str
    verdict: str
    damaged: tuple[str, ...]
    filters: tuple[Filter, ...]
    rules: Markup
    legend: str
    sections: tuple[TrendSection, ...]


def trend_view(trends: Sequence[SeriesTrend], title: str, version: str, verdict: str, damaged: Iterable[str] = ()) -> TrendView:
    """Return the page for these series; ``verdict`` is the newest night's line."""
    workloads = [
        gettext("{workload} on {dataset}, {hardware}", workload=one.workload, dataset=one.dataset, hardware=machine(one.hardware)) for one in trends
    ]
    frameworks = list(dict.fromkeys(cell.kind.framework for one in trends for cell in one.cells if cell.kind.framework))
    metrics = list(dict.fromkeys(cell.kind.metric for one in trends for cell in one.cells))
    filters = (
        filter_of("w", gettext("Workload"), workloads),
        filter_of("f", gettext("Framework"), frameworks),
        filter_of("m", gettext("Metric"), [metric_title(metric) for metric in metrics]),
    )
    sections = tuple(section(one, f"w{index}", frameworks, metrics) for index, one in enumerate(trends, start=1))
    return TrendView(
        language=current().code.replace("_", "-"),
        title=title,
        generator_version=version,
        verdict=verdict,
        damaged=tuple(damaged),
        filters=filters,
        rules=rules(filters),
        legend=", ".join(f"{sign} {gettext(text)}" for sign, text in MARKS.values()),
        sections=sections,
    )


def letter(index: int) -> str:
    """Return the letter of a change of software: A to Z, then A2 to Z2, and so on."""
    round_, place = divmod(index, len(LETTERS))
    return f"{LETTERS[place]}{round_ + 1 if round_ else ''}"


def filter_of(letter: str, title: str, values: Sequence[str]) -> Filter:
    """Return a filter: everything, or one value."""
    choices = (Choice(name="", title=gettext("all")), *(Choice(name=f"{letter}{index}", title=value) for index, value in enumerate(values, start=1)))
    return Filter(name=letter, title=title, choices=choices)


def rules(filters: Sequence[Filter]) -> Markup:
    """Return what hides charts: a browser that does not know :has() shows them all."""
    names = [choice.name for one in filters for choice in one.choices if choice.name]
    return Markup("\n".join(f"body:has(#{name}:checked) .filtered:not(.{name}) {{ display: none; }}" for name in names))


def section(one: SeriesTrend, own: str, frameworks: Sequence[str], metrics: Sequence[str]) -> TrendSection:
    """Return the section of a series."""
    lettered = [(letter(index), change) for index, change in enumerate(one.changes)]
    charts = tuple(one_chart(cell, lettered, classes_of(cell, own, frameworks, metrics)) for cell in one.cells if cell.points)
    everything = " ".join(dict.fromkeys(name for chart in charts for name in chart.classes.split()))
    return TrendSection(
        classes=everything or own,
        title=gettext("{workload} on {dataset}", workload=gettext(one.workload_title), dataset=one.dataset),
        facts=((gettext("Workload"), one.workload), (gettext("Machine"), machine(one.hardware)), (gettext("Nights"), plural(one.nights, "night"))),
        changes=tuple((letter, date(change.at), change.text) for letter, change in lettered),
        charts=charts,
    )


def classes_of(cell: CellTrend, own: str, frameworks: Sequence[str], metrics: Sequence[str]) -> str:
    """Return the classes by which the filters find a chart; a ratio belongs to both of its frameworks."""
    involved = {cell.kind.framework, *(part.split(":")[1] for part in cell.kind.parts)}
    names = [f"f{index}" for index, name in enumerate(frameworks, start=1) if name in involved]
    return " ".join([own, *names, f"m{metrics.index(cell.kind.metric) + 1}"])


def one_chart(cell: CellTrend, changes: Sequence[tuple[str, SoftwareChange]], classes: str) -> Chart:
    """Return the chart of a metric."""
    said = summary(cell)
    marks = {mark.index: gettext(MARKS[mark.kind][1]) for mark in cell.marks}
    first = max(0, len(cell.points) - TABLE_NIGHTS)
    rows = tuple(
        (moment(point.at), value_text(cell, point), marks.get(index, "")) for index, point in reversed(list(enumerate(cell.points))) if index >= first
    )
    title = cell_title(cell.kind.title)
    return Chart(classes=classes, title=title, summary=said, drawing=chart(cell, changes, f"{title}: {said}"), rows=rows)


def summary(cell: CellTrend) -> str:
    """Return a trend in words: its last night, and the levels that it stood at."""
    last = cell.points[-1]
    parts = [gettext("{value} on {date}", value=shown(cell.kind, last.centre), date=date(last.at))]
    if len(cell.levels) > 1:
        levels = [gettext("{shown} from {at}", shown=shown(cell.kind, level.level), at=date(cell.points[level.first].at)) for level in cell.levels]
        parts.append(gettext("levels: {levels}", levels=enumeration(levels)))
    elif cell.levels:
        level = shown(cell.kind, cell.levels[0].level)
        parts.append(gettext("one level, {level}, in {nights}", level=level, nights=plural(len(cell.points), "night")))
    parts += [gettext("{mark} on {date}", mark=gettext(MARKS[mark.kind][1]), date=date(cell.points[mark.index].at)) for mark in cell.marks]
    return "; ".join(parts)
