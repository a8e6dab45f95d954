"""The tables of static and dynamic graphs."""

from __future__ import annotations

from reportgen.analysis.results import ExperimentOutcome, Results
from reportgen.experiments.graphs.values import (
    NetworkSize,
    Style,
    first_measured,
    limit_of,
    one_of,
    sizes_of,
    step_time,
    styles_of,
)
from reportgen.language import gettext
from reportgen.report.format import ABSENT, duration, integer, significant, time_unit
from reportgen.report.sections.elements import (
    Cell,
    Register,
    Table,
    figures,
    head,
    summary_text,
    words,
)


def shown_sizes(outcome: ExperimentOutcome) -> tuple[NetworkSize, ...]:
    """Return the smallest network, the one that every process began with, and the largest."""
    sizes = sizes_of(outcome)
    first = next(size for size in sizes if size.key == first_measured(outcome))
    return tuple(dict.fromkeys((sizes[0], first, sizes[-1])))


def steps_table(
    outcome: ExperimentOutcome, results: Results, register: Register
) -> Table:
    """Make the table of first calls, and of steps at three sizes."""
    titles = results.titles
    sizes = shown_sizes(outcome)
    first = first_measured(outcome)
    styles = styles_of(outcome)
    rows: list[list[Cell]] = []
    for style in styles:
        row = (
            [
                head(
                    titles.get(style.framework, style.framework),
                    rowspan=count(styles, style),
                )
            ]
            if style.position == 0
            else []
        )
        row += [
            words(gettext(style.title)),
            figures(first_call(outcome, style, first)),
            figures(later_calls(outcome, style, first)),
        ]
        row += [figures(shown_time(outcome, style, size)) for size in sizes]
        row.append(figures(times_the_limit(outcome, style, sizes[-1])))
        rows.append(row)
    limit = [head(gettext("Arithmetic limit"), colspan=2), words(""), words("")]
    limit += [figures(limit_text(outcome, size)) for size in sizes]
    limit.append(figures("1"))
    top = [
        head(gettext("Framework"), rowspan=2),
        head(gettext("Style"), rowspan=2),
        head(gettext("First call"), numeric=True, colspan=2),
        head(
            gettext("Time of a step at samples × inputs × hidden units"),
            numeric=True,
            colspan=len(sizes),
        ),
        head(gettext("Times the limit"), numeric=True, rowspan=2),
    ]
    below = [
        head(gettext("first"), numeric=True),
        head(gettext("later"), numeric=True),
        *(
            head(f"{size.label} ({unit(outcome, size)[0]})", numeric=True)
            for size in sizes
        ),
    ]
    label = next(size.label for size in sizes if size.key == first)
    return register.table(
        "graphs-steps",
        gettext("Time of a step by style"),
        gettext(
            "First call: from nothing to the end of the first step, of the first network ({label}), with "
            "everything that a process does once, and the median of the other networks. Step: median and its "
            "interval within one process. Times the limit: at the largest network.",
            label=label,
        ),
        [top, below],
        rows,
        [limit],
        style="small",
    )


def count(styles: tuple[Style, ...], style: Style) -> int:
    """Return how many styles the framework of ``style`` has."""
    return sum(one.framework == style.framework for one in styles)


def first_call(
    outcome: ExperimentOutcome, style: Style, first: tuple[tuple[str, float], ...]
) -> str:
    """Return the time of the first call of the first network."""
    found = one_of(outcome, "first call", style, first)
    return gettext(ABSENT) if found is None else duration(found.summary.median, 2)


def later_calls(
    outcome: ExperimentOutcome, style: Style, first: tuple[tuple[str, float], ...]
) -> str:
    """Return the median of the first calls of the other networks."""
    found = sorted(
        one.summary.median
        for one in outcome.chosen("first call", style.framework, style.title)
        if tuple(sorted(one.parameters.items())) != first
    )
    return duration(found[len(found) // 2], 2) if found else gettext(ABSENT)


def unit(outcome: ExperimentOutcome, size: NetworkSize) -> tuple[str, float]:
    """Return the unit in which the shortest step at one size is at least 1, and the factor from seconds to it."""
    found = [step_time(outcome, style, size.key) for style in styles_of(outcome)]
    return time_unit([min(one.summary.median for one in found if one is not None)])


def shown_time(outcome: ExperimentOutcome, style: Style, size: NetworkSize) -> str:
    """Return the time of a step with its interval."""
    found = step_time(outcome, style, size.key)
    factor = unit(outcome, size)[1]
    return (
        gettext(ABSENT)
        if found is None
        else summary_text(found.summary, factor, 1).median_with_interval
    )


def limit_text(outcome: ExperimentOutcome, size: NetworkSize) -> str:
    """Return the limit in the unit of its column."""
    limit = limit_of(outcome, size.key)
    return (
        gettext(ABSENT)
        if limit is None
        else significant(limit * unit(outcome, size)[1], 2)
    )


def times_the_limit(outcome: ExperimentOutcome, style: Style, size: NetworkSize) -> str:
    """Return how many times the limit a step takes."""
    found, limit = step_time(outcome, style, size.key), limit_of(outcome, size.key)
    return (
        gettext(ABSENT)
        if found is None or limit is None
        else significant(found.summary.median / limit, 2)
    )


def python_table(
    outcome: ExperimentOutcome, results: Results, register: Register
) -> Table | None:
    """Make the table of what Python's own statements do in each style; ``None`` where nothing was observed."""
    branches = outcome.chosen("right answers of an if")
    if not branches:
        return None
    titles = results.titles
    remarks = {
        (one.framework, one.subject): str(one.text)
        for one in outcome.remarks
        if one.kind == "remark" and not one.text.sentence.startswith("deprecated")
    }
    runs = {
        (one.framework, one.subject): int(one.summary.median)
        for one in outcome.chosen("runs of Python")
    }
    graphs = {
        (one.framework, one.subject): int(one.summary.median)
        for one in outcome.chosen("graphs of an if")
    }
    rows: list[list[Cell]] = []
    frameworks = [one.framework for one in branches]
    for place, one in enumerate(branches):
        key = (one.framework, one.subject)
        row = (
            []
            if place and frameworks[place - 1] == one.framework
            else [
                head(
                    titles.get(one.framework, one.framework),
                    rowspan=frameworks.count(one.framework),
                )
            ]
        )
        text = answer(int(one.summary.median), remarks.get(key, ""), graphs.get(key))
        rows.append(
            [
                *row,
                words(gettext(one.subject)),
                words(text),
                figures(integer(runs.get(key))),
            ]
        )
    return register.table(
        "graphs-python",
        gettext("Python inside a graph"),
        gettext(
            "The function returns x + 1 where the sum of x is positive, else x \u2212 1; it is called with a vector "
            "of each kind, after tracing with a positive one where the style needs an example. Right column: "
            "how often Python runs a function (torch.compile: how many graphs it makes) for batches of 32, 48, "
            "64, 80 and 96, each given twice."
        ),
        [
            [
                head(gettext("Framework")),
                head(gettext("Style")),
                head(gettext("A Python if on a tensor")),
                head(gettext("Runs for five sizes"), numeric=True),
            ]
        ],
        rows,
    )


def answer(right: int, said: str, graphs: int | None) -> str:
    """Return in words what became of an ``if``; an error names itself in ``said``, and a warning too."""
    if right == 2:
        taken_apart = graphs is not None and graphs > 1
        return (
            gettext(
                "both answers right, taken apart into {graphs} graphs", graphs=graphs
            )
            if taken_apart
            else gettext("both answers right")
        )
    if not said:
        return gettext("{right} of 2 answers right, without a warning", right=right)
    if "Warning" in said:
        return gettext(
            "{right} of 2 answers right, with a {said}", right=right, said=said
        )
    return gettext("refused: {said}", said=said)
