"""The command line: one verb a function, which parses, calls and prints."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Any

import click

import reportgen
from reportgen import verbs
from reportgen.errors import ReportgenError
from reportgen.verbs.options import (
    command_line,
    figures_option,
    form_option,
    language_option,
    out_option,
    quiet_option,
    runs_option,
    templates_option,
    theme_option,
)

EXIT_FAILED = 2

SUMMARY = """Compare TensorFlow and PyTorch on the same network, repeatedly and honestly, and write the lab report.

Without a verb, it runs the study of report.toml in this folder, or the built-in one, and writes the report."""


class Verbs(click.Group):
    """Runs the verb ``run`` when none is given, so that ``python -m reportgen`` makes the report."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Put ``run`` in front of arguments that begin with no verb."""
        first = arguments[0] if arguments else ""
        if first in self.commands or first in ("--help", "-h", "--version"):
            return super().parse_args(context, arguments)
        if first and not first.startswith("-") and not Path(first).exists():
            near = difflib.get_close_matches(first, self.commands, n=1)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            raise ReportgenError(f"{first!r} is neither a verb nor a file.{meant} Verbs: {', '.join(self.commands)}.")
        return super().parse_args(context, ["run", *arguments])


@click.group(cls=Verbs, help=SUMMARY, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110})
@click.version_option(reportgen.__version__, prog_name="reportgen")
def main() -> None:
    """Parse the command line."""


@main.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option(
    "--workload", "workloads", multiple=True, help="What to compare: a name, or the folder of a workload of your own; once for each of several."
)
@click.option("--framework", "frameworks", multiple=True, help="A framework to measure; give it once for each.")
@click.option("--mode", "modes", multiple=True, help="How to drive a framework: idiomatic, tuned, or a mode's name; give it once for each.")
@click.option(
    "--dataset", help="Data set: mnist, digits, auto (MNIST where it can be had), or the path of your own: an .npz file or a folder of images."
)
@click.option("--blocks", type=int, help="Repetitions: each block trains every framework once.")
@click.option("--epochs", type=int, help="Passes over the training data.")
@click.option("--batch-size", type=int, help="Images in a training step.")
@click.option("--seed", type=int, help="Seed of the first block.")
@click.option("--start", help="Initial weights and order of the images: native (each framework's own) or shared.")
@click.option("--fresh-processes", is_flag=True, help="Start a new interpreter for every trial, instead of forking it where that is possible.")
@click.option("--device", help="What to compute on: cpu, cuda (an NVIDIA GPU), or auto (a GPU where every framework computes on it).")
@click.option("--experiment", "experiments", multiple=True, help="A measurement beside the blocks, once for each; none for no such measurement.")
@click.option("--quick", is_flag=True, help="Three blocks: a description without claims.")
@click.option("--rigorous", is_flag=True, help="Twenty blocks: for differences of a few per cent.")
@click.option("--resume", metavar="RUN", help="Finish this run instead: measure what is missing, repeat nothing.")
@templates_option
@theme_option
@language_option
@form_option
@figures_option
@runs_option
@out_option
@quiet_option
def run(config: Path | None, resume: str | None, quick: bool, rigorous: bool, quiet: bool, given_forms: tuple[str, ...], **flags: Any) -> None:
    """Measure, and write the report. CONFIG is a report.toml; without it, the one in this folder, else the built-in study."""
    from reportgen.config import load_config
    from reportgen.suite_command import resume as resume_run
    from reportgen.suite_command import start as start_run

    plain = ("dataset", "blocks", "epochs", "batch_size", "seed", "start", "device")
    study = {f"study.{name}": flags[name] for name in plain if flags[name] is not None}
    study |= {f"study.{name}": flags[name] for name in ("frameworks", "modes") if flags[name]}
    study |= {"study.workload": flags["workloads"]} if flags["workloads"] else {}
    study |= {"study.experiments": () if flags["experiments"] == ("none",) else flags["experiments"]} if flags["experiments"] else {}
    if quick and rigorous:
        raise ReportgenError("--quick asks for three blocks and --rigorous for twenty. Give one of them.")
    study |= {"study.fresh_processes": True} if flags["fresh_processes"] else {}
    study |= {"study.preset": "quick"} if quick else {"study.preset": "rigorous"} if rigorous else {}
    if resume is not None and study:
        given = ", ".join(sorted(name.removeprefix("study.") for name in study))
        raise ReportgenError(f"--resume finishes a run as it was planned, so it cannot change: {given}. Leave that out, or start a new run.")
    output = {f"output.{name}": str(flags[name]) for name in ("runs", "out") if flags[name] is not None}
    documents = documents_asked(flags["templates"], flags["theme"], flags["language"], given_forms, flags["figures"])
    loaded = load_config(config, study | output | documents)
    complete = resume_run(loaded, resume, quiet, documents) if resume is not None else start_run(loaded, command_line(), quiet)
    if not complete:
        sys.exit(EXIT_FAILED)


@main.command()
@click.argument("run", default="latest")
@click.option("--config", type=click.Path(path_type=Path), help="report.toml with title data and prose. [default: the run's own, else the one here]")
@click.option("--strict", is_flag=True, help="Stop where a section that only the author can write is empty.")
@templates_option
@theme_option
@language_option
@form_option
@figures_option
@runs_option
@out_option
def render(run: str, config: Path | None, strict: bool, runs: Path | None, out: Path | None, **look: Any) -> None:
    """Write the documents of RUN (a name, a path, or latest) again from its records, without training."""
    from reportgen.suite_command import render_again

    render_again(run, config, runs, out, documents_asked(**look), strict=strict)


@main.command()
@click.argument("run", default="latest")
@click.option(
    "--config", type=click.Path(path_type=Path), help="report.toml whose references are listed. [default: the run's own, else the one here]"
)
@runs_option
def values(run: str, config: Path | None, runs: Path | None) -> None:
    """List every name that your text may use for RUN (a name, a path, or latest): values, figures, tables, sections, references."""
    from reportgen.values_command import print_values

    print_values(run, config, runs)


@main.command(name="list")
@runs_option
def list_everything(runs: Path | None) -> None:
    """List the runs, and what can be compared: workloads, frameworks, data sets, export formats, runtimes."""
    from reportgen.listing import print_listing

    print_listing(runs)


@main.command()
@click.argument("run", default="latest")
@click.option("--json", "as_json", is_flag=True, help="Print all results as JSON.")
@runs_option
def show(run: str, as_json: bool, runs: Path | None) -> None:
    """Show the headline table of RUN (a name, a path, or latest), and what failed."""
    from reportgen.listing import print_run

    print_run(run, runs, as_json)


@main.command()
def doctor() -> None:
    """Say what is present and what is missing on this machine, with the command that mends it."""
    from reportgen.listing import print_checks

    if not print_checks():
        sys.exit(EXIT_FAILED)


def documents_asked(
    templates: Path | None, theme: str | None, language: str | None, given_forms: tuple[str, ...], figures: bool
) -> dict[str, object]:
    """Return what flags say of the documents and how they look, by key of report.toml."""
    from reportgen import forms

    return {
        "report.templates": None if templates is None else str(templates),
        "report.theme": theme,
        "report.language": language,
        "output.forms": forms.split(given_forms) if given_forms else None,
        "output.figures": figures or None,
    }


for command in verbs.members():
    main.add_command(command)
