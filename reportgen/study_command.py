"""What ``run`` and ``render`` print while the jobs work, and when they are done."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.console import Console

from reportgen import forms, frameworks
from reportgen.config import Asked, Config
from reportgen.datasets import Dataset
from reportgen.headline import findings_text, headline_table
from reportgen.jobs import MODELS, Rendered, current_config, dataset_of, measure, new_run, own_file, render
from reportgen.look import check_look
from reportgen.progress import DownloadProgress, make_reporter
from reportgen.report.prose import require_prose, unwritten
from reportgen.runs import Run

if TYPE_CHECKING:
    from reportgen.report.documents import Documents


def start_study(config: Config, command: str, quiet: bool) -> bool:
    """Make a new run, measure it and render it; return whether every block is complete."""
    console = Console()
    forms.check(config.output.wanted)
    run, dataset = new_run(config, command, DownloadProgress(console, quiet))
    if not quiet or dataset.fallback_reason:
        say_data(console, dataset)
    say_device(console, config, run, quiet)
    return finish(run, dataset, config, console, quiet)


def resume_study(config: Config, run: Run, quiet: bool, asked: Asked = MappingProxyType({})) -> bool:
    """Measure what is missing of a run and render it as ``asked`` on the command line; return whether every block is complete."""
    console = Console()
    own = current_config(run, asked, config)
    say_config(console, run, own, config)
    check_look(own)
    forms.check(own.output.wanted)
    dataset = dataset_of(run, DownloadProgress(console, quiet))
    return finish(run, dataset, own, console, quiet, config.out_folder)


def finish(run: Run, dataset: Dataset, config: Config, console: Console, quiet: bool, out: Path | None = None) -> bool:
    """Measure and render a run."""
    reporter = make_reporter(console, quiet, lambda name: frameworks.find(name).title)
    with reporter:
        outcome = measure(run, dataset, reporter, live=console.is_terminal and not quiet)
    say_forms(console, config)
    rendered = render(run, config, out or config.out_folder)
    say_unwritten(console, config)
    print_rendered(console, rendered)
    if outcome.lost_blocks:
        reporter.notice(f"Lost blocks: {', '.join(map(str, outcome.lost_blocks))}. Try them again: python -m reportgen run --resume {run.name}")
    return not outcome.lost_blocks


def render_again(run: Run, here: Config, given: bool, asked: Asked = MappingProxyType({}), *, strict: bool = False) -> None:
    """Render a run once more, with the configuration ``here`` where it was ``given``, else with the run's own and what was ``asked``.

    With ``strict`` a section that only the author can write and has not written is an error.
    """
    config = here if given else current_config(run, asked, here)
    check_look(config)
    forms.check(config.output.wanted)
    if strict:
        require_prose(config)
    console = Console()
    if not given:
        say_config(console, run, config, here)
    say_forms(console, config)
    rendered = render(run, config, here.out_folder)
    say_unwritten(console, config)
    print_rendered(console, rendered)


def say_unwritten(console: Console, config: Config) -> None:
    """Say which sections wait for the author, where there is a report.toml: without one nobody has begun to write."""
    missing = unwritten(config) if config.path is not None else ()
    if missing:
        names = ", ".join(str(shortest(path)) for path in missing)
        console.print(f"Still to be written by you: {names}. Then: python -m reportgen render", markup=False, highlight=False, soft_wrap=True)
        if "slides" in config.output.wanted and config.prose_file("conclusion") in missing:
            console.print("Until then the slides have no conclusion.", markup=False, highlight=False, soft_wrap=True)


def say_data(console: Console, dataset: Dataset) -> None:
    """Say which data are used, and why not others."""
    where = dataset.source if dataset.path is None else f"your own, from {shortest(Path(dataset.path))}"
    text = f"Data set: {dataset.title} ({where})"
    if dataset.fallback_reason:
        text += f"\nNot MNIST: {dataset.fallback_reason}"
    console.print(text, markup=False, highlight=False, soft_wrap=True, style="yellow" if dataset.fallback_reason else None)


def say_forms(console: Console, config: Config) -> None:
    """Say what takes minutes before it begins."""
    for name in config.output.wanted:
        if notice := forms.find(name).notice:
            console.print(notice, markup=False, highlight=False, soft_wrap=True)


def say_config(console: Console, run: Run, config: Config, here: Config) -> None:
    """Say whose title data and text a report shows, where a person could think of others; ``here`` is the configuration of the current folder."""
    stored = run.config
    if config.path is None or not config.path.is_file():
        if stored.path is None:
            return
        text = f"The report.toml of this run, {own_file(stored)}, is gone: title data are those of when it began, and "
        text += "what you wrote beside it is missing. To say where it is now: --config PATH"
    elif here.path is None or own_file(config).samefile(own_file(here)):
        if stored.path is not None and own_file(stored).is_file():
            return
        text = f"Title data and text: {shortest(config.path)}, since the run itself has no report.toml, or none any more."
    else:
        text = f"Title data and text: {shortest(config.path)}, with which the run was made. For those of this folder: --config {here.path.name}"
    console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)


def say_device(console: Console, config: Config, run: Run, quiet: bool) -> None:
    """Say what is computed on, and why, where that is not what goes without saying."""
    if config.study.device == "auto" or (run.plan.device != "cpu" and not quiet):
        console.print(str(run.plan.device_reason), markup=False, highlight=False, soft_wrap=True)


def print_rendered(console: Console, rendered: Rendered) -> None:
    """Print what a reader must know, then the headline table, then the paths, last."""
    for text in rendered.results.notices:
        console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
    console.print(headline_table(rendered.results))
    for text in findings_text(rendered.results):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    print_documents(console, rendered.documents, rendered.folder if rendered.models else None)


def print_documents(console: Console, documents: Documents, models_in: Path | None) -> None:
    """Print the paths of the documents, and of the models where there are any in ``models_in``."""
    lines = [(written.title, written.path) for written in documents.forms.values()]
    lines += [("Results", documents.results), *([] if models_in is None else [("Models", models_in / MODELS)])]
    width = max(len(label) for label, _ in lines) + 2
    for label, path in lines:
        console.print(f"{label + ':':{width}}{shortest(path)}", markup=False, highlight=False, soft_wrap=True)


def shortest(path: Path) -> Path:
    """Return a path as a person in the current folder would type it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
