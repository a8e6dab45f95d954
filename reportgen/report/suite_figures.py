"""The figure over all workloads of a suite: their ratios of training time with intervals and noise floors."""

from __future__ import annotations

from reportgen.analysis.suite import RATIO_METRIC, SuiteResults
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.comparison_figures import BAND
from reportgen.report.data_tables import data
from reportgen.report.drawing import GREY, Drawing, new_figure
from reportgen.report.figures import plain_decades
from reportgen.report.sections.summary import drawn

BAND_HEIGHT = 0.38  # half the height of a row's band: neighbouring rows, whose noise floors may differ, stay apart


def summary_ratios_figure(suite: SuiteResults) -> Drawing:
    """Draw ratios of training time: a row for each workload, logarithmic axis, each row's noise floor as a band around 1."""
    shown = drawn(suite)
    figure, grid = new_figure(0.75 + 0.34 * len(shown), 1, 1)
    axes = grid[0][0]
    axes.axvline(1.0, color=GREY, linewidth=0.8)
    values = [0.9, 1.1]
    for height, one in enumerate(shown):
        if one.ratio is None or one.interval is None:
            continue
        if one.noise_floor is not None:
            limit = 1 + one.noise_floor.value
            axes.fill_between([1 / limit, limit], height - BAND_HEIGHT, height + BAND_HEIGHT, color=BAND, linewidth=0)
        colour = FRAMEWORK_COLOURS[0] if one.ratio > 1 else FRAMEWORK_COLOURS[1]
        axes.plot([one.interval.low, one.interval.high], [height, height], color=colour, linewidth=1.6, solid_capstyle="butt")
        claimed = any(outcome.metric == RATIO_METRIC and outcome.outcome == "claim" for outcome in one.primary)
        fill = colour if claimed else "white"
        axes.plot([one.ratio], [height], marker="o", markersize=5.5, color=colour, markerfacecolor=fill, markeredgewidth=1.2)
        values += [one.interval.low, one.interval.high]
    axes.set_xscale("log")
    axes.set_xlim(min(values) / 1.05, max(values) * 1.05)
    axes.set_yticks(range(len(shown)), [one.workload for one in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlabel(f"Training time of {shown[0].numerator} / training time of {shown[0].denominator}")
    axes.xaxis.set_major_formatter(plain_decades)
    axes.xaxis.set_minor_formatter(plain_decades)
    axes.tick_params(axis="x", which="minor", labelsize=7)
    rows = [
        (one.workload, one.ratio, one.interval.low, one.interval.high, one.noise_floor.value if one.noise_floor else None)
        for one in shown
        if one.interval is not None
    ]
    return Drawing(figure=figure, data=data(("workload", "ratio", "interval low", "interval high", "noise floor"), rows))
