"""The figure of nights for a report: the main metrics side by side, each night with its interval, as many as a page of paper shows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from reportgen.analysis.history.sentences import shown
from reportgen.analysis.history.shown import CellTrend, MarkKind, NightHistory, SeriesTrend
from reportgen.analysis.history.titles import cell_title
from reportgen.analysis.results import Results
from reportgen.language import ENGLISH, current
from reportgen.report.data_tables import data
from reportgen.report.drawing import GREY, Drawing, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 2
# In inches: five rows and a caption fill a page of A4.
ROW_HEIGHT = 1.55
# The colour that the charts of the trend page give each part.
LEVEL, CHANGE = "#0072B2", "#8a8a8a"
#: Marker and colour of a mark; shapes differ too, for a printer without colours.
MARKS: dict[MarkKind, tuple[str, str]] = {
    "regression": ("^", "#b3261e"),
    "flagged": ("2", "#b3261e"),
    "recovery": ("v", "#00693e"),
    "improvement": ("1", "#00693e"),
}
TICKS = 4


def drawn(history: NightHistory) -> tuple[CellTrend, ...]:
    """Return the metrics that the figure shows: those with two nights at least, since one is no course."""
    return tuple(cell for cell in history.trend.cells if len(cell.points) > 1)


def history_figure(results: Results) -> Drawing:
    """Draw the nights of a results' history; its history must be there, and have something to draw."""
    if results.history is None:
        raise ValueError("these results have no history")
    cells = drawn(results.history)
    rows = -(-len(cells) // COLUMNS)
    figure, grid = new_figure(0.2 + ROW_HEIGHT * rows, rows, COLUMNS, sharex=True)
    places = [axes for row in grid for axes in row]
    for axes, cell in zip(places, cells, strict=False):
        draw_cell(axes, cell, results.history.trend)
    for axes in places[len(cells) :]:
        axes.set_visible(False)
        axes.set_in_layout(False)
    # What is below an empty place has no axis of dates below it otherwise.
    for column in range(COLUMNS):
        last = places[max(index for index in range(len(cells)) if index % COLUMNS == column)] if len(cells) > column else None
        if last is not None:
            last.tick_params(axis="x", labelbottom=True)
    nights = [(cell.kind.title, point.at, point.centre, point.low, point.high) for cell in cells for point in cell.points]
    return Drawing(figure=figure, data=data(("metric", "night", "value", "interval low", "interval high"), nights))


def day_label(moment: float, _position: float | None = None) -> str:
    """Return a tick of an axis of dates, in matplotlib's days since 1970, as the language that is spoken writes a day; within a day, its time."""
    from babel.dates import format_date, format_time
    from matplotlib import dates

    untyped: Any = dates
    found: datetime = untyped.num2date(moment)
    write = format_time if (found.hour, found.minute) != (0, 0) else format_date
    return str(write(found, "short", locale=current().code))


def draw_cell(axes: Axes, cell: CellTrend, trend: SeriesTrend) -> None:
    """Draw one metric: nights with their intervals, the levels that they stood at, marks, and changes of software."""
    from matplotlib import dates
    from matplotlib.ticker import MaxNLocator

    # matplotlib takes dates, and types them as numbers; its module of dates has no types.
    untyped: Any = dates
    moments: list[Any] = [datetime.fromisoformat(point.at) for point in cell.points]
    for change in trend.changes:
        moment: Any = datetime.fromisoformat(change.at)
        if moments[0] <= moment <= moments[-1]:
            axes.axvline(moment, color=CHANGE, linewidth=0.6, linestyle=(0, (3, 2)))
    bars = [
        (moment, point.low, point.high)
        for moment, point in zip(moments, cell.points, strict=True)
        if point.low is not None and point.high is not None
    ]
    axes.vlines([bar[0] for bar in bars], [bar[1] for bar in bars], [bar[2] for bar in bars], color=GREY, alpha=0.45, linewidth=0.8)
    axes.plot(moments, [point.centre for point in cell.points], linestyle="none", marker="o", markersize=2.2, color=GREY)
    # A level holds until the next one begins.
    edges = [*(moments[level.first] for level in cell.levels), moments[-1]]
    heights = [*(level.level for level in cell.levels), cell.levels[-1].level]
    axes.step(edges, heights, where="post", color=LEVEL, linewidth=1.3)
    for mark in cell.marks:
        marker, colour = MARKS[mark.kind]
        axes.plot([moments[mark.index]], [cell.points[mark.index].centre], marker=marker, color=colour, markersize=5.5, markeredgewidth=1.2)
    axes.set_title(cell_title(cell.kind.title))
    axes.yaxis.set_major_locator(MaxNLocator(TICKS))
    axes.yaxis.set_major_formatter(lambda value, _position: shown(cell.kind, value))
    low, high = axes.get_ylim()
    room = max(0.0, abs(cell.points[-1].centre) * 0.02 - (high - low)) / 2
    # A metric that never moved would otherwise be drawn as if its rounding were something to see.
    axes.set_ylim(low - room, high + room)
    locator = untyped.AutoDateLocator(minticks=2, maxticks=5)
    axes.xaxis.set_major_locator(locator)
    # What matplotlib's calendar says is English.
    axes.xaxis.set_major_formatter(untyped.ConciseDateFormatter(locator) if current().code == ENGLISH else day_label)
