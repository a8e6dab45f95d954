"""What ``list``, ``show`` and ``doctor`` print."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from reportgen.config import load_config
from reportgen.runs import Run, find_run, list_runs


def runs_folder(runs: Path | None) -> Path:
    """Return the folder of the runs: the one that was given, or the configured one."""
    return runs if runs is not None else load_config(None).runs_folder


def print_listing(runs: Path | None) -> None:
    """Print the members of every extension point, and the runs."""
    from reportgen import datasets, frameworks, runtimes, workloads

    console = Console()
    for label, found in (
        ("Workloads", {name: workloads.find(name).title for name in workloads.names()}),
        ("Frameworks", {name: frameworks.find(name).title for name in frameworks.names()}),
        ("Data sets", {name: source.title for name, source in datasets.sources().items()}),
        ("Export formats", {known.name: f"{known.title} from {frameworks.find(name).title}" for name in frameworks.names() for known in frameworks.formats(name)}),
        ("Runtimes", {name: runtime.title for name, runtime in runtimes.members().items()}),
    ):
        console.print(members_table(label, found))
    folder = runs_folder(runs)
    table = Table(title=f"Runs in {folder}", title_justify="left")
    for heading in ("Run", "Workload", "Data set", "Blocks", "State"):
        table.add_column(heading)
    for path in list_runs(folder):
        table.add_row(*run_row(Run(path)))
    console.print(table if table.row_count else f"No runs in {folder} yet. Make one with: python -m reportgen")


def members_table(label: str, found: dict[str, str]) -> Table:
    """Return a table of names and titles."""
    table = Table(title=label, title_justify="left", show_header=False)
    for name, title in found.items():
        table.add_row(name, title)
    return table


def run_row(run: Run) -> tuple[str, ...]:
    """Return a run's line: whether it is complete is seen from what is there, not computed."""
    plan = run.plan
    done = sum(1 for trial in plan.trials if any(run.folder.glob(f"trials/{trial.trial}*/predictions.npz")))
    state = "complete" if done == len(plan.trials) else f"{done} of {len(plan.trials)} trainings done"
    return (run.name, plan.workload, plan.dataset.name, str(plan.blocks), state)


def print_run(name: str, runs: Path | None, as_json: bool) -> None:
    """Print a run's headline table and failures, or all its results as JSON."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather
    from reportgen.headline import headline_table

    results = analyse(gather(find_run(runs_folder(runs), name)))
    if as_json:
        click.echo(results.model_dump_json(indent=1))
        return
    console = Console()
    console.print(f"Run {results.run}, {results.complete_blocks} of {results.planned_blocks} blocks", markup=False, highlight=False)
    console.print(headline_table(results))
    for failed in results.failed_trials:
        again = "a later attempt succeeded" if failed.repeated else "not repeated successfully"
        console.print(f"{failed.trial}: {failed.status}: {failed.cause} ({again})", markup=False, highlight=False, soft_wrap=True)
    for notice in results.notices:
        console.print(notice, markup=False, highlight=False, soft_wrap=True)


def print_checks() -> bool:
    """Print what the doctor found; return whether nothing that is needed is missing."""
    from reportgen.doctor import examine

    console = Console()
    table = Table(title="What this machine has", title_justify="left")
    for heading in ("", "What", "State", "Found"):
        table.add_column(heading)
    with console.status("Looking ..."):
        checks = examine()
    group = ""
    for check in checks:
        style = {"present": None, "warning": "yellow", "missing": "red"}[check.status]
        table.add_row(check.group if check.group != group else "", check.name, check.status, check.found, style=style)
        group = check.group
    console.print(table)
    for check in checks:
        if check.status != "present" and check.remedy:
            console.print(f"{check.name}: {check.remedy}", markup=False, highlight=False, soft_wrap=True)
    return not any(check.status == "missing" and not check.optional for check in checks)
