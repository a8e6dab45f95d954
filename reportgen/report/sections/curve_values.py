"""The values of curves in words, for a reader of the web page who points at them: the digits are those of the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from reportgen.analysis.results import FrameworkResult, Results, Summary
from reportgen.language import gettext
from reportgen.report.format import THIN_SPACE, number, raised, scientific, significant
from reportgen.report.sections.elements import Curve

MOST_POINTS = 80  # of a curve: more are closer together than a finger can tell
LOSS_DECIMALS, ACCURACY_DECIMALS = 4, 2

Words = Callable[[float], str]
Points = tuple[tuple[float, float, str], ...]


def learning_values(results: Results) -> tuple[Curve, ...]:
    """Return the medians of the learning curves: panels as :func:`reportgen.report.loss_figure.learning_curves` draws them."""
    if results.dataset.task == "classification":
        columns = len(results.frameworks)
        return tuple(curve for column, framework in enumerate(results.frameworks) for curve in class_curves(framework, column, column + columns))
    if all(framework.step_losses for framework in results.frameworks):
        return tuple(step_curve(framework) for framework in results.frameworks)
    return tuple(curve for column, framework in enumerate(results.frameworks) for curve in loss_curves(framework, column))


def class_curves(framework: FrameworkResult, above: int, below: int) -> tuple[Curve, ...]:
    """Return loss and accuracy of one framework, the panel of the losses ``above`` that of the accuracies."""
    curves, title = framework.curves, framework.title
    return (
        Curve(panel=above, label=gettext("{title}, training loss", title=title), points=by_epoch(curves.train_loss, loss_words)),
        Curve(panel=above, label=gettext("{title}, validation loss", title=title), points=by_epoch(curves.validation_loss, loss_words)),
        Curve(panel=below, label=gettext("{title}, training accuracy", title=title), points=by_epoch(curves.train_accuracy, percent_words, 100.0)),
        Curve(
            panel=below, label=gettext("{title}, validation accuracy", title=title), points=by_epoch(curves.validation_accuracy, percent_words, 100.0)
        ),
    )


def loss_curves(framework: FrameworkResult, panel: int) -> tuple[Curve, ...]:
    """Return the losses of one framework where there are no classes."""
    return (
        Curve(
            panel=panel,
            label=gettext("{title}, training loss", title=framework.title),
            points=by_epoch(framework.curves.train_loss, scientific_words),
        ),
        Curve(
            panel=panel,
            label=gettext("{title}, validation loss", title=framework.title),
            points=by_epoch(framework.curves.validation_loss, scientific_words),
        ),
    )


def step_curve(framework: FrameworkResult) -> Curve:
    """Return the loss before each step."""
    values = framework.step_losses.median if framework.step_losses is not None else ()
    points = tuple(
        (
            float(place + 1),
            values[place],
            gettext("step {place}: {scientific_words}", place=place + 1, scientific_words=scientific_words(values[place])),
        )
        for place in evenly(len(values))
    )
    return Curve(panel=0, label=framework.title, points=points)


def time_values(results: Results) -> tuple[Curve, ...]:
    """Return every trial's dot: panels as :func:`reportgen.report.figures.times_figure` draws them."""
    return tuple(
        Curve(panel=panel, label=f"{framework.title}, {name}", points=by_block(framework, summary))
        for framework in results.frameworks
        for panel, name, summary in (
            (0, gettext("training time"), framework.training_time),
            (1, gettext("steady epoch time"), framework.steady_epoch_time),
        )
    )


def by_block(framework: FrameworkResult, summary: Summary) -> Points:
    """Return one quantity of every trial against its block."""
    blocks = [row.block for row in framework.trials] if len(framework.trials) == summary.n else list(range(1, summary.n + 1))
    return tuple(
        (float(block), value, gettext("block {block}: {significant}\u202fs", block=block, significant=significant(value)))
        for block, value in zip(blocks, summary.values, strict=True)
    )


def by_epoch(runs: Sequence[Sequence[float]], words: Words, scale: float = 1.0) -> Points:
    """Return the median over runs of each epoch, with the range that they cover."""
    points = []
    for place in evenly(min((len(run) for run in runs), default=0)):
        values = [run[place] * scale for run in runs]
        middle = median(values)
        figures = {"place": place + 1, "middle": words(middle)}
        said = (
            gettext("epoch {place}: {middle} ({least} to {most})", least=words(min(values)), most=words(max(values)), **figures)
            if len(values) > 1
            else gettext("epoch {place}: {middle}", **figures)
        )
        points.append((float(place + 1), middle, said))
    return tuple(points)


def evenly(length: int) -> list[int]:
    """Return the places of a curve that show a value: all, or :data:`MOST_POINTS` of them from the first to the last."""
    if length <= MOST_POINTS:
        return list(range(length))
    return [round(place * (length - 1) / (MOST_POINTS - 1)) for place in range(MOST_POINTS)]


def loss_words(value: float) -> str:
    """Return a loss as the table of epochs has it."""
    return number(value, LOSS_DECIMALS)


def percent_words(value: float) -> str:
    """Return an accuracy in per cent as the table of epochs has it."""
    return f"{number(value, ACCURACY_DECIMALS)}{THIN_SPACE}%"


def scientific_words(value: float) -> str:
    """Return a loss that may be very small."""
    return raised(scientific(value, 3))
