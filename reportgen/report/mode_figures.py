"""The figure of modes: seconds per epoch of every way of driving the frameworks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen.analysis.results import Results
from reportgen.report.colours import FRAMEWORK_COLOURS, FRAMEWORK_MARKERS
from reportgen.report.data_tables import data
from reportgen.report.drawing import GRID, Drawing, new_figure
from reportgen.report.figures import plain_decades

TICKS = (1.0, 2.0, 5.0)  # in each decade: evenly spaced on a logarithmic axis, and far enough apart for their numbers


def modes_figure(results: Results) -> Drawing:
    """Draw the steady epoch time by mode: a row each, a dot per trial, the median as a line, logarithmic axis."""
    from matplotlib.ticker import LogLocator, NullLocator

    names = [framework.name for framework in results.frameworks]
    rows = [mode for mode in results.modes if mode.steady_epoch_time is not None]
    figure, grid = new_figure(0.8 + 0.3 * len(rows), 1, 1)
    axes = grid[0][0]
    for height, mode in enumerate(rows):
        times = mode.steady_epoch_time
        if times is None:
            continue
        position = names.index(mode.framework)
        colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
        marker = FRAMEWORK_MARKERS[position % len(FRAMEWORK_MARKERS)]
        axes.plot(times.values, [height] * times.n, linestyle="none", marker=marker, markersize=4.2, color=colour, alpha=0.75, markeredgewidth=0)
        axes.plot([times.median, times.median], [height - 0.28, height + 0.28], color=colour, linewidth=1.6)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [mode.full_title for mode in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_xlabel("Steady epoch time (s)")
    axes.set_xlim(*limits([value for mode in rows if mode.steady_epoch_time for value in mode.steady_epoch_time.values]))
    axes.xaxis.set_major_locator(LogLocator(subs=TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(plain_decades)
    measured = [
        (mode.framework_title, mode.title, trial, value)
        for mode in rows
        if mode.steady_epoch_time
        for trial, value in enumerate(mode.steady_epoch_time.values, start=1)
    ]
    return Drawing(figure=figure, data=data(("framework", "mode", "trial", "steady epoch time (s)"), measured))


def limits(values: Sequence[float]) -> tuple[float, float]:
    """Return the nearest ticks around all values, so that at least two are seen."""
    least, most = min(values), max(values)
    decades = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    ticks = [tick * 10.0**decade for decade in decades for tick in TICKS]
    return max(tick for tick in ticks if tick <= least), min(tick for tick in [*ticks, ticks[-1] * 2] if tick > most)
