"""The verbs of nightly comparisons: a night, the nights of other machines, and making room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from reportgen.errors import ReportgenError
from reportgen.verbs.options import command_line, folder, language_option

runs_option = click.option("--runs", type=folder, help="Folder of the runs, which are the history. [default: runs]")


@click.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--require-baseline", is_flag=True, default=None, help="End with 3 while the nights before are too few to compare with.")
@click.option("--prune", "prune_after", is_flag=True, help="Make room afterwards, as the verb prune does.")
@click.option("--workload", "workloads", multiple=True, help="What to measure; once for each of several.")
@click.option("--dataset", help="Data set: a name, auto, or the path of your own.")
@click.option("--blocks", type=int, help="Repetitions a night.")
@click.option("--epochs", type=int, help="Passes over the training data.")
@click.option("--quick", is_flag=True, help="Three blocks: a night of few minutes, whose medians have no interval.")
@click.option("--form", "given_forms", multiple=True, help="Forms of the report, with commas between. [default: pdf,html]")
@runs_option
@click.option("--out", type=folder, help="Folder of the finished documents. [default: out]")
@language_option
@click.option("--quiet", is_flag=True, help="Print only what is worth a look, the paths, and the last line.")
def nightly(config: Path | None, language: str | None, quiet: bool, prune_after: bool, **flags: Any) -> None:
    """Measure a night, compare it with the nights before, and end with 0 fine, 1 regression, 2 failure or 3 inconclusive.

    CONFIG is a report.toml; without it, the one in this folder, else the built-in study. What seems worse is measured again at once.
    """
    from reportgen import forms
    from reportgen.config import load_config
    from reportgen.nightly_command import Nightly, record_failure
    from reportgen.records import Sentence

    study: dict[str, object] = {f"study.{name}": flags[name] for name in ("dataset", "blocks", "epochs") if flags[name] is not None}
    study |= {"study.workload": flags["workloads"]} if flags["workloads"] else {}
    study |= {"study.preset": "quick"} if flags["quick"] else {}
    output: dict[str, object] = {f"output.{name}": str(flags[name]) for name in ("runs", "out") if flags[name] is not None}
    output |= {"output.forms": forms.split(flags["given_forms"])} if flags["given_forms"] else {}
    output |= {"report.language": language} if language is not None else {}
    required = {"nightly.require_baseline": flags["require_baseline"]}
    try:
        loaded = load_config(config, study | output | required)
    except ReportgenError as error:
        # Where the documents go is in the configuration that is wrong; by default it is a folder beside it.
        record_failure(flags["out"] or (Path() if config is None else config.parent) / "out", Sentence.of(error))
        raise
    sys.exit(Nightly(loaded, command_line(), quiet, prune_after).run())


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=folder)
@runs_option
def merge(folders: tuple[Path, ...], runs: Path | None) -> None:
    """Take the runs of other machines (folders of runs, or single runs) into this folder of runs, so that they are one history."""
    from reportgen.config import load_config
    from reportgen.nightly.merging import merge_runs

    here = load_config(None, {"output.runs": None if runs is None else str(runs)}, rooms=False).runs_folder
    for line in merge_runs(folders, here):
        click.echo(line)


@click.command()
@click.option("--config", type=click.Path(path_type=Path), help="report.toml with the policy. [default: the one in this folder]")
@click.option("--artifacts-days", type=int, help="Keep exported models for so many days. [default: 30]")
@click.option("--records-days", type=int, help="Keep records for so many days; 0 for ever. [default: 0]")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@runs_option
@click.option("--out", type=folder, help="Folder of the finished documents. [default: out]")
def prune(config: Path | None, dry_run: bool, runs: Path | None, out: Path | None, **days: int | None) -> None:
    """Make room: remove the exported models of old nights, and keep what was measured. Runs that are no nights are left alone."""
    from reportgen.config import load_config
    from reportgen.nightly.pruning import prune_nights

    given: dict[str, object] = {f"nightly.keep_{name}": value for name, value in days.items()}
    places: dict[str, object] = {"output.runs": None if runs is None else str(runs), "output.out": None if out is None else str(out)}
    for line in prune_nights(load_config(config, given | places, rooms=False), dry_run):
        click.echo(line)


VERBS = (nightly, merge, prune)
