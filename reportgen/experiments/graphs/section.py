"""What the report prints of static and dynamic graphs."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.results import ExperimentMeasure, ExperimentOutcome, Results
from reportgen.experiments.base import ExperimentText
from reportgen.experiments.graphs.analysis import LOSS_LIMIT
from reportgen.experiments.graphs.figure import MICROSECONDS, curve, steps_figure
from reportgen.experiments.graphs.tables import python_table, steps_table
from reportgen.experiments.graphs.values import (
    Style,
    limit_of,
    sizes_of,
    step_time,
    styles_of,
)
from reportgen.language import gettext, marked
from reportgen.report.drawing import Drawing
from reportgen.report.format import (
    duration,
    enumeration,
    plural,
    raised,
    scientific,
    significant,
)
from reportgen.report.sections.elements import Curve, Figure, Register

FIGURE = "graphs-steps"
AT_SMALLEST = marked(
    "At the smallest network a step takes from {median} ({name}) to {median_2} ({name_2})."
)
AT_LARGEST = marked(
    "At the largest network a step takes from {median} ({name}) to {median_2} ({name_2})."
)


def section(
    outcome: ExperimentOutcome, results: Results, register: Register
) -> ExperimentText:
    """Return the figure of times against size, the table of three sizes, and what Python's statements do in each style."""
    styles = styles_of(outcome)
    figures = (steps(outcome, results, register),) if styles else ()
    tables = (steps_table(outcome, results, register),) if styles else ()
    python = python_table(outcome, results, register)
    return ExperimentText(
        paragraphs=tuple(reading(outcome, results, styles)),
        figures=figures,
        tables=tables + ((python,) if python else ()),
        notes=tuple(notes(outcome, results)),
    )


def pictures(outcome: ExperimentOutcome, results: Results) -> Mapping[str, Drawing]:
    """Return the figure."""
    return {FIGURE: steps_figure(outcome, results)} if styles_of(outcome) else {}


def steps(outcome: ExperimentOutcome, results: Results, register: Register) -> Figure:
    """Make the figure."""
    sizes = sizes_of(outcome)
    samples = outcome.chosen("step time")[0].summary.n
    return register.figure(
        FIGURE,
        gettext("Time of a step against the arithmetic in it"),
        gettext(
            "Median of {samples} of each style, taken in turns in one process for each framework; bars are "
            "intervals of the median, mostly smaller than the marks. The dotted line is the time of the matrix "
            "products alone, at the highest rate that a product of large matrices reached in these processes. "
            "{threads}; both axes logarithmic. Where a line is level, the overhead of its style decides; where "
            "all draw near to the dotted line, arithmetic does.",
            samples=plural(samples, "measurement"),
            threads=plural(results.threads, "thread"),
        ),
        gettext(
            "Line chart of {styles_of} over {sizes}, from {flops} to {flops_2} operations a step. {extremes}",
            styles_of=plural(len(styles_of(outcome)), "style"),
            sizes=plural(len(sizes), "network size"),
            flops=raised(scientific(sizes[0].flops)),
            flops_2=raised(scientific(sizes[-1].flops)),
            extremes=extremes(outcome, results),
        ),
        FIGURE,
        curves=step_values(outcome, results),
    )


def step_values(outcome: ExperimentOutcome, results: Results) -> tuple[Curve, ...]:
    """Return the points of :func:`reportgen.experiments.graphs.figure.steps_figure`, a curve for each style, in words."""
    curves = []
    for style in styles_of(outcome):
        operations, times, _, _ = curve(outcome, style)
        points = tuple(
            (
                float(count),
                float(time),
                f"{raised(scientific(float(count)))} FLOP, {duration(float(time) / MICROSECONDS)}",
            )
            for count, time in zip(operations, times, strict=True)
        )
        curves.append(
            Curve(
                panel=0,
                label=name(style, results),
                points=points,
            )
        )
    return tuple(curves)


def extremes(outcome: ExperimentOutcome, results: Results) -> str:
    """Say which style is fastest and slowest at the smallest and the largest network."""
    sizes = sizes_of(outcome)
    found = [
        gettext(sentence, **extreme(ranked(outcome, size.key), results))
        for sentence, size in ((AT_SMALLEST, sizes[0]), (AT_LARGEST, sizes[-1]))
        if ranked(outcome, size.key)
    ]
    return " ".join(found)


def extreme(
    timed: list[tuple[Style, ExperimentMeasure]], results: Results
) -> dict[str, str]:
    """Return the names and times of the first and the last of styles."""
    (fast, low), (slow, high) = timed[0], timed[-1]
    return {
        "median": duration(low.summary.median),
        "name": name(fast, results),
        "median_2": duration(high.summary.median),
        "name_2": name(slow, results),
    }


def ranked(
    outcome: ExperimentOutcome, size: tuple[tuple[str, float], ...]
) -> list[tuple[Style, ExperimentMeasure]]:
    """Return styles with their times at one size, fastest first."""
    found = [(style, step_time(outcome, style, size)) for style in styles_of(outcome)]
    timed = [(style, time) for style, time in found if time is not None]
    return sorted(timed, key=lambda item: item[1].summary.median)


def name(style: Style, results: Results) -> str:
    """Return a style's name with its framework's."""
    return f"{results.titles.get(style.framework, style.framework)}, {gettext(style.title)}"


def reading(
    outcome: ExperimentOutcome, results: Results, styles: tuple[Style, ...]
) -> list[str]:
    """Return what the figure shows, in sentences that hold nothing but measured values."""
    if not styles:
        return []
    largest = sizes_of(outcome)[-1]
    limit = limit_of(outcome, largest.key)
    sentences = [extremes(outcome, results)]
    times = ranked(outcome, largest.key)
    if limit is not None and times:
        low, high = (
            significant(times[place][1].summary.median / limit, 2) for place in (0, -1)
        )
        sentences.append(
            gettext(
                "The matrix products of the largest network need {limit} at the highest rate that was measured; "
                "the steps take {times} times that.",
                limit=duration(limit),
                times=low
                if low == high
                else gettext("{low} to {high}", low=low, high=high),
            )
        )
    worst = max(one.summary.maximum for one in outcome.chosen("loss difference"))
    sentences.append(
        gettext(
            "All styles start from the same weights and data, and their losses over 50 steps are compared with "
            "the median of all: the largest relative difference is {worst}; a style beyond {loss_limit} gets "
            "no time. One process a framework gives no spread between processes: this describes, and "
            "claims nothing.",
            worst=scientific(worst),
            loss_limit=scientific(LOSS_LIMIT),
        )
    )
    return [" ".join(sentences)]


def notes(outcome: ExperimentOutcome, results: Results) -> list[str]:
    """Return why a style has no time, and what the frameworks themselves said about one."""
    named = results.titles
    found = [
        gettext(
            "{get}, {subject}: not available ({text}).",
            get=named.get(one.framework, one.framework),
            subject=gettext(one.subject),
            text=one.text,
        )
        for one in outcome.remarks
        if one.kind == "not available"
    ]
    wrong = sorted(
        {
            (one.framework, one.subject)
            for one in outcome.chosen("loss difference")
            if one.summary.maximum > LOSS_LIMIT
        }
    )
    found += [
        gettext(
            "{get}, {subject}: no time where its losses differ from the others'.",
            get=named.get(framework, framework),
            subject=gettext(subject),
        )
        for framework, subject in wrong
    ]
    old = [
        one
        for one in outcome.remarks
        if one.kind == "remark" and one.text.sentence.startswith("deprecated")
    ]
    if old:
        found.append(
            gettext(
                "Called deprecated by the framework itself: {fromkeys}.",
                fromkeys=enumeration(
                    dict.fromkeys(gettext(one.subject) for one in old)
                ),
            )
        )
    return found
