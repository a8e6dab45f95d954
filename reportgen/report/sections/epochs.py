"""Results, epoch by epoch: training time, validation loss and validation accuracy, as a training log would show them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.report.format import number, scientific, significant
from reportgen.report.sections.elements import Cell, Register, Table, figures, head, words

MOST_ROWS = 20  # of more epochs, so many are shown, evenly spread, the last among them


def epoch_table(results: Results, register: Register) -> Table:
    """Medians over trials of every epoch."""
    epochs = results.hyperparameters.epochs
    top = [head(gettext("Epoch"), numeric=True, rowspan=2), *(head(framework.title, colspan=3) for framework in results.frameworks)]
    classes = results.dataset.task == "classification"
    labels = (
        (gettext("Time (s)"), gettext("Loss"), gettext("Accuracy (%)"))
        if classes
        else (gettext("Time (s)"), gettext("Training loss"), gettext("Other loss"))
    )
    columns = [head(label, numeric=True) for _ in results.frameworks for label in labels]
    rows = [
        [head(str(epoch), numeric=True), *(cell for framework in results.frameworks for cell in epoch_cells(framework, epoch - 1))]
        for epoch in shown_epochs(epochs)
    ]
    return register.table(
        "epochs",
        gettext("Epoch by epoch"),
        detail(results),
        [top, columns],
        rows,
    )


def detail(results: Results) -> str:
    """Return what the columns are: medians of what was seen of each epoch."""
    n = results.complete_blocks
    if results.dataset.task == "classification":
        return ngettext(
            "Medians over {n} trial per framework: time of the epoch's training without validation, and loss and accuracy on the validation images "
            "after it. The first epoch's time includes the first step.",
            "Medians over {n} trials per framework: time of the epoch's training without validation, and loss and accuracy on the validation images "
            "after it. The first epoch's time includes the first step.",
            n,
            n=n,
        )
    return ngettext(
        "Medians over {n} trial per framework: time of the epoch's training without validation, and the mean loss of its steps and the loss on the "
        "validation samples after it. The first epoch's time includes the first step.",
        "Medians over {n} trials per framework: time of the epoch's training without validation, and the mean loss of its steps and the loss on the "
        "validation samples after it. The first epoch's time includes the first step.",
        n,
        n=n,
    )


def shown_epochs(epochs: int) -> list[int]:
    """Return the epochs that have a row: all, or :data:`MOST_ROWS` of them, evenly spread from the first to the last."""
    if epochs <= MOST_ROWS:
        return list(range(1, epochs + 1))
    return [1 + round(place * (epochs - 1) / (MOST_ROWS - 1)) for place in range(MOST_ROWS)]


def epoch_cells(framework: FrameworkResult, index: int) -> list[Cell]:
    """Return time, validation loss and validation accuracy of one epoch."""
    curves = framework.curves
    if not any(curves.validation_accuracy):
        time_s, training, other = (middle(runs, index) for runs in (curves.train_s, curves.train_loss, curves.validation_loss))
        if time_s is None or training is None or other is None:
            return [words("", colspan=3)]
        return [figures(significant(time_s)), figures(scientific(training, 3)), figures(number(other, 4))]
    time_s, loss, accuracy = (middle(runs, index) for runs in (curves.train_s, curves.validation_loss, curves.validation_accuracy))
    if time_s is None or loss is None or accuracy is None:
        return [words("", colspan=3)]
    return [figures(significant(time_s)), figures(number(loss, 4)), figures(number(100 * accuracy, 2))]


def middle(runs: Sequence[Sequence[float]], index: int) -> float | None:
    """Return the median over the runs that have this epoch."""
    values = [run[index] for run in runs if len(run) > index]
    return median(values) if values else None
