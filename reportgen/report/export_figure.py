"""The figure of exported models: what each file weighs, what it costs in accuracy, and how soon it answers, in one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.analysis.results import ExportResult, InferenceSummary, Results
from reportgen.report.colours import FRAMEWORK_COLOURS, FRAMEWORK_MARKERS
from reportgen.report.data_tables import DataTable, data
from reportgen.report.drawing import GREY, GRID, Drawing, new_figure
from reportgen.report.figures import plain_decades
from reportgen.report.format import time_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KIB = 1024
#: Fractions as percentage points.
POINTS = 100.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One model form: a trained model, which has no file, or an export; ``position`` is its framework's."""

    label: str
    position: int
    inference: InferenceSummary | None
    export: ExportResult | None = None

    @property
    def passed(self) -> bool:
        """Whether it is shown to be as good as its source; a trained model is its own source."""
        return self.export is None or self.export.agrees is True


def export_rows(results: Results) -> list[Row]:
    """Return a row for each model form that was timed: frameworks before their exports; a file that answers otherwise has no latency to speak of."""
    rows = []
    for position, framework in enumerate(results.frameworks):
        rows.append(Row(label=f"{framework.title} itself", position=position, inference=framework.inference))
        for item in results.exports:
            if item.framework == framework.name and item.size_bytes is not None:
                inference = item.inference if item.agrees is not False else None
                rows.append(Row(label=item.title, position=position, inference=inference, export=item))
    return rows


def export_figure(results: Results) -> Drawing:
    """Draw size, change of accuracy with its interval, and latency of one image by model form; rows are shared by the three."""
    rows = export_rows(results)
    figure, grid = new_figure(0.9 + 0.23 * len(rows), 1, 3, sharey=True)
    sizes, changes, latencies = grid[0]
    unit, factor = time_unit([row.inference.latency_median.median for row in rows if row.inference is not None])
    changes.axvline(0, color=GREY, linewidth=0.8)
    for one in results.shipping[:1]:
        changes.axvline(-POINTS * one.margin, color=GREY, linewidth=0.8, linestyle=":")
    for height, row in enumerate(rows):
        if row.export is not None:
            draw_size(sizes, height, row, row.export)
            draw_change(changes, height, row, row.export)
        if row.inference is not None:
            draw_latency(latencies, height, row, row.inference, factor)
    sizes.set_yticks(range(len(rows)), [row.label for row in rows])
    sizes.set_ylim(len(rows) - 0.5, -0.5)
    for axes, title in ((sizes, "Size (KiB)"), (changes, "Change of accuracy (points)"), (latencies, f"Latency of one image ({unit})")):
        axes.grid(visible=False)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_xlabel(title)
    logarithmic(sizes, [row.export.size_bytes / KIB for row in rows if row.export is not None and row.export.size_bytes is not None])
    logarithmic(latencies, [row.inference.latency_median.median * factor for row in rows if row.inference is not None])
    return Drawing(figure=figure, data=export_data(rows))


def export_data(rows: list[Row]) -> DataTable:
    """Return what is drawn of each row: size in bytes, change of accuracy as a fraction with its interval, and latencies in seconds."""
    found = []
    for row in rows:
        change = row.export.changes[0] if row.export is not None and row.export.changes else None
        drawn = (None, None, None) if change is None else (change.difference, change.interval.low, change.interval.high)
        times = (None, None) if row.inference is None else (row.inference.latency_median.median, row.inference.latency_p95.median)
        found.append((row.label, None if row.export is None else row.export.size_bytes, *drawn, *times))
    columns = ("form", "size (bytes)", "change of accuracy", "interval low", "interval high", "median latency (s)", "95th percentile of latency (s)")
    return data(columns, found)


def logarithmic(axes: Axes, values: list[float]) -> None:
    """Make an axis logarithmic, with plain numbers: at decades, and between them where all values lie within few."""
    from matplotlib.ticker import LogLocator, NullFormatter

    if not values:
        return
    axes.set_xscale("log")
    few = max(values) < 30 * min(values)
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if few else (1.0,)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(plain_decades)


def style(row: Row) -> dict[str, object]:
    """Return how a row's dots look: the framework's colour and marker, open where nothing shows that the file is as good as its source."""
    colour = FRAMEWORK_COLOURS[row.position % len(FRAMEWORK_COLOURS)]
    marker = FRAMEWORK_MARKERS[row.position % len(FRAMEWORK_MARKERS)]
    return {"color": colour, "marker": marker, "linestyle": "none", "markersize": 4.6, "markerfacecolor": colour if row.passed else "white"}


def draw_size(axes: Axes, height: int, row: Row, export: ExportResult) -> None:
    """Draw a file's size."""
    if export.size_bytes is not None:
        axes.plot([export.size_bytes / KIB], [height], **style(row))  # type: ignore[arg-type]


def draw_change(axes: Axes, height: int, row: Row, export: ExportResult) -> None:
    """Draw the change of accuracy of the first trial with its interval."""
    if not export.changes:
        return
    first = export.changes[0]
    colour = FRAMEWORK_COLOURS[row.position % len(FRAMEWORK_COLOURS)]
    axes.plot([POINTS * first.interval.low, POINTS * first.interval.high], [height, height], color=colour, linewidth=1.2)
    axes.plot([POINTS * first.difference], [height], **style(row))  # type: ignore[arg-type]


def draw_latency(axes: Axes, height: int, row: Row, inference: InferenceSummary, factor: float) -> None:
    """Draw each process's median latency, and a line from the median over processes to that of their 95th percentiles."""
    colour = FRAMEWORK_COLOURS[row.position % len(FRAMEWORK_COLOURS)]
    ends = [inference.latency_median.median * factor, inference.latency_p95.median * factor]
    axes.plot(ends, [height, height], color=colour, linewidth=1.2, alpha=0.5)
    axes.plot([value * factor for value in inference.latency_median.values], [height] * inference.latency_median.n, **style(row))  # type: ignore[arg-type]
