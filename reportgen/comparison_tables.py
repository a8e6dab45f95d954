"""A comparison of runs as the terminal shows it: the runs, what differs, every metric, and what may be said."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from reportgen.analysis.across.outcome import Comparison, Difference
from reportgen.headline import finding_text
from reportgen.report.across.values import ABSENT, change, figure


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print everything that differs; findings come last, above the paths."""

    def say(text: str, style: str | None = None) -> None:
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    for notice in comparison.notices:
        say(notice, "yellow")
    say(f"{comparison.workload_title}, {comparison.dataset}; {comparison.hardware}")
    console.print(runs_table(comparison))
    for title, rows in (
        ("Configuration", comparison.configuration),
        ("Software", comparison.software),
        ("Other distributions", comparison.packages),
        ("Settings really used", comparison.settings),
    ):
        if rows:
            console.print(difference_table(title, comparison, rows))
    if not comparison.software:
        say("Software: no difference in what the measurements depend on.")
    console.print(metrics_table(comparison))
    say("Findings (trials of different runs are not paired; p-values and intervals after Holm):")
    for position in range(1, len(comparison.runs)):
        for finding in comparison.findings_of(position):
            say(f"  {finding_text(finding)}")


def table_of(title: str, comparison: Comparison, justify: JustifyMethod) -> Table:
    """Return an empty table with a column of names, and one for each run."""
    table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD)
    table.add_column("")
    for run in comparison.runs:
        table.add_column(run.label, justify=justify)
    return table


def runs_table(comparison: Comparison) -> Table:
    """Return the letters of the runs."""
    table = Table(title="Runs", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("", "Run", "Begun", "Blocks"):
        table.add_column(heading)
    for run in comparison.runs:
        table.add_row(run.label, Text(run.run), run.created_at[:16].replace("T", " "), f"{run.complete_blocks} of {run.planned_blocks}")
    return table


def difference_table(title: str, comparison: Comparison, rows: Sequence[Difference]) -> Table:
    """Return what differs, a column for each run."""
    table = table_of(f"{title}: what differs", comparison, "left")
    for row in rows:
        table.add_row(Text(row.name), *(Text(value or ABSENT) for value in row.values))
    return table


def metrics_table(comparison: Comparison) -> Table:
    """Return the median of every metric, and what became of it in each run after the first; the medians' intervals are in the documents."""
    table = table_of("Metrics: medians, and ratios with their intervals", comparison, "right")
    for run in comparison.runs[1:]:
        table.add_column(f"{run.label} against {comparison.runs[0].label}", justify="right", no_wrap=True)
    for metric in comparison.metrics:
        cells = [figure(summary, metric.unit) for summary in metric.summaries]
        table.add_row(Text(metric.title), *cells, *(change(metric, position) for position in range(1, len(comparison.runs))))
    return table
