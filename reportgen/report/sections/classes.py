"""Results by class: precision, recall and F1, and the confusion matrices with their difference."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.report.colours import diverging, sequential
from reportgen.report.format import integer, number, one_after_another, percent, signed
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head
from reportgen.report.sections.looks import predictions_figure

DECIMALS = 4  # of precision, recall and F1: one test image in 10 000 is the smallest step they can take


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Tables of section 3 about classes; ``difference`` is None unless exactly two frameworks are compared."""

    scores: Table
    predictions: Figure | None
    matrices: tuple[Table, ...]
    difference: Table | None


def classes(results: Results, register: Register) -> Classes:
    """Make the per-class table, the picture of predictions, one confusion matrix per framework and the difference matrix."""
    scores = score_table(results, register.begin("classes"))
    predictions = predictions_figure(results, register)
    register.begin("confusion")
    matrices = tuple(matrix_table(results, framework, register) for framework in results.frameworks)
    difference = difference_table(results, register) if len(results.frameworks) == 2 else None
    return Classes(scores=scores, predictions=predictions, matrices=matrices, difference=difference)


def score_table(results: Results, register: Register) -> Table:
    """Per-class precision, recall and F1, means over trials, with the difference of F1 where two frameworks are compared."""
    frameworks = results.frameworks
    two = len(frameworks) == 2
    top = [
        head(gettext("Class"), rowspan=2),
        head(gettext("Support"), numeric=True, rowspan=2),
        *(head(framework.title, colspan=3) for framework in frameworks),
    ]
    columns = [head(label, numeric=True) for _ in frameworks for label in (gettext("Precision"), gettext("Recall"), gettext("F1"))]
    if two:
        top.append(head("\u0394 F1", numeric=True, rowspan=2))
    rows: list[list[Cell]] = []
    for position, name in enumerate(results.dataset.class_names):
        scores = [framework.classes[position] for framework in frameworks]
        cells = [head(name), figures(integer(scores[0].support))]
        for score in scores:
            cells += [figures(number(value.mean, DECIMALS)) for value in (score.precision, score.recall, score.f1)]
        if two:
            cells.append(figures(signed(scores[1].f1.mean - scores[0].f1.mean, DECIMALS)))
        rows.append(cells)
    n = results.complete_blocks
    detail = one_after_another(
        ngettext("Means over {n} trial per framework on the test set.", "Means over {n} trials per framework on the test set.", n, n=n),
        gettext("Δ F1 is {title} minus {title_2}.", title=frameworks[1].title, title_2=frameworks[0].title) if two else "",
    )
    return register.table("classes", gettext("Scores by class"), detail, [top, columns], rows)


def matrix_table(results: Results, framework: FrameworkResult, register: Register) -> Table:
    """The confusion matrix of one framework: counts over all trials, shaded by their share of the row, with recall at the end of each row."""
    assert framework.confusion is not None
    rows: list[list[Cell]] = []
    for name, counts in zip(results.dataset.class_names, framework.confusion.counts, strict=True):
        total = sum(counts)
        cells = [head(name)]
        for count in counts:
            # The square root lifts shares of 0.1 % to 1 %, where all the confusion is, out of the white.
            background, ink = sequential(math.sqrt(count / total) if total else 0.0)
            cells.append(Cell(text=integer(count), numeric=True, background=background, ink=ink))
        correct = counts[len(rows)]
        cells.append(figures(percent(correct / total if total else None, 1)))
        rows.append(cells)
    return register.table(
        f"confusion-{framework.name}",
        gettext("Confusion matrix of {title}", title=framework.title),
        ngettext(
            "Test images by true class (rows) and predicted class (columns), added up over {trials} trial on the "
            "same test set. A cell's shade, where it has one, follows the square root of the cell's share of "
            "its row; the last column is the share that is right.",
            "Test images by true class (rows) and predicted class (columns), added up over {trials} trials on the "
            "same test set. A cell's shade, where it has one, follows the square root of the cell's share of "
            "its row; the last column is the share that is right.",
            framework.confusion.trials,
            trials=framework.confusion.trials,
        ),
        matrix_head(results, gettext("Right")),
        rows,
        style="matrix",
    )


def matrix_head(results: Results, last: str | None) -> list[list[Cell]]:
    """Return the two header rows of a matrix."""
    names = results.dataset.class_names
    top = [head(gettext("True"), rowspan=2), head(gettext("Predicted"), colspan=len(names))]
    if last:
        top.append(head(last, numeric=True, rowspan=2))
    return [top, [head(name, numeric=True) for name in names]]


def difference_table(results: Results, register: Register) -> Table:
    """Second framework minus first, in mean counts per trial."""
    first, second = results.frameworks
    assert first.confusion is not None
    assert second.confusion is not None
    trials = (first.confusion.trials, second.confusion.trials)
    matrix = [
        [after / trials[1] - before / trials[0] for before, after in zip(*rows, strict=True)]
        for rows in zip(first.confusion.counts, second.confusion.counts, strict=True)
    ]
    largest = max((abs(value) for row in matrix for value in row), default=0.0)
    rows = []
    for name, values in zip(results.dataset.class_names, matrix, strict=True):
        cells = [head(name)]
        for value in values:
            background, ink = diverging(value / largest if largest else 0.0)
            cells.append(Cell(text=signed(value, 1), numeric=True, background=background, ink=ink))
        rows.append(cells)
    return register.table(
        "confusion-difference",
        gettext("Difference of the confusion matrices"),
        gettext(
            "{title} minus {title_2}, mean number of test images per trial. On the diagonal more is more "
            "images right; elsewhere more is more confusion.",
            title=second.title,
            title_2=first.title,
        ),
        matrix_head(results, None),
        rows,
        style="matrix",
    )
