"""What ``list``, ``show`` and ``doctor`` print."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.config import load_config
from reportgen.errors import DamagedRecordError
from reportgen.runner.worker import RESULT
from reportgen.runs import TRIALS, Run, find_run, list_runs


def runs_folder(runs: Path | None) -> Path:
    """Return the folder of the runs: the one that was given, or the configured one."""
    return runs if runs is not None else load_config(None).runs_folder


def print_listing(runs: Path | None) -> None:
    """Print the members of every extension point, and the runs."""
    from reportgen import datasets, experiments, frameworks, runtimes, workloads

    console = Console()
    formats = [known for name in frameworks.names() for known in frameworks.formats(name)]
    for label, found in (
        ("Workloads", {name: workloads.find(name).title for name in workloads.names()}),
        ("Frameworks", {name: frameworks.find(name).title for name in frameworks.names()}),
        ("Data sets", {name: source.title for name, source in datasets.sources().items()}),
        ("Experiments", {name: experiment.title for name, experiment in experiments.members().items()}),
        ("Export formats", {known.name: f"{known.title} from {frameworks.find(known.framework).title}" for known in formats}),
        ("Runtimes", {name: runtime.title for name, runtime in runtimes.members().items()}),
    ):
        console.print(members_table(label, found))
    folder = runs_folder(runs)
    table = Table(title=f"Runs in {folder}", title_justify="left")
    for heading in ("Run", "Workload", "Data set", "Blocks", "State"):
        table.add_column(heading)
    for path in list_runs(folder):
        table.add_row(*map(Text, run_row(path)))
    console.print(table if table.row_count else f"No runs in {folder} yet. Make one with: python -m reportgen")


def members_table(label: str, found: dict[str, str]) -> Table:
    """Return a table of names and titles."""
    table = Table(title=label, title_justify="left", show_header=False)
    for name, title in found.items():
        table.add_row(name, title)
    return table


def run_row(folder: Path) -> tuple[str, ...]:
    """Return a run's line: what is there is counted, not verified, so that a list of many runs comes at once."""
    try:
        run = Run(folder)
    except DamagedRecordError as error:
        return (folder.name, "", "", "", str(error))
    plan = run.plan
    wanted = [trial.trial for trial in plan.trials if trial.block <= run.last_block]
    done = sum(was_trained(run, trial) for trial in wanted)
    state = "complete" if done == len(wanted) else f"{done} of {len(wanted)} trainings done"
    return (run.name, plan.workload, plan.dataset.name, str(run.last_block), state)


def was_trained(run: Run, trial: str) -> bool:
    """Say whether a planned training, or a repetition of it, has come to its end."""
    for folder in (run.trial_folder(trial), *(run.folder / TRIALS).glob(f"{trial}-attempt-*")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            if "-export-" not in folder.name and json.loads((folder / RESULT).read_bytes())["status"] == "ok":
                return True
    return False


def print_run(name: str, runs: Path | None, as_json: bool) -> None:
    """Print a run's headline table and failures, or all its results as JSON."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather
    from reportgen.headline import findings_text, headline_table

    results = analyse(gather(find_run(runs_folder(runs), name)))
    if as_json:
        click.echo(results.model_dump_json(indent=1))
        return
    console = Console()
    console.print(f"Run {results.run}, {results.complete_blocks} of {results.planned_blocks} blocks", markup=False, highlight=False)
    console.print(headline_table(results))
    for text in findings_text(results):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
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
