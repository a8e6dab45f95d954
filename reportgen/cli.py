"""The command line: one verb a function, which parses, calls and prints."""

from __future__ import annotations

import difflib
import shlex
import sys
from pathlib import Path
from typing import Any

import click

import reportgen
from reportgen.cli_nightly import VERBS
from reportgen.errors import ReportgenError

EXIT_FAILED = 2
#: What ``schedule`` can write a unit for; :mod:`reportgen.schedule.kinds` has each.
SCHEDULERS = ("systemd", "cron", "launchd", "windows", "github")

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


folder = click.Path(file_okay=False, path_type=Path)
runs_option = click.option("--runs", type=folder, help="Folder of the raw records. [default: runs]")
out_option = click.option("--out", type=folder, help="Folder of the finished documents. [default: out]")
templates_option = click.option("--templates", type=folder, help="Folder of templates of your own. [default: templates, beside report.toml]")
theme_option = click.option("--theme", help="Colours and faces of the report: standard, contrast, or one of your own templates.")
figures_option = click.option("--figures", is_flag=True, help="Write every figure as SVG and PNG too, with its data as CSV.")
form_option = click.option(
    "--form", "given_forms", multiple=True, help="Forms of the report, with commas between; list names them all. [default: pdf,html]"
)
quiet_option = click.option("--quiet", is_flag=True, help="Print only what matters: failures, the headline table and the paths.")


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
    documents = documents_asked(flags["templates"], flags["theme"], given_forms, flags["figures"])
    loaded = load_config(config, study | output | documents)
    complete = resume_run(loaded, resume, quiet, documents) if resume is not None else start_run(loaded, command_line(), quiet)
    if not complete:
        sys.exit(EXIT_FAILED)


@main.command()
@click.argument("run", default="latest")
@click.option("--config", type=click.Path(path_type=Path), help="report.toml with title data and prose. [default: the run's own]")
@click.option("--strict", is_flag=True, help="Stop where a section that only the author can write is empty.")
@templates_option
@theme_option
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
@click.option("--config", type=click.Path(path_type=Path), help="report.toml whose references are listed. [default: the run's own]")
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
@click.argument("names", nargs=-1, metavar="RUN RUN...")
@click.option("--form", "given_forms", multiple=True, help="Forms of the document, with commas between: pdf, html. [default: pdf,html]")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, and write nothing.")
@runs_option
@out_option
def compare(names: tuple[str, ...], given_forms: tuple[str, ...], as_json: bool, runs: Path | None, out: Path | None) -> None:
    """Compare runs (names, paths, or latest) with the first of them: configuration, software, every metric; nothing is trained."""
    from reportgen.compare_command import compare as compare_runs

    compare_runs(names, given_forms, runs, out, as_json, command_line())


@main.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--blocks", type=click.IntRange(min=2), help="Repetitions: each block trains every framework twice. [default: 10]")
@click.option("--epochs", type=int, help="Passes over the training data in each trial. [default: 3]")
@click.option("--dataset", help="Data set: mnist, digits, auto (MNIST where it can be had), or the path of your own.")
@quiet_option
def calibrate(config: Path | None, blocks: int | None, quiet: bool, **flags: Any) -> None:
    """Measure how much each framework differs from itself on this machine: no smaller difference is claimed afterwards."""
    from reportgen.calibrate_command import calibrate as calibrate_machine
    from reportgen.calibration import STANDARD_BLOCKS
    from reportgen.config import load_config

    loaded = load_config(config, {f"study.{name}": flags[name] for name in ("epochs", "dataset")})
    calibrate_machine(loaded, STANDARD_BLOCKS if blocks is None else blocks, quiet)


@main.command()
@click.argument("folder", required=False, type=folder)
@click.option("--workload", metavar="NAME", help="Write a workload of your own to start from: a folder NAME, with model code that runs.")
def init(folder: Path | None, workload: str | None) -> None:
    """Write a commented report.toml and the author's prose files into FOLDER (the current one).

    With --workload, write the workload alone; with --workload and FOLDER, both, and report.toml names the workload.
    """
    from reportgen.scaffold import initialise, initialise_workload
    from reportgen.scaffold_workload import next_commands

    for path in initialise(folder or Path()) if workload is None else initialise_workload(workload, folder):
        click.echo(path)
    if workload is not None:
        click.echo(f"\n{next_commands(workload, folder)}")


@main.group()
def templates() -> None:
    """Change the look of the report: list its templates, or copy one to start from."""


@templates.command(name="list")
@templates_option
def list_templates(templates: Path | None) -> None:
    """List templates, style sheets and themes, the blocks that can be replaced one by one, and which of them you have of your own."""
    from reportgen.listing import print_templates
    from reportgen.template_files import own_folder

    print_templates(own_folder(templates))


@templates.command()
@click.argument("name")
@click.option("--block", help="Replace this block alone, and keep the rest as it is built in.")
@templates_option
def eject(name: str, block: str | None, templates: Path | None) -> None:
    """Copy the template NAME into your folder of templates, where it takes the place of the built-in one."""
    from reportgen.template_files import eject as eject_template
    from reportgen.template_files import own_folder

    click.echo(eject_template(name, block, own_folder(templates)))


@main.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--at", metavar="HH:MM", help="When, on this machine's clock.")
@click.option("--print", "printed", type=click.Choice(SCHEDULERS), help="Print the unit for this scheduler, and write nothing.")
@click.option(
    "--install",
    "install_kind",
    is_flag=False,
    flag_value="auto",
    type=click.Choice(["auto", "systemd", "cron"]),
    help="Put it in place for yourself: systemd where it runs, else cron, or the one that is named.",
)
@click.option("--remove", is_flag=True, help="Take away what --install put in place.")
@click.option("--notify", default="", metavar="COMMAND", help="Give this shell command a notice on its standard input when a night ends badly.")
def schedule(config: Path | None, at: str | None, printed: str | None, install_kind: str | None, remove: bool, notify: str) -> None:
    """Start the nightly comparison of CONFIG by itself: write the unit for this system's scheduler into the folder schedule/ here."""
    from reportgen.schedule_command import schedule as schedule_nights

    schedule_nights(config, at, printed, install_kind, remove, notify)


@main.command()
def doctor() -> None:
    """Say what is present and what is missing on this machine, with the command that mends it."""
    from reportgen.listing import print_checks

    if not print_checks():
        sys.exit(EXIT_FAILED)


for verb in VERBS:
    main.add_command(verb)


def documents_asked(templates: Path | None, theme: str | None, given_forms: tuple[str, ...], figures: bool) -> dict[str, object]:
    """Return what flags say of the documents and how they look, by key of report.toml."""
    from reportgen import forms

    return {
        "report.templates": None if templates is None else str(templates),
        "report.theme": theme,
        "output.forms": forms.split(given_forms) if given_forms else None,
        "output.figures": figures or None,
    }


def command_line() -> str:
    """Return the command as a person would type it again."""
    return shlex.join(["python", "-m", "reportgen", *sys.argv[1:]])
