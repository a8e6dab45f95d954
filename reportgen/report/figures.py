"""The measured figures of training: learning curves, and training time trial by trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reportgen.analysis.results import FrameworkResult, Results, Summary
from reportgen.language import gettext, localised
from reportgen.report.colours import FRAMEWORK_COLOURS, FRAMEWORK_MARKERS
from reportgen.report.data_tables import DataTable, data
from reportgen.report.drawing import GREY, Drawing, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TRAINING_COLOUR = GREY  # training is context, validation carries the framework's colour
CROWDED = 6  # from here on thin run lines are paler


def curves_figure(results: Results) -> Drawing:
    """Draw learning curves: loss above accuracy, one column per framework, axes shared along rows."""
    figure, grid = new_figure(3.0, 2, len(results.frameworks), sharex=True, sharey="row")
    for column, framework in enumerate(results.frameworks):
        colour = FRAMEWORK_COLOURS[column % len(FRAMEWORK_COLOURS)]
        curves = framework.curves
        top, bottom = grid[0][column], grid[1][column]
        for axes, train, validation, scale in (
            (top, curves.train_loss, curves.validation_loss, 1.0),
            (bottom, curves.train_accuracy, curves.validation_accuracy, 100.0),
        ):
            draw_runs(axes, train, scale, TRAINING_COLOUR, "--", gettext("training"))
            draw_runs(axes, validation, scale, colour, "-", gettext("validation"))
        top.set_title(framework.title)
        top.legend(loc="upper right")
        bottom.set_xlabel(gettext("Epoch"))
        whole_epochs(bottom, curves.train_loss)
    grid[0][0].set_ylabel(gettext("Loss"))
    grid[1][0].set_ylabel(gettext("Accuracy (%)"))
    return Drawing(figure=figure, data=curves_data(results))


def curves_data(results: Results) -> DataTable:
    """Return loss and accuracy of every epoch of every trial; without classes there is no accuracy."""
    rows = []
    for framework in results.frameworks:
        curves = framework.curves
        for trial, losses in enumerate(curves.train_loss):
            for epoch, loss in enumerate(losses):
                others = (curves.validation_loss, curves.train_accuracy, curves.validation_accuracy)
                rows.append((framework.title, trial + 1, epoch + 1, loss, *(at(values, trial, epoch) for values in others)))
    return data(("framework", "trial", "epoch", "training loss", "validation loss", "training accuracy", "validation accuracy"), rows)


def at(values: Sequence[Sequence[float]], trial: int, epoch: int) -> float | None:
    """Return the value of an epoch of a trial, where there is one."""
    return values[trial][epoch] if trial < len(values) and epoch < len(values[trial]) else None


def draw_runs(axes: Axes, runs: Sequence[Sequence[float]], scale: float, colour: str, style: str, label: str) -> None:
    """Draw every trial as a thin line, the band from lowest to highest, and the median as a thick line."""
    length = min((len(run) for run in runs), default=0)
    if not length:
        return
    values = np.array([run[:length] for run in runs]) * scale
    epochs = np.arange(1, length + 1)
    if len(values) > 1:
        axes.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.13, linewidth=0)
        axes.plot(epochs, values.T, color=colour, linewidth=0.4, linestyle=style, alpha=0.35 if len(values) >= CROWDED else 0.6)
    axes.plot(epochs, np.median(values, axis=0), color=colour, linewidth=1.5, linestyle=style, label=label, marker="o", markersize=2.4)


def whole_epochs(axes: Axes, runs: Sequence[Sequence[float]]) -> None:
    """Mark whole epochs only, at most about ten of them."""
    length = min((len(run) for run in runs), default=1)
    axes.set_xticks(range(1, length + 1, max(1, -(-length // 10))))


def times_figure(results: Results) -> Drawing:
    """Draw training time and steady epoch time against block: dots, median, and its interval as a band."""
    from matplotlib.ticker import MaxNLocator

    figure, grid = new_figure(2.3, 1, 2)
    left, right = grid[0]
    for position, framework in enumerate(results.frameworks):
        draw_trials(left, framework, framework.training_time, position)
        draw_trials(right, framework, framework.steady_epoch_time, position)
    for axes, title in ((left, gettext("Training time (s)")), (right, gettext("Steady epoch time (s)"))):
        axes.set_title(title)
        axes.set_xlabel(gettext("Block"))
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels))
    rows = [
        (framework.title, block, training, epoch)
        for framework in results.frameworks
        for block, training, epoch in zip(
            blocks_of(framework, framework.training_time), framework.training_time.values, framework.steady_epoch_time.values, strict=True
        )
    ]
    return Drawing(figure=figure, data=data(("framework", "block", "training time (s)", "steady epoch time (s)"), rows))


def blocks_of(framework: FrameworkResult, summary: Summary) -> list[int]:
    """Return the block of every value of a summary."""
    return [row.block for row in framework.trials] if len(framework.trials) == summary.n else list(range(1, summary.n + 1))


def draw_trials(axes: Axes, framework: FrameworkResult, summary: Summary, position: int) -> None:
    """Draw one framework's trials of one quantity."""
    colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
    if summary.interval is not None:
        axes.axhspan(summary.interval.low, summary.interval.high, color=colour, alpha=0.13, linewidth=0)
    axes.axhline(summary.median, color=colour, linewidth=1.0, linestyle=("-", "--", ":", "-.")[position % 4])
    axes.plot(
        blocks_of(framework, summary),
        summary.values,
        linestyle="none",
        marker=FRAMEWORK_MARKERS[position % len(FRAMEWORK_MARKERS)],
        markersize=4.2,
        color=colour,
        markeredgecolor="white",
        markeredgewidth=0.4,
        label=framework.title,
    )


def plain_decades(value: float, _position: float | None = None) -> str:
    """Return a tick of the logarithmic axis as a plain number, as the language that is spoken writes it."""
    return localised(f"{value:g}")
