"""The values of dots, bars and courses in words, for a reader of the web page who points at them: the digits are those of tables and captions.

Each function follows one that draws: panels, rows from 0 downwards, and units are those of its axes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from reportgen.analysis.claims import Finding
from reportgen.analysis.history.sentences import shown
from reportgen.analysis.history.shown import CellTrend
from reportgen.analysis.history.titles import cell_title
from reportgen.analysis.interval import Interval
from reportgen.analysis.results import Results, Summary
from reportgen.language import gettext
from reportgen.report.export_figure import KIB, POINTS, Row, export_rows
from reportgen.report.format import bounds, date, decimals_for, duration, number, percent, raised, scientific, signed, significant, size, time_unit
from reportgen.report.sections.curve_values import evenly
from reportgen.report.sections.elements import Curve

DAY_S: Final = 86_400.0  # an axis of dates counts days since 1970
POINTS_DECIMALS: Final = 2  # of percentage points, as in the table of exports


def in_rows(rows: Iterable[tuple[str, float, str]], panel: int = 0) -> tuple[Curve, ...]:
    """Return a dot for each row of a figure: its name, its value, and that in words."""
    return tuple(Curve(panel=panel, label=label, points=((value, float(height), words),)) for height, (label, value, words) in enumerate(rows))


def ratio_words(ratio: float, interval: Interval | None) -> str:
    """Return a ratio with its interval, to the digits that the interval allows."""
    if interval is None:
        return significant(ratio)
    decimals = decimals_for((interval.high - interval.low) / 2, ratio)
    return f"{number(ratio, decimals)} {bounds(number(interval.low, decimals), number(interval.high, decimals))}"


def ratio_values(findings: Iterable[Finding]) -> tuple[Curve, ...]:
    """Return the ratios of :func:`reportgen.report.comparison_figures.drawn_ratios`, whose findings all have one."""
    return in_rows((one.title, one.ratio, ratio_words(one.ratio, one.interval)) for one in findings if one.ratio is not None)


def trial_values(rows: Iterable[tuple[str, Summary | None]]) -> tuple[Curve, ...]:
    """Return every trial's dot of :func:`reportgen.report.mode_figures.epoch_times`, a curve for each row that has times."""
    measured = [(title, times) for title, times in rows if times is not None]
    return tuple(
        Curve(
            panel=0,
            label=title,
            points=tuple(
                (value, float(height), gettext("trial {trial}: {value}", trial=trial, value=duration(value)))
                for trial, value in enumerate(times.values, start=1)
            ),
        )
        for height, (title, times) in enumerate(measured)
    )


def export_values(results: Results) -> tuple[Curve, ...]:
    """Return size, change of accuracy and latency of every row of :func:`reportgen.report.export_figure.export_figure`."""
    rows = export_rows(results)
    _, factor = time_unit([row.inference.latency_median.median for row in rows if row.inference is not None])
    return tuple(curve for height, row in enumerate(rows) for curve in row_values(row, float(height), factor))


def row_values(row: Row, height: float, factor: float) -> list[Curve]:
    """Return the dots of one model form, as far as it has them; latencies are multiplied by ``factor``."""
    found = []
    if row.export is not None and row.export.size_bytes is not None:
        found.append((0, row.export.size_bytes / KIB, size(row.export.size_bytes)))
    if row.export is not None and row.export.changes:
        change = row.export.changes[0]
        low, high = (signed(POINTS * end, POINTS_DECIMALS) for end in (change.interval.low, change.interval.high))
        difference = f"{signed(POINTS * change.difference, POINTS_DECIMALS)} {bounds(low, high)}"
        found.append((1, POINTS * change.difference, gettext("{difference} points", difference=difference)))
    if row.inference is not None:
        median = row.inference.latency_median.median
        found.append((2, median * factor, f"{duration(median)}, p95 {duration(row.inference.latency_p95.median)}"))
    return [Curve(panel=panel, label=row.label, points=((value, height, words),)) for panel, value, words in found]


def loss_differences(results: Results) -> tuple[Curve, ...]:
    """Return the differences of losses of :func:`reportgen.report.comparison_figures.parity_losses_figure`; one of zero has no place."""
    precisions = list(dict.fromkeys(one.precision for one in results.parity_losses))
    return tuple(
        Curve(
            panel=precisions.index(one.precision),
            label=f"{one.optimizer}, {one.precision}",
            points=tuple(
                (
                    float(place + 1),
                    one.difference[place],
                    gettext("step {place}: {scientific_words}", place=place + 1, scientific_words=raised(scientific(one.difference[place]))),
                )
                for place in evenly(len(one.difference))
                if one.difference[place] > 0
            ),
        )
        for one in results.parity_losses
    )


def part_values(results: Results) -> tuple[Curve, ...]:
    """Return the parts of the bars of :func:`reportgen.report.comparison_figures.epoch_parts_figure`, in the middle of each."""
    curves = []
    for height, profile in enumerate(results.profiles):
        left, points = 0.0, []
        for part in profile.parts:
            width = max(0.0, part.seconds)
            points.append((left + width / 2, float(height), f"{part.name} {duration(part.seconds)}, {percent(part.share, 0)}"))
            left += width
        curves.append(Curve(panel=0, label=results.titles.get(profile.framework, profile.framework), points=tuple(points)))
    return tuple(curves)


def night_values(cells: Sequence[CellTrend]) -> tuple[Curve, ...]:
    """Return the nights of :func:`reportgen.report.trend.figure.history_figure`: a panel for each metric, dates in days."""
    return tuple(
        Curve(
            panel=panel,
            label=cell_title(cell.kind.title),
            points=tuple(
                (datetime.fromisoformat(point.at).timestamp() / DAY_S, point.centre, f"{date(point.at)}: {night_words(cell, place)}")
                for place, point in enumerate(cell.points)
            ),
        )
        for panel, cell in enumerate(cells)
    )


def night_words(cell: CellTrend, place: int) -> str:
    """Return the value of a night, with its interval where it has one."""
    point = cell.points[place]
    between = "" if point.low is None or point.high is None else f" {bounds(shown(cell.kind, point.low), shown(cell.kind, point.high))}"
    return f"{shown(cell.kind, point.centre)}{between}"
