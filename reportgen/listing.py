"""What ``list``, ``show`` and ``doctor`` print."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.records import json_in_words
from reportgen.runner.worker import RESULT
from reportgen.runs import SUITE, TRIALS, Run, list_runs
from reportgen.suites import Suite, find

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

#: What the tables cannot list.
OWN = """A workload of your own: python -m reportgen init --workload NAME, then: run --workload NAME
Data of your own: run --dataset PATH, an .npz file or a folder of images by class
"""


def runs_folder(runs: Path | None) -> Path:
    """Return the folder of the runs: the one that was given, or the configured one."""
    return runs if runs is not None else load_config(None, rooms=False).runs_folder


def print_listing(runs: Path | None) -> None:
    """Print the members of every extension point, and the runs."""
    from reportgen import datasets, experiments, forms, frameworks, runtimes, workloads

    console = Console()
    formats = [known for name in frameworks.names() for known in frameworks.formats(name)]
    modes = [known for name in frameworks.names() for known in frameworks.modes(name)]
    for label, found in (
        ("Workloads", {name: workloads.find(name).title for name in workloads.names()}),
        ("Frameworks", {name: frameworks.find(name).title for name in frameworks.names()}),
        ("Modes", {known.name: f"{known.title} in {frameworks.find(known.framework).title}" for known in modes}),
        ("Data sets", {name: source.title for name, source in datasets.sources().items()}),
        ("Experiments", {name: experiment.title for name, experiment in experiments.members().items()}),
        ("Export formats", {known.name: f"{known.title} from {frameworks.find(known.framework).title}" for known in formats}),
        ("Runtimes", {name: runtime.title for name, runtime in runtimes.members().items()}),
        ("Forms of the report", {name: form.description for name, form in forms.members().items()}),
    ):
        console.print(members_table(label, found))
    console.print(OWN, markup=False, highlight=False, soft_wrap=True)
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
    """Return the line of a run or a suite: what is there is counted, not verified, so that a list of many runs comes at once."""
    try:
        if not (folder / SUITE).is_file():
            found = [Run(folder)]
        else:
            suite = Suite(folder)
            found = [suite.run(workload) for workload in suite.record.workloads]
    except ReportgenError as error:
        return (folder.name, "", "", "", str(error))
    wanted = done = 0
    for run in found:
        trials = [trial.trial for trial in run.plan.trials if trial.block <= run.last_block]
        wanted += len(trials)
        done += sum(was_trained(run, trial) for trial in trials)
    return (
        folder.name,
        ", ".join(run.plan.workload for run in found),
        ", ".join(dict.fromkeys(run.plan.dataset.name for run in found)),
        ", ".join(dict.fromkeys(str(run.last_block) for run in found)),
        "complete" if done == wanted else f"{done} of {wanted} trainings done",
    )


def was_trained(run: Run, trial: str) -> bool:
    """Say whether a planned training, or a repetition of it, has come to its end."""
    for folder in (run.trial_folder(trial), *(run.folder / TRIALS).glob(f"{trial}-attempt-*")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            if "-export-" not in folder.name and json.loads((folder / RESULT).read_bytes())["status"] == "ok":
                return True
    return False


def print_run(name: str, runs: Path | None, as_json: bool) -> None:
    """Print the headline table and failures of a run or a suite, or all results as JSON."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather
    from reportgen.headline import findings_text, headline_table

    found = find(runs_folder(runs), name)
    if isinstance(found, Suite):
        print_suite(found, as_json)
        return
    results = analyse(gather(found))
    if as_json:
        click.echo(json_in_words(results))
        return
    console = Console()
    say(console, f"Run {results.run}, {results.complete_blocks} of {results.planned_blocks} blocks")
    console.print(headline_table(results))
    for text in findings_text(results):
        say(console, text)
    print_failures(console, results)


def print_suite(suite: Suite, as_json: bool) -> None:
    """Print the table over all workloads of a suite, then what failed of each, or all results as JSON."""
    from reportgen.suite_headline import findings_lines, missing_lines, suite_table
    from reportgen.suite_jobs import analyse_suite

    _, results = analyse_suite(suite)
    if as_json:
        click.echo(json_in_words(results))
        return
    console = Console()
    console.print(suite_table(results))
    for text in (*findings_lines(results), *missing_lines(results)):
        say(console, text)
    for workload, one in results.workloads.items():
        say(console, f"{workload}: {one.complete_blocks} of {one.planned_blocks} blocks")
        print_failures(console, one)


def print_failures(console: Console, results: Results) -> None:
    """Print what failed in a run, and what else a reader must know."""
    for failed in results.failed_trials:
        again = "a later attempt succeeded" if failed.repeated else "not repeated successfully"
        say(console, f"{failed.trial}: {failed.status}: {failed.cause} ({again})")
    for notice in results.notices:
        say(console, notice)


def say(console: Console, text: str) -> None:
    """Print a line as it is."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def print_templates(folder: Path) -> None:
    """Print the names of all templates, their blocks, and which of them ``folder``, one's own templates, has too; then the themes."""
    from reportgen.report.styles import theme_names
    from reportgen.template_files import blocks_of, template_names

    console = Console()
    table = Table(title="Templates and style sheets of the report", title_justify="left")
    for heading in ("Name", "Blocks", "Here"):
        table.add_column(heading)
    for name in template_names():
        own = (folder / name).is_file()
        table.add_row(name, ", ".join(blocks_of(name)), "your own" if own else "")
    console.print(table)
    say(console, f"Themes: {', '.join(theme_names(folder))}")
    say(console, "Replace one whole: python -m reportgen templates eject NAME; or one block of it: templates eject NAME --block BLOCK")


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
