"""Results where numbers are to be found: the losses after the first epoch and after the last."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import Results, Summary
from reportgen.language import gettext
from reportgen.report.format import integer, plural, scientific
from reportgen.report.sections.elements import Cell, Register, Table, figures, head, words


@dataclass(frozen=True, kw_only=True)
class Losses:
    """The table of losses; None where a class is to be found, or every trial diverged."""

    table: Table | None


def losses(results: Results, register: Register) -> Losses:
    """Make the table: a row for each framework and number of steps."""
    if results.dataset.task != "regression" or not any(framework.losses_after for framework in results.frameworks):
        return Losses(table=None)
    rows: list[list[Cell]] = []
    for framework in results.frameworks:
        for place, one in enumerate(framework.losses_after):
            label = [head(framework.title, rowspan=len(framework.losses_after))] if place == 0 else []
            rows.append([*label, figures(integer(one.steps)), *cells(one.training), *cells(one.validation)])
        if framework.losses_after and framework.test_loss is not None:
            last = framework.losses_after[-1].steps
            rows.append([words(gettext("on the test samples")), figures(integer(last)), words("", colspan=2), *cells(framework.test_loss)])
    top = [
        head(gettext("Framework"), rowspan=2),
        head(gettext("Steps"), numeric=True, rowspan=2),
        head(gettext("On the training samples"), colspan=2),
        head(gettext("On other samples"), colspan=2),
    ]
    below = [head(label, numeric=True) for _ in range(2) for label in (gettext("Median"), gettext("Range"))]
    table = register.table(
        "losses",
        gettext("Mean squared error"),
        gettext(
            "After the given number of training steps; median and range over {complete_blocks} for each "
            "framework. Other samples are the {validation_count} for validation, or where it says so the "
            "{test_count} for testing.",
            complete_blocks=plural(results.complete_blocks, "trial"),
            validation_count=integer(results.dataset.validation_count),
            test_count=integer(results.dataset.test_count),
        ),
        [top, below],
        rows,
    )
    return Losses(table=table)


def cells(summary: Summary) -> list[Cell]:
    """Return median and range."""
    return [
        figures(scientific(summary.median, 3)),
        figures(gettext("{minimum} to {maximum}", minimum=scientific(summary.minimum, 3), maximum=scientific(summary.maximum, 3))),
    ]
