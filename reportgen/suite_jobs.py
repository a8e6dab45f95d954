"""The jobs of a suite: make its runs, measure them one after the other, and turn their records into one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportgen import __version__, datasets, languages
from reportgen.config import Asked, Config
from reportgen.datasets import Dataset, ProgressCallback
from reportgen.environment import describe_environment
from reportgen.errors import ReportgenError
from reportgen.jobs import MODELS, copy_models, current_config, cycles_kept, dataset_of, find_workload, make_plan, measure_alone
from reportgen.language import spoken
from reportgen.latest import point_latest
from reportgen.locks import host_lock, run_lock
from reportgen.nightly.night import renew_night
from reportgen.records import Sentence, SuiteRecord
from reportgen.runner.clock import now
from reportgen.runner.study import Reporter
from reportgen.runs import Run, create_run
from reportgen.suites import Suite, building_suite, suite_name

if TYPE_CHECKING:
    from reportgen.analysis.inputs import RunRecords
    from reportgen.analysis.pictures import Pictures
    from reportgen.analysis.suite import SuiteResults
    from reportgen.report.documents import Documents


@dataclass(frozen=True, kw_only=True)
class RenderedSuite:
    """The documents of a suite, and the results that they show."""

    results: SuiteResults
    documents: Documents
    folder: Path
    models: tuple[Path, ...]


def new_suite(config: Config, command: str, progress: ProgressCallback, on_data: Callable[[Dataset], None]) -> Suite:
    """Plan a run for each workload of the study, and write all of them down, or none; ``on_data`` hears of each data set once.

    Raises :class:`ReportgenError` when anything is wrong with one of them: a mistake shows before the first is measured.
    """
    names = workload_names(config)
    record = SuiteRecord(
        suite=suite_name(list(names.values()), datetime.now()),
        created_at=now(),
        reportgen_version=__version__,
        command=command,
        workloads=tuple(names.values()),
    )
    environment = describe_environment(command)
    known: set[str] = set()
    with building_suite(config.runs_folder, record) as building:
        for reference, name in names.items():
            own = member_config(config, reference)
            plan, dataset = make_plan(own, progress, f"{record.suite}/{name}")
            if dataset.digest not in known:
                on_data(dataset)
                known.add(dataset.digest)
            create_run(building, plan, own, environment, dataset, name)
    return Suite(config.runs_folder / record.suite)


def member_config(config: Config, reference: str) -> Config:
    """Return the configuration of one workload of a suite: a workload that is made for data of its own keeps them, whatever the others train on."""
    own = config.for_workload(reference)
    if not find_workload(own).dataset:
        return own
    return own.model_copy(update={"study": own.study.model_copy(update={"dataset": datasets.AUTO})})


def workload_names(config: Config) -> dict[str, str]:
    """Return the name of each workload's run in the suite, by what the study calls the workload.

    Raises :class:`ReportgenError` when two would have the same: one workload given in two ways, or two folders of one name.
    """
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for reference in config.study.workloads:
        name = Path(find_workload(config.for_workload(reference)).reference).name
        # Some file systems take names that differ in capitals alone for one.
        other = taken.setdefault(name.casefold(), reference)
        if other != reference:
            raise ReportgenError(
                f"The workloads {other!r} and {reference!r} are both called {name!r}. Leave one out, or rename its folder: "
                "runs, models and chapters of the report go by that name."
            )
        found[reference] = name
    return found


def measure_suite(
    suite: Suite,
    workloads: Sequence[str],
    shown_by: Callable[[int, str], AbstractContextManager[Reporter]],
    notice: Callable[[str], None],
    progress: ProgressCallback,
    live: bool,
) -> tuple[str, ...]:
    """Carry out what is not done of these runs of a suite, one after the other, alone on this machine; return what went wrong, a sentence each.

    A workload that cannot be measured costs no other: its error is kept, and the next one begins. ``shown_by`` gives whoever shows the progress
    of the workload at this place, counted from 1, and of this name; ``notice`` hears what a person must read before that.
    """
    problems: list[str] = []
    with run_lock(suite.folder), host_lock(suite.name, notice):
        for position, workload in enumerate(workloads, start=1):
            try:
                with shown_by(position, workload) as reporter:
                    run = suite.run(workload)
                    dataset = dataset_of(run, progress)
                    with run_lock(run.folder):
                        outcome = measure_alone(run, dataset, reporter, live)
                    renew_night(run)
            except ReportgenError as error:
                problems.append(f"{workload}: {error}")
            else:
                if outcome.lost_blocks:
                    problems.append(f"{workload}: lost blocks: {', '.join(map(str, outcome.lost_blocks))}.")
    return tuple(problems)


def suite_config(suite: Suite, asked: Asked = MappingProxyType({}), here: Config | None = None) -> Config:
    """Return the configuration to render a suite with; see :func:`reportgen.jobs.current_config`."""
    return current_config(suite.any_run(), asked, here)


def render_suite(suite: Suite, config: Config, out: Path) -> RenderedSuite:
    """Make the documents of a suite from its records alone, in a folder of the suite's name below ``out``.

    Raises :class:`ReportgenError` when there is not one workload with a complete block.
    """
    from reportgen.report.documents import write_suite_documents

    with cycles_kept(), spoken(languages.find(config.report.language)):
        members, results = analyse_suite(suite)
        folder = out / suite.name
        folder.mkdir(parents=True, exist_ok=True)
        models = tuple(path for member in members for path in copy_models(member.run, member.records, folder / MODELS / member.run.folder.name))
        own_pictures = [member_pictures(member, results) for member in members]
        documents = write_suite_documents(results, own_pictures, config, folder, tuple(member.run for member in members))
        point_latest(out, folder)
    return RenderedSuite(results=results, documents=documents, folder=folder, models=models)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A workload of a suite that there is something to report on."""

    run: Run
    records: RunRecords


def analyse_suite(suite: Suite) -> tuple[tuple[Member, ...], SuiteResults]:
    """Return the workloads that can be reported on, and the results of all together, where the others are named with the reason.

    Raises :class:`ReportgenError` when there is none.
    """
    from reportgen.analysis.study import Prepared, prepare, with_findings
    from reportgen.analysis.suite import MissingWorkload, suite_results
    from reportgen.evidence import gather
    from reportgen.nightly.reporting import with_history

    members: list[Member] = []
    prepared: list[Prepared] = []
    missing: list[MissingWorkload] = []
    for workload in suite.record.workloads:
        try:
            run = suite.run(workload)
            records = gather(run)
            prepared.append(prepare(records))
            members.append(Member(run=run, records=records))
        except ReportgenError as error:
            missing.append(MissingWorkload(workload=workload, reason=Sentence.of(error)))
    if not members:
        raise ReportgenError("\n".join(f"{one.workload}: {one.reason}" for one in missing))
    record = suite.record
    results = [with_history(one, member.run) for one, member in zip(with_findings(prepared), members, strict=True)]
    return tuple(members), suite_results(suite.name, record.command, record.created_at, results, missing)


def member_pictures(member: Member, results: SuiteResults) -> Pictures:
    """Return the images that the chapter of a workload shows."""
    from reportgen.evidence import pictures

    return pictures(member.run, results.workloads[member.run.folder.name])
