"""The figure of static and dynamic graphs: time of a step against its arithmetic, on logarithmic axes."""

from __future__ import annotations

import numpy as np

from reportgen.analysis.results import ExperimentOutcome, Results
from reportgen.experiments.graphs.values import (
    Style,
    key_of,
    limit_of,
    sizes_of,
    styles_of,
)
from reportgen.language import gettext
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.data_tables import DataTable, data
from reportgen.report.drawing import GREY, Drawing, new_figure

# Four styles a framework are told apart without colour.
LINES = ("-", "--", "-.", ":")
MARKS = ("o", "s", "^", "D")
MICROSECONDS = 1e6


def steps_figure(outcome: ExperimentOutcome, results: Results) -> Drawing:
    """Draw the figure: a colour for each framework, a line style and mark for each style, the limit of arithmetic dotted in grey."""
    figure, grid = new_figure(3.6, 1, 1)
    axes = grid[0][0]
    sizes = sizes_of(outcome)
    names = [framework.name for framework in results.frameworks]
    for style in styles_of(outcome):
        colour = FRAMEWORK_COLOURS[
            (names.index(style.framework) if style.framework in names else len(names))
            % len(FRAMEWORK_COLOURS)
        ]
        title = (
            results.frameworks[names.index(style.framework)].title
            if style.framework in names
            else style.framework
        )
        flops, middle, below, above = curve(outcome, style)
        axes.errorbar(
            flops,
            middle,
            yerr=(below, above),
            color=colour,
            linestyle=LINES[style.position % len(LINES)],
            marker=MARKS[style.position % len(MARKS)],
            markersize=3.8,
            markerfacecolor="white" if style.position else colour,
            linewidth=1.2,
            elinewidth=0.8,
            label=f"{title}: {gettext(style.title)}",
        )
    limits = [(size.flops, limit_of(outcome, size.key)) for size in sizes]
    drawn = [
        (flops, limit * MICROSECONDS) for flops, limit in limits if limit is not None
    ]
    lowest = axes.get_ylim()[0]
    axes.plot(
        *zip(*drawn, strict=True),
        color=GREY,
        linestyle=":",
        linewidth=1.6,
        label=gettext("arithmetic limit"),
    )
    axes.set_xscale("log")
    axes.set_yscale("log")
    # The limit of the smallest network is nanoseconds: what matters is where it meets the times.
    times = [one.summary.minimum * MICROSECONDS for one in outcome.chosen("step time")]
    axes.set_ylim(bottom=max(lowest, min(times) / 3))
    axes.set_xlabel(gettext("Floating-point operations of a step"))
    axes.set_ylabel(gettext("Time of a step (µs)"))
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.6)
    figure.legend(loc="outside lower center", ncols=3)
    return Drawing(figure=figure, data=steps_data(outcome))


def steps_data(outcome: ExperimentOutcome) -> DataTable:
    """Return operations and times of every style, and the limit of arithmetic, in seconds."""
    rows = [
        (
            one.framework,
            one.subject,
            one.parameters["flops"],
            one.summary.median,
            *(
                (None, None)
                if one.summary.interval is None
                else (one.summary.interval.low, one.summary.interval.high)
            ),
        )
        for one in outcome.chosen("step time")
    ]
    limits = [
        ("", "arithmetic limit", size.flops, limit, None, None)
        for size in sizes_of(outcome)
        if (limit := limit_of(outcome, size.key)) is not None
    ]
    columns = (
        "framework",
        "style",
        "floating-point operations",
        "median time of a step (s)",
        "interval low (s)",
        "interval high (s)",
    )
    return data(columns, [*rows, *limits])


def curve(
    outcome: ExperimentOutcome, style: Style
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return operations, median times, and how far the interval reaches below and above, in microseconds, in order of operations."""
    found = sorted(
        outcome.chosen("step time", style.framework, style.title),
        key=lambda one: dict(key_of(one))["flops"],
    )
    middle = np.array([one.summary.median for one in found])
    intervals = [one.summary.interval for one in found]
    low = np.array(
        [
            median if interval is None else interval.low
            for median, interval in zip(middle, intervals, strict=True)
        ]
    )
    high = np.array(
        [
            median if interval is None else interval.high
            for median, interval in zip(middle, intervals, strict=True)
        ]
    )
    flops = np.array([one.parameters["flops"] for one in found])
    return (
        flops,
        middle * MICROSECONDS,
        (middle - low) * MICROSECONDS,
        (high - middle) * MICROSECONDS,
    )
