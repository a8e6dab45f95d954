"""Suites on disk: a folder with ``suite.json`` and an ordinary run for each workload, whole or not there at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.records import Sentence, SuiteRecord
from reportgen.records.sentence import in_a_row
from reportgen.runs import PLAN, SUITE, Run, find_folder
from reportgen.storage import appearing_whole, read_record, write_record

# The names of all workloads make the name of a suite, unless that gets longer than a folder's name is read at a glance. In characters.
LONGEST_NAMES = 40


class Suite:
    """A suite on disk. Opening it reads its record; the runs are opened when asked for."""

    def __init__(self, folder: Path) -> None:
        """Open the suite in ``folder``; raises :class:`ReportgenError` when its record is damaged."""
        self.folder = folder
        self.name = folder.name
        self.record = read_record(folder / SUITE, SuiteRecord)

    def run(self, workload: str) -> Run:
        """Open the run of a workload; raises :class:`ReportgenError` when it is not there any more, or damaged."""
        return Run(self.folder / workload)

    def any_run(self) -> Run:
        """Open the first run that can be opened: what all runs of a suite share can be read from any. Raises :class:`ReportgenError`."""
        problems: list[Sentence] = []
        for workload in self.record.workloads:
            try:
                return self.run(workload)
            except ReportgenError as error:
                problems.append(Sentence.of(error))
        raise ReportgenError(marked("No run of the suite '{name}' can be read. {problems}"), name=self.name, problems=in_a_row(problems))


def find(runs: Path, name: str) -> Run | Suite:
    """Return the run or the suite called ``name``: a name below ``runs``, a path, ``latest``, or SUITE/WORKLOAD for one run of a suite."""
    folder = find_folder(runs, name)
    return Suite(folder) if (folder / SUITE).is_file() else Run(folder)


def in_suite(run: Run) -> bool:
    """Say whether a run is that of a workload of a suite."""
    return (run.folder.parent / SUITE).is_file()


def suite_name(workloads: Sequence[str], moment: datetime) -> str:
    """Return a name that sorts by time and says what was run."""
    joined = "-".join(workloads)
    return f"{moment.strftime('%Y-%m-%d-%H%M%S')}-{joined if len(joined) <= LONGEST_NAMES else f'{len(workloads)}-workloads'}"


@contextmanager
def building_suite(runs: Path, record: SuiteRecord) -> Iterator[Path]:
    """Yield a folder to make the suite's runs in; when they are all there, it gets the suite's name in one step, else it is removed."""
    taken = ReportgenError(f"The suite {record.suite!r} exists already in {runs}. Wait a second, and start again.")
    with appearing_whole(runs / record.suite, taken) as building:
        yield building
        missing = [workload for workload in record.workloads if not (building / workload / PLAN).is_file()]
        assert not missing, f"no run was made for {missing}"
        write_record(building / SUITE, record)
