"""The table over all workloads of a suite and their primary findings, as the terminal shows them."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from reportgen.analysis.suite import SuiteResults
from reportgen.headline import cell
from reportgen.report.format import duration
from reportgen.report.sections.summary import missing_sentence, ratio_text, score_text


def suite_table(suite: SuiteResults) -> Table:
    """Return a row for each framework on each workload: score, training time (median and range) and the ratio of training times."""
    table = Table(title=Text(f"{len(suite.summary)} workloads, suite {suite.suite}"), title_justify="left", box=SIMPLE_HEAD)
    for heading in ("Workload", "Framework"):
        table.add_column(heading)
    for heading in ("Score", "Training time", "n", "Ratio [interval]"):
        table.add_column(heading, justify="right")
    for one in suite.summary:
        for position, framework in enumerate(one.frameworks):
            first = position == 0
            cells = (
                one.workload if first else "",
                f"{framework.title} {framework.version}",
                score_text(one, framework),
                cell(framework.training_time, duration),
                str(framework.n),
                ratio_text(one) if first else "",
            )
            # As text: in a string, rich would take an interval in square brackets for a style.
            table.add_row(*map(Text, cells), end_section=framework is one.frameworks[-1])
    return table


def findings_lines(suite: SuiteResults) -> tuple[str, ...]:
    """Return a line for each primary finding; nothing where one framework was measured."""
    lines = [f"  {one.workload}, {outcome.title.lower()}: {outcome.sentence}" for one in suite.summary for outcome in one.primary]
    return (f"Primary findings (p-values and intervals after Holm, over the claims of all {len(suite.summary)} workloads):", *lines) if lines else ()


def missing_lines(suite: SuiteResults) -> tuple[str, ...]:
    """Return which workloads are missing, and why."""
    return tuple(missing_sentence(one) for one in suite.missing)


def notice_lines(suite: SuiteResults) -> tuple[str, ...]:
    """Return what a reader must know: what is missing, then the notices of each workload."""
    return missing_lines(suite) + tuple(f"{workload}: {notice}" for workload, results in suite.workloads.items() for notice in results.notices)
