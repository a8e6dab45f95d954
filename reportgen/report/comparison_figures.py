"""The figures that compare: ratios with their noise floor, losses step by step, and the parts of an epoch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.analysis.claims import Finding
from reportgen.analysis.results import LossTrajectory, Results
from reportgen.language import gettext
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.data_tables import data
from reportgen.report.drawing import GREY, Drawing, new_figure
from reportgen.report.figures import plain_decades
from reportgen.report.format import duration
from reportgen.report.sections.findings import drawn_findings

BAND = "#e8e8e8"
# Light to dark, so that the order survives a grey print; the last is what remains.
PART_COLOURS = ("#9ecae1", "#4292c6", "#08519c", "#fdae6b")
LINE_STYLES = ("-", "--", ":")
# Parts narrower than this share of the widest bar have no room for their number.
LABELLED_SHARE = 0.07
# Within less than this factor a logarithmic axis has hardly a tick of its own.
NARROW = 4.0
NARROW_TICKS = (0.25, 0.33, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


def ratios_figure(results: Results) -> Drawing:
    """Draw the ratios of a report on one run, see :func:`drawn_ratios`."""
    drawn = drawn_findings(results)
    return drawn_ratios(drawn, gettext("Time of {numerator} / time of {denominator}", numerator=drawn[0].numerator, denominator=drawn[0].denominator))


def drawn_ratios(drawn: Sequence[Finding], label: str) -> Drawing:
    """Draw ratios with intervals: a row each, logarithmic axis called ``label``, the noise floor as a band around 1."""
    figure, grid = new_figure(0.75 + 0.32 * len(drawn), 1, 1)
    axes = grid[0][0]
    floor = max((one.noise_floor.value for one in drawn if one.noise_floor is not None), default=0.0)
    axes.axvspan(1 / (1 + floor), 1 + floor, color=BAND, linewidth=0)
    axes.axvline(1.0, color=GREY, linewidth=0.8)
    for height, one in enumerate(drawn):
        if one.ratio is None or one.interval is None:
            continue
        colour = FRAMEWORK_COLOURS[0] if one.ratio > 1 else FRAMEWORK_COLOURS[1]
        axes.plot([one.interval.low, one.interval.high], [height, height], color=colour, linewidth=1.6, solid_capstyle="butt")
        fill = colour if one.outcome == "claim" else "white"
        axes.plot([one.ratio], [height], marker="o", markersize=5.5, color=colour, markerfacecolor=fill, markeredgewidth=1.2)
    axes.set_xscale("log")
    values = [value for one in drawn if one.interval is not None for value in (one.interval.low, one.interval.high)]
    axes.set_xlim(min([0.9, *values]) / 1.05, max([1.1, *values]) * 1.05)
    axes.set_yticks(range(len(drawn)), [one.title for one in drawn])
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_xlabel(label)
    axes.xaxis.set_major_formatter(plain_decades)
    axes.xaxis.set_minor_formatter(plain_decades)
    axes.tick_params(axis="x", which="minor", labelsize=7)
    low, high = axes.get_xlim()
    if high / low < NARROW:
        axes.set_xticks([tick for tick in NARROW_TICKS if low <= tick <= high], minor=False)
        axes.set_xticks([], minor=True)
        axes.xaxis.set_major_formatter(plain_decades)
    rows = [
        (one.title, one.ratio, one.interval.low, one.interval.high, one.noise_floor.value if one.noise_floor else None, one.n, one.outcome)
        for one in drawn
        if one.interval is not None
    ]
    return Drawing(figure=figure, data=data(("comparison", "ratio", "interval low", "interval high", "noise floor", "n", "outcome"), rows))


def parity_losses_figure(results: Results) -> Drawing:
    """Draw the difference of losses over training steps: a panel for each precision, logarithmic axis, noise floors in grey."""
    precisions = list(dict.fromkeys(one.precision for one in results.parity_losses))
    figure, grid = new_figure(2.3, 1, len(precisions))
    for column, precision in enumerate(precisions):
        axes = grid[0][column]
        chosen = [one for one in results.parity_losses if one.precision == precision]
        for position, one in enumerate(chosen):
            colour = FRAMEWORK_COLOURS[(position + 1) % len(FRAMEWORK_COLOURS)]
            steps, values = shown(one)
            axes.plot(steps, values, color=colour, linewidth=1.3, linestyle=LINE_STYLES[position % len(LINE_STYLES)], label=one.optimizer)
            alone = lonely(values)
            axes.plot(steps[alone], values[alone], color=colour, linestyle="none", marker="o", markersize=1.8, markeredgewidth=0)
        floor = np.max([one.noise_floor for one in chosen], axis=0)
        drawn = np.where(floor > 0, floor, np.nan)
        axes.plot(np.arange(1, len(floor) + 1), drawn, color=GREY, linewidth=2.4, alpha=0.45, label=gettext("noise floor"))
        axes.set_yscale("log")
        axes.set_title(precision)
        axes.set_xlabel(gettext("Training step"))
    grid[0][0].set_ylabel(gettext("Difference of the loss (nats)"))
    handles, labels = grid[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels))
    rows = [
        (one.optimizer, one.precision, step, *values)
        for one in results.parity_losses
        for step, values in enumerate(zip(*one.losses, one.difference, one.noise_floor, strict=True), start=1)
    ]
    names = [f"loss of {name}" for name in results.parity_losses[0].frameworks]
    return Drawing(figure=figure, data=data(("optimiser", "precision", "step", *names, "difference", "noise floor"), rows))


def shown(one: LossTrajectory) -> tuple[np.ndarray, np.ndarray]:
    """Return the steps and their differences; a difference of zero has no place on a logarithmic axis."""
    values = np.asarray(one.difference, dtype=np.float64)
    return np.arange(1, len(values) + 1), np.where(values > 0, values, np.nan)


def lonely(values: np.ndarray) -> np.ndarray:
    """Return which values have none on either side: a line through them has no length, and is not seen."""
    known = np.isfinite(np.concatenate([[np.nan], values, [np.nan]]))
    alone: np.ndarray = known[1:-1] & ~known[:-2] & ~known[2:]
    return alone


def epoch_parts_figure(results: Results) -> Drawing:
    """Draw the parts of an epoch: a stacked bar for each framework, the parts in the order of the loop."""
    titles = results.titles
    figure, grid = new_figure(0.85 + 0.42 * len(results.profiles), 1, 1)
    axes = grid[0][0]
    widest = max(one.epoch_s for one in results.profiles)
    for height, one in enumerate(results.profiles):
        left = 0.0
        for part, colour in zip(one.parts, PART_COLOURS, strict=False):
            width = max(0.0, part.seconds)
            axes.barh(height, width, left=left, height=0.6, color=colour, edgecolor="white", linewidth=0.6, label=part.name if height == 0 else None)
            if width > LABELLED_SHARE * widest:
                ink = "white" if colour in PART_COLOURS[1:3] else "#222222"
                axes.text(left + width / 2, height, duration(part.seconds, 2), ha="center", va="center", fontsize=7, color=ink)
            left += width
    axes.set_yticks(range(len(results.profiles)), [titles.get(one.framework, one.framework) for one in results.profiles])
    axes.set_ylim(len(results.profiles) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.set_xlabel(gettext("Seconds of one epoch"))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels))
    rows = [(titles.get(one.framework, one.framework), part.name, part.seconds, part.share) for one in results.profiles for part in one.parts]
    return Drawing(figure=figure, data=data(("framework", "part", "time (s)", "share of the epoch"), rows))
