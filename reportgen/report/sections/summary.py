"""The section over all workloads of a suite: one table, one figure of ratios, and the primary findings word for word."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.suite import FrameworkSummary, MissingWorkload, SuiteResults, WorkloadSummary
from reportgen.language import gettext
from reportgen.report.format import ABSENT, DASH, THIN_SPACE, enumeration, lowered, one_after_another, percent, plural, significant
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, summary_text, words
from reportgen.report.sections.findings import OUTCOMES, sentence
from reportgen.report.sections.point_values import in_rows, ratio_words


@dataclass(frozen=True, kw_only=True)
class SuiteSummary:
    """Strings of the summary; ``ratios`` is None where no workload has a ratio with an interval. ``points`` are findings, then what is missing."""

    introduction: str
    table: Table
    ratios: Figure | None
    points: tuple[str, ...]


def suite_summary(suite: SuiteResults, register: Register) -> SuiteSummary:
    """Make the table over all workloads and the figure of their ratios."""
    findings = tuple(f"{one.workload}, {lowered(outcome.title)}: {sentence(outcome.sentence)}" for one in suite.summary for outcome in one.primary)
    return SuiteSummary(
        introduction=introduction(suite),
        table=summary_table(suite, register),
        ratios=ratio_figure(suite, register) if drawn(suite) else None,
        points=findings + tuple(missing_sentence(one) for one in suite.missing),
    )


def introduction(suite: SuiteResults) -> str:
    """Say what the section holds, and over what its p-values and intervals are adjusted."""
    counted = plural(len(suite.summary), "workload")
    if not any(results.findings for results in suite.members):
        return gettext("One line for each framework on each of {counted}; a chapter on each workload follows.", counted=counted)
    return gettext(
        "One line for each framework on each of {counted}; a chapter on each workload follows. p-values "
        "and intervals of findings are Holm's, over all claims on all workloads of this report together, "
        "so that measuring {counted} does not make a false claim any likelier.",
        counted=counted,
    )


def missing_sentence(missing: MissingWorkload) -> str:
    """Say which workload is missing and why."""
    return gettext("{workload} is missing: {reason}", workload=missing.workload, reason=" ".join(str(missing.reason).split()))


def drawn(suite: SuiteResults) -> tuple[WorkloadSummary, ...]:
    """Return the workloads that the figure of ratios shows."""
    return tuple(one for one in suite.summary if one.ratio is not None and one.interval is not None)


def summary_table(suite: SuiteResults, register: Register) -> Table:
    """The table over all workloads: a row group each, a row for each framework."""
    rows = [row for one in suite.summary for row in workload_rows(one)]
    named = {(one.numerator, one.denominator) for one in suite.summary if one.ratio is not None}
    ratio = ", ".join(
        gettext("training time of {numerator} over that of {denominator}", numerator=numerator, denominator=denominator)
        for numerator, denominator in sorted(named, key=str)
    )
    return register.table(
        "summary",
        gettext("All workloads"),
        one_after_another(
            gettext(
                "Score on the test set: mean accuracy, or mean squared error where a workload predicts numbers, "
                "with its standard deviation over trials. Training time: median with its interval."
            ),
            gettext("Ratio: {ratio}, paired by block, with Holm's interval.", ratio=ratio) if ratio else "",
        ),
        [
            (
                head(gettext("Workload")),
                head(gettext("Framework")),
                head(gettext("Score"), numeric=True),
                head(gettext("Training time (s)"), numeric=True),
                head("n", numeric=True),
                head(gettext("Ratio"), numeric=True),
                head(gettext("Primary findings")),
                head(gettext("Parity")),
            )
        ],
        rows,
        style="grouped small",
    )


def workload_rows(one: WorkloadSummary) -> list[list[Cell]]:
    """Return the rows of one workload."""
    span = len(one.frameworks)
    rows: list[list[Cell]] = []
    for position, framework in enumerate(one.frameworks):
        cells = [head(one.workload, rowspan=span)] if position == 0 else []
        cells += [
            words(framework.title),
            figures(score_text(one, framework)),
            figures(summary_text(framework.training_time, most_decimals=4).median_with_interval),
            figures(str(framework.n)),
        ]
        if position == 0:
            outcomes = "; ".join(f"{outcome.title}: {lowered(gettext(OUTCOMES[outcome.outcome]))}" for outcome in one.primary)
            cells += [
                Cell(text=ratio_text(one), numeric=True, rowspan=span),
                words(outcomes or DASH, rowspan=span),
                words(gettext(one.parity), rowspan=span),
            ]
        rows.append(cells)
    return rows


def score_text(one: WorkloadSummary, framework: FrameworkSummary) -> str:
    """Return a framework's mean score with its standard deviation, in the unit of the workload."""
    if framework.score is None:
        return gettext(ABSENT)
    if one.score == "test accuracy":
        text = summary_text(framework.score, 100.0, most_decimals=2)
        return f"{text.mean} \u00b1 {text.standard_deviation}{THIN_SPACE}%" if framework.n > 1 else percent(framework.score.mean)
    text = summary_text(framework.score)
    return f"{text.mean} \u00b1 {text.standard_deviation}" if framework.n > 1 else significant(framework.score.mean)


def ratio_text(one: WorkloadSummary) -> str:
    """Return the ratio with its interval, to the digits that the interval allows; a dash where there is none."""
    return DASH if one.ratio is None else ratio_words(one.ratio, one.interval)


def ratio_figure(suite: SuiteResults, register: Register) -> Figure:
    """The ratios of training time by workload, with interval and noise floor."""
    shown = drawn(suite)
    first = shown[0]
    described = [f"{one.workload} {ratio_text(one)}" for one in shown]
    counts = enumeration(dict.fromkeys(str(one.frameworks[0].n) for one in shown))
    return register.figure(
        "summary-ratios",
        gettext("Ratios of training time by workload"),
        gettext(
            "Training time of {numerator} over that of {denominator}, paired by block, n = {counts}: mean of "
            "the logarithms, with Holm's interval. The grey band of a row is its noise floor; a filled dot is "
            "a claim, an open one is none.",
            numerator=first.numerator,
            denominator=first.denominator,
            counts=counts,
        ),
        gettext(
            "Dots with horizontal intervals on a logarithmic axis around 1, a row for each workload: {described}.", described="; ".join(described)
        ),
        "summary-ratios",
        curves=in_rows((one.workload, one.ratio, ratio_text(one)) for one in shown if one.ratio is not None),
    )
