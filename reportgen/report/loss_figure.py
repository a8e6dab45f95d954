"""The learning curves where numbers are to be found: losses on a logarithmic axis, step by step where they are known."""

from __future__ import annotations

import numpy as np

from reportgen.analysis.results import Results
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.data_tables import data
from reportgen.report.drawing import Drawing, new_figure
from reportgen.report.figures import TRAINING_COLOUR, curves_data, curves_figure, draw_runs, whole_epochs

LINES = ("-", "--", ":", "-.")


def learning_curves(results: Results) -> Drawing:
    """Draw the learning curves of whatever task."""
    return curves_figure(results) if results.dataset.task == "classification" else losses_figure(results)


def losses_figure(results: Results) -> Drawing:
    """Draw the losses: one panel with a line for each framework where every step is known, else a column for each, by epoch."""
    if all(framework.step_losses for framework in results.frameworks):
        return steps_figure(results)
    figure, grid = new_figure(2.6, 1, len(results.frameworks), sharey="row")
    for column, framework in enumerate(results.frameworks):
        axes = grid[0][column]
        draw_runs(axes, framework.curves.train_loss, 1.0, TRAINING_COLOUR, "--", "training")
        draw_runs(axes, framework.curves.validation_loss, 1.0, FRAMEWORK_COLOURS[column % len(FRAMEWORK_COLOURS)], "-", "validation")
        axes.set_yscale("log")
        axes.set_title(framework.title)
        axes.legend(loc="upper right")
        axes.set_xlabel("Epoch")
        whole_epochs(axes, framework.curves.train_loss)
    grid[0][0].set_ylabel("Mean squared error")
    return Drawing(figure=figure, data=curves_data(results))


def steps_figure(results: Results) -> Drawing:
    """Draw the losses of every step; a loss of zero has no place on a logarithmic axis."""
    figure, grid = new_figure(2.8, 1, 1)
    axes = grid[0][0]
    for position, framework in enumerate(results.frameworks):
        if framework.step_losses is None:
            continue
        colour = FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)]
        median, low, high = (
            np.where(np.asarray(values) > 0, values, np.nan)
            for values in (framework.step_losses.median, framework.step_losses.lowest, framework.step_losses.highest)
        )
        steps = np.arange(1, len(median) + 1)
        axes.fill_between(steps, low, high, color=colour, alpha=0.13, linewidth=0)
        # The second line is broken, so that two that lie on each other are both seen.
        axes.plot(steps, median, color=colour, linewidth=1.8, linestyle=LINES[position % len(LINES)], label=framework.title)
    axes.set_yscale("log")
    axes.set_xlabel("Step")
    axes.set_ylabel("Mean squared error")
    axes.legend(loc="upper right")
    rows = [
        (framework.title, step, *values)
        for framework in results.frameworks
        if (losses := framework.step_losses) is not None
        for step, values in enumerate(zip(losses.median, losses.lowest, losses.highest, strict=True), start=1)
    ]
    return Drawing(figure=figure, data=data(("framework", "step", "median loss", "lowest loss", "highest loss"), rows))
