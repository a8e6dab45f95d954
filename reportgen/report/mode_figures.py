"""The figures of modes and of variants: seconds per epoch of every way of driving the frameworks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen.analysis.results import Results, Summary
from reportgen.report.colours import FRAMEWORK_COLOURS, FRAMEWORK_MARKERS
from reportgen.report.data_tables import data
from reportgen.report.drawing import GRID, Drawing, new_figure
from reportgen.report.figures import plain_decades
from reportgen.report.sections.variants import lines

TICKS = (1.0, 2.0, 5.0)  # in each decade: evenly spaced on a logarithmic axis, and far enough apart for their numbers


def modes_figure(results: Results) -> Drawing:
    """Draw the steady epoch time by mode, see :func:`epoch_times`."""
    return epoch_times(results, [(mode.framework, mode.full_title, mode.steady_epoch_time) for mode in results.modes])


def variants_figure(results: Results) -> Drawing:
    """Draw the steady epoch time by variant, see :func:`epoch_times`."""
    return epoch_times(results, [(line.framework, line.title, line.epoch) for line in lines(results)])


def epoch_times(results: Results, measured: Sequence[tuple[str, str, Summary | None]]) -> Drawing:
    """Draw times: a row for each (framework, title, times) that has any, a dot per trial, the median as a line, logarithmic axis."""
    from matplotlib.ticker import LogLocator, NullLocator

    names = [framework.name for framework in results.frameworks]
    rows = [(framework, title, times) for framework, title, times in measured if times is not None]
    figure, grid = new_figure(0.8 + 0.3 * len(rows), 1, 1)
    axes = grid[0][0]
    for height, (framework, _, times) in enumerate(rows):
        position = names.index(framework)
        colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
        marker = FRAMEWORK_MARKERS[position % len(FRAMEWORK_MARKERS)]
        axes.plot(times.values, [height] * times.n, linestyle="none", marker=marker, markersize=4.2, color=colour, alpha=0.75, markeredgewidth=0)
        axes.plot([times.median, times.median], [height - 0.28, height + 0.28], color=colour, linewidth=1.6)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [title for _, title, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_xlabel("Steady epoch time (s)")
    axes.set_xlim(*limits([value for _, _, times in rows for value in times.values]))
    axes.xaxis.set_major_locator(LogLocator(subs=TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(plain_decades)
    values = [(title, trial, value) for _, title, times in rows for trial, value in enumerate(times.values, start=1)]
    return Drawing(figure=figure, data=data(("framework and mode", "trial", "steady epoch time (s)"), values))


def limits(values: Sequence[float]) -> tuple[float, float]:
    """Return the nearest ticks around all values, so that at least two are seen."""
    least, most = min(values), max(values)
    decades = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    ticks = [tick * 10.0**decade for decade in decades for tick in TICKS]
    return max(tick for tick in ticks if tick <= least), min(tick for tick in [*ticks, ticks[-1] * 2] if tick > most)
