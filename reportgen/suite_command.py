"""``run`` and ``render`` for one workload or several: which of the two it is, and what a suite prints while it is measured and when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

from reportgen import forms, frameworks, study_command
from reportgen.config import Asked, Config, load_config
from reportgen.look import check_look
from reportgen.progress import DownloadProgress, QuietReporter, make_reporter
from reportgen.report.prose import require_prose
from reportgen.runs import Run
from reportgen.study_command import print_documents, say_config, say_data, say_device, say_forms, say_unwritten
from reportgen.suite_headline import findings_lines, notice_lines, suite_table
from reportgen.suite_jobs import RenderedSuite, measure_suite, new_suite, render_suite, suite_config
from reportgen.suites import Suite, find, in_suite


def start(config: Config, command: str, quiet: bool) -> bool:
    """Make a new run, or a suite of several workloads; measure and render it; return whether all that was planned is there."""
    if len(config.study.workloads) == 1:
        return study_command.start_study(config, command, quiet)
    console = Console()
    forms.check(config.output.wanted)
    suite = new_suite(
        config,
        command,
        DownloadProgress(console, quiet),
        lambda dataset: say_data(console, dataset) if not quiet or dataset.fallback_reason else None,
    )
    say_device(console, config, suite.any_run(), quiet)
    return finish(suite, suite.record.workloads, config, console, quiet, config.out_folder)


def resume(config: Config, name: str, quiet: bool, asked: Asked = MappingProxyType({})) -> bool:
    """Measure what is missing of a run or a suite, and render it as ``asked`` on the command line; return whether all that was planned is there.

    Of one run of a suite, named as SUITE/WORKLOAD, only that is measured; the report that is then written is the suite's, which it belongs to.
    """
    found = find(config.runs_folder, name)
    if isinstance(found, Run) and not in_suite(found):
        return study_command.resume_study(config, found, quiet, asked)
    suite = Suite(found.folder.parent) if isinstance(found, Run) else found
    workloads = (found.folder.name,) if isinstance(found, Run) else suite.record.workloads
    own = suite_config(suite, asked, config)
    say_config(Console(), suite.any_run(), own, config)
    check_look(own)
    forms.check(own.output.wanted)
    return finish(suite, workloads, own, Console(), quiet, config.out_folder)


def finish(suite: Suite, workloads: Sequence[str], config: Config, console: Console, quiet: bool, out: Path) -> bool:
    """Measure these workloads of a suite, and render it."""

    def shown_by(position: int, workload: str) -> QuietReporter:
        if not quiet:
            console.print(f"Workload {position} of {len(workloads)}: {workload}", style="bold", markup=False, highlight=False)
        return make_reporter(console, quiet, lambda framework: frameworks.find(framework).title)

    speaker = QuietReporter(console)
    problems = measure_suite(suite, workloads, shown_by, speaker.notice, DownloadProgress(console, quiet), live=console.is_terminal and not quiet)
    for problem in problems:
        speaker.notice(problem)
    say_forms(console, config)
    rendered = render_suite(suite, config, out)
    say_unwritten(console, config)
    print_rendered(console, rendered)
    whole = not problems and not rendered.results.missing
    if not whole:
        speaker.notice(f"Not all of the suite is there. Try what is missing again: python -m reportgen run --resume {suite.name}")
    return whole


def render_again(
    name: str, config_path: Path | None, runs: Path | None, out: Path | None, asked: Asked = MappingProxyType({}), *, strict: bool = False
) -> None:
    """Render a run or a suite once more; ``asked`` is what the command line says of the documents; ``strict`` wants all sections."""
    folders = {"output.runs": None if runs is None else str(runs), "output.out": None if out is None else str(out)}
    here = load_config(config_path, {**folders, **asked}, rooms=False)
    found = find(here.runs_folder, name)
    if not isinstance(found, Suite):
        study_command.render_again(found, here, config_path is not None, asked, strict=strict)
        return
    config = here if config_path else suite_config(found, asked, here)
    check_look(config)
    forms.check(config.output.wanted)
    if strict:
        require_prose(config)
    console = Console()
    if not config_path:
        say_config(console, found.any_run(), config, here)
    say_forms(console, config)
    rendered = render_suite(found, config, here.out_folder)
    say_unwritten(console, config)
    print_rendered(console, rendered)


def print_rendered(console: Console, rendered: RenderedSuite) -> None:
    """Print what a reader must know, then one table over all workloads, then the paths, last."""
    for text in notice_lines(rendered.results):
        console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
    console.print(suite_table(rendered.results))
    for text in findings_lines(rendered.results):
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    print_documents(console, rendered.documents, rendered.folder if rendered.models else None)
