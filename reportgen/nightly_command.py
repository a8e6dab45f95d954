"""What ``nightly`` does: measure, judge by the nights before, write everything, and end with an exit code that is never better than the night was."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path

from rich.console import Console

from reportgen import forms, frameworks, languages
from reportgen.analysis.history.shown import NightVerdict, WorkloadVerdict
from reportgen.analysis.history.summing import in_language, night_verdict
from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.jobs import new_run, render
from reportgen.language import Language, marked, spoken
from reportgen.latest import point_latest
from reportgen.locks import host_lock, run_lock
from reportgen.nightly.beside import run_control
from reportgen.nightly.history import ask, read_night
from reportgen.nightly.measuring import Night, judged
from reportgen.nightly.night import NIGHT
from reportgen.nightly.pruning import prune_nights
from reportgen.nightly.trends import all_trends
from reportgen.nightly.verdict_files import JUNIT, SUMMARY, TOLD, VERDICT, write_verdict
from reportgen.progress import DownloadProgress, QuietReporter, make_reporter
from reportgen.records import Sentence, made
from reportgen.runner.clock import now
from reportgen.runs import Run
from reportgen.study_command import say_data, say_device, shortest
from reportgen.suite_jobs import new_suite, render_suite
from reportgen.suites import Suite

TREND_PAGE = "trend.html"
CUT_OFF = Sentence(sentence=marked("the night has not come to its end: it is still being measured, or was cut off"))


def record_failure(out: Path, problem: Sentence) -> None:
    """Write the verdict on a night that never began, where nights have left documents before: nobody shall take the last verdict for this one."""
    if not out.is_dir():
        return
    name = failed_name(datetime.now())
    with suppress(OSError):
        write_verdict(out / name, night_verdict(name, now(), (), (problem,)))
        point_latest(out, out / name)


def failed_name(moment: datetime) -> str:
    """Return what a night is called that has no run."""
    return f"{moment.strftime('%Y-%m-%d-%H%M%S')}-nightly"


class Nightly:
    """One night, from its plan to its exit code."""

    def __init__(self, config: Config, command: str, quiet: bool, prune_after: bool) -> None:
        self.config = config
        self.command = command
        self.quiet = quiet
        self.prune_after = prune_after
        self.console = Console()
        self.created_at = now()
        self.name = failed_name(datetime.now())
        self.workloads: list[WorkloadVerdict] = []
        self.problems: list[Sentence] = []
        self.left_out: tuple[Sentence, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the night's documents lie."""
        return self.config.out_folder / self.name

    @cached_property
    def language(self) -> Language:
        """The language of the documents; what the program says, and what programs read, is English."""
        return languages.find(self.config.report.language)

    def run(self) -> int:
        """Carry the night out, and return its exit code; whatever goes wrong is a part of the verdict."""
        try:
            self.carry_out()
        except ReportgenError as error:
            self.problems.append(Sentence.of(error))
        except OSError as error:
            self.problems.append(Sentence(sentence=f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}."))
        except Exception as error:
            # A mistake of this program would end it with 1, which means a confirmed regression.
            traceback.print_exc()
            self.problems.append(made(marked("reportgen failed: {kind}: {error}."), kind=type(error).__name__, error=error))
        verdict = night_verdict(self.name, self.created_at, self.workloads, self.problems, self.left_out)
        self.write(verdict)
        self.tell(verdict)
        return verdict.exit_code

    def carry_out(self) -> None:
        """Measure and judge every workload, and write the report and the trend page."""
        forms.check(self.config.output.wanted)
        study = self.make()
        self.name = study.name
        # Whoever looks before the end, or after a power cut, must not find the verdict on another night.
        self.write(night_verdict(self.name, self.created_at, (), (CUT_OFF,)))
        measured = self.measure(study)
        for run in measured:
            self.workloads.append(judged(run, self.config.runs_folder).on(read_night(run.folder / NIGHT), self.config.nightly.require_baseline))
        if measured:
            with self.kept():
                self.render(study)
            with self.kept():
                self.write_trend_page()
        if self.prune_after:
            with self.kept():
                for line in prune_nights(self.config):
                    self.say(line)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what goes wrong with one document, so that the others are written all the same."""
        try:
            yield
        except ReportgenError as error:
            self.problems.append(Sentence.of(error))

    def make(self) -> Run | Suite:
        """Write the night's plan down as a run, or as a suite of several workloads."""
        progress = DownloadProgress(self.console, self.quiet)
        if len(self.config.study.workloads) == 1:
            run, dataset = new_run(self.config, self.command, progress)
            if not self.quiet or dataset.fallback_reason:
                say_data(self.console, dataset)
            say_device(self.console, self.config, run, self.quiet)
            return run
        return new_suite(self.config, self.command, progress, lambda dataset: None if self.quiet else say_data(self.console, dataset))

    def measure(self, study: Run | Suite) -> list[Run]:
        """Measure every workload alone on this machine, and return the runs that are nights now; what cannot be measured costs no other."""
        speaker = QuietReporter(self.console)
        night = Night(
            shown_by=lambda: make_reporter(self.console, self.quiet, lambda name: frameworks.find(name).title),
            control=run_control,
            progress=DownloadProgress(self.console, self.quiet),
            live=self.console.is_terminal and not self.quiet,
        )
        found: list[Run] = []
        with run_lock(study.folder), host_lock(study.name, speaker.notice):
            runs = [study] if isinstance(study, Run) else [study.run(workload) for workload in study.record.workloads]
            for position, run in enumerate(runs, start=1):
                if len(runs) > 1 and not self.quiet:
                    self.say(f"Workload {position} of {len(runs)}: {run.folder.name}", "bold")
                try:
                    if isinstance(study, Suite):
                        with run_lock(run.folder):
                            night.measure(run, self.config.runs_folder)
                    else:
                        night.measure(run, self.config.runs_folder)
                except ReportgenError as error:
                    said = Sentence.of(error)
                    self.problems.append(made("{workload}: {problem}", workload=run.folder.name, problem=said) if len(runs) > 1 else said)
                else:
                    found.append(run)
        return found

    def render(self, study: Run | Suite) -> None:
        """Write the report."""
        if isinstance(study, Run):
            render(study, self.config, self.config.out_folder)
        else:
            render_suite(study, self.config, self.config.out_folder)

    def write_trend_page(self) -> None:
        """Write the page of all nights below the folder of runs."""
        from reportgen.report.trend.page import write_trend_page

        with spoken(self.language):
            trends, damaged = ask(self.config.runs_folder, lambda connection, damaged: (all_trends(connection), damaged))
            self.left_out = tuple(one.sentence for one in damaged)
            line = in_language(night_verdict(self.name, self.created_at, self.workloads, self.problems)).line
            left_out = tuple(map(str, self.left_out))
            write_trend_page(self.folder / TREND_PAGE, trends, line, left_out, self.config.templates_folder, self.config.report.theme)

    def write(self, verdict: NightVerdict) -> None:
        """Write the verdict's files where the documents lie, or say why that is not possible: the exit code tells the verdict too."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            documents = [name for name in ("report.pdf", "report.html", TREND_PAGE, VERDICT) if (self.folder / name).is_file()]
            write_verdict(self.folder, verdict, documents, self.language)
            point_latest(self.config.out_folder, self.folder)
        except OSError as error:
            self.say(f"The verdict cannot be written to {self.folder}: {error.strerror or error}.", "yellow")

    def tell(self, verdict: NightVerdict) -> None:
        """Print what is worth a look, then the paths, and last one line."""
        for text in verdict.left_out:
            self.say(str(text), "yellow")
        for one in verdict.workloads:
            for problem in one.problems:
                self.say(str(problem), "yellow")
            told = [cell for cell in one.cells if cell.outcome in TOLD]
            for cell in sorted(told, key=lambda cell: TOLD.index(cell.outcome)):
                self.say(f"{one.workload}, {cell.title}: {cell.sentence}")
            if one.begins:
                self.say(f"{one.workload}: {one.begins}", "yellow")
            if one.software_changes and not self.quiet:
                self.say(f"{one.workload}: software changed since the night before: {one.software_changes}.")
        for problem in verdict.problems:
            self.say(str(problem), "yellow")
        for label, name in self.paths():
            self.say(f"{label + ':':9}{shortest(self.folder / name)}")
        self.say(f"nightly: {verdict.line}", "bold" if verdict.exit_code == 0 else "bold yellow")

    def paths(self) -> Sequence[tuple[str, str]]:
        """Return the documents that there are, with what they are called."""
        named = (("PDF", "report.pdf"), ("HTML", "report.html"), ("Trend", TREND_PAGE), ("Summary", SUMMARY), ("JUnit", JUNIT), ("Verdict", VERDICT))
        return [(label, name) for label, name in named if (self.folder / name).is_file()]

    def say(self, text: str, style: str | None = None) -> None:
        """Print a line as it is."""
        self.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
