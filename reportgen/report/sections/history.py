"""The section on the nights up to a run: what their comparison says of this one, and how the main metrics went."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.history.sentences import change_text, shown
from reportgen.analysis.history.shown import CellTrend, CellVerdict, NightHistory, Outcome
from reportgen.analysis.history.titles import cell_title, machine
from reportgen.analysis.results import Results
from reportgen.language import gettext, marked
from reportgen.report.format import date, enumeration, plural
from reportgen.report.sections.elements import Figure, Register, Table, figures, head, words
from reportgen.report.sections.point_values import night_values
from reportgen.report.trend.chart import MARKS
from reportgen.report.trend.figure import drawn

#: What is worth a row of its own; the rest is counted.
TOLD: tuple[Outcome, ...] = ("regression", "missing", "machine changed", "inconclusive", "not confirmed", "improvement")
METHOD = marked(
    "Each metric of this night was compared with the nights before it, of the same workload on a machine of the same make: the mean of the last "
    "two, three and five nights with that of up to thirty before them. A change is flagged when it exceeds 5\u202f% and chance explains it in "
    "fewer than one night in a thousand; what is flagged for the worse is measured again at once, with a fixed control workload beside it that "
    "shows whether the machine itself has changed."
)


@dataclass(frozen=True, kw_only=True)
class History:
    """Strings of the section; only made where the run is a night of a history."""

    method: str
    said: tuple[str, ...]
    table: Table | None
    figure: Figure | None


def history(results: Results, register: Register) -> History | None:
    """Make the section; ``None`` where the run is no night."""
    found = results.history
    if found is None:
        return None
    return History(method=gettext(METHOD), said=said(found), figure=figure(found, register), table=table(found, register))


def said(found: NightHistory) -> tuple[str, ...]:
    """Return the verdict in sentences."""
    cells = found.verdict.cells
    counts = {outcome: sum(cell.outcome == outcome for cell in cells) for outcome in ("fine", "no baseline")}
    sentences = [gettext("There are {earlier_nights} before this one.", earlier_nights=plural(found.verdict.earlier_nights, "comparable night"))]
    if counts["fine"]:
        sentences.append(gettext("No change is shown in {counts}.", counts=plural(counts["fine"], "metric")))
    if counts["no baseline"]:
        sentences.append(gettext("For {counts} the nights are still too few to say anything.", counts=plural(counts["no baseline"], "metric")))
    if found.verdict.begins:
        sentences.append(str(found.verdict.begins))
    if found.verdict.software_changes:
        sentences.append(
            gettext("Since the night before, the software has changed: {software_changes}.", software_changes=found.verdict.software_changes)
        )
    return (" ".join(sentences), *map(str, found.verdict.problems))


def table(found: NightHistory, register: Register) -> Table | None:
    """One row for each metric of which there is something to say; none where there is none."""
    told = sorted((cell for cell in found.verdict.cells if cell.outcome in TOLD), key=lambda cell: TOLD.index(cell.outcome))
    if not told:
        return None
    return register.table(
        "history",
        gettext("What the nights say of this one"),
        gettext("Metrics that were flagged, or are missing. Change: the mean of the last nights beside the mean of those before them."),
        [(head(gettext("Metric")), head(gettext("Verdict")), head(gettext("Change"), numeric=True), head(gettext("What was seen")))],
        [(head(cell_title(cell.title)), words(gettext(cell.outcome)), figures(change(cell)), words(cell.sentence)) for cell in told],
        style="small",
        divided=True,
    )


def change(cell: CellVerdict) -> str:
    """Return a metric's change, or a dash where it was not measured."""
    return change_text(cell) or "\u2013"


def figure(found: NightHistory, register: Register) -> Figure | None:
    """The course of the main metrics, where there are two nights at least."""
    cells = drawn(found)
    if not cells:
        return None
    changes = [f"{date(one.at)}: {one.text}" for one in found.trend.changes]
    software = gettext(" Dashed lines: changes of software ({changes}).", changes="; ".join(changes)) if changes else ""
    marks = [gettext(MARKS[kind][1]) for kind in dict.fromkeys(mark.kind for cell in cells for mark in cell.marks)]
    told_marks = gettext(" Marked: {marks}.", marks=enumeration(marks)) if marks else ""
    return register.figure(
        "history",
        gettext("The nights up to this one"),
        gettext(
            "Every dot is the median of a night, the bar its interval where the night has six blocks or more; "
            "the line is the level that nights stood at. {workload} on {dataset}, {hardware}: {nights}, the "
            "last ones drawn.{marked}{software}",
            workload=found.verdict.workload,
            dataset=found.verdict.dataset,
            hardware=machine(found.verdict.hardware),
            nights=plural(found.trend.nights, "night"),
            marked=told_marks,
            software=software,
        ),
        gettext("Charts of dots over time. {told}", told=" ".join(told(cell) for cell in cells)),
        "history",
        curves=night_values(cells),
    )


def told(cell: CellTrend) -> str:
    """Return a chart in words."""
    levels = enumeration(
        [gettext("{shown} from {at}", shown=shown(cell.kind, level.level), at=date(cell.points[level.first].at)) for level in cell.levels]
    )
    return gettext(
        "{title}: {shown} in the last night; levels {levels}.",
        title=cell_title(cell.kind.title),
        shown=shown(cell.kind, cell.points[-1].centre),
        levels=levels,
    )
