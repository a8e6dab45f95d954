"""A night on disk: ``night.json`` in the run's own folder, written in one stroke. The history consists of these files and nothing else.

Before it is there, ``night-control.json`` says that the run is to be one; so a night that was cut off can be made from its trials later.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import Language, spoken
from reportgen.locks import run_lock
from reportgen.nightly.beside import joined
from reportgen.records import digest_of, hardware_key, hardware_text, relevant_software, workload_parts
from reportgen.records.night import Control, NightCell, NightRecord
from reportgen.records.sentence import NOTHING, Sentence
from reportgen.runs import PLAN, Run
from reportgen.storage import read_record, write_atomically, write_record
from reportgen.variants import described_variables

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

NIGHT = "night.json"
# The control workload's times before the study, and after it.
CONTROL_BEFORE, CONTROL_AFTER = "night-control.json", "night-control-after.json"
# In this folder of a night lies the run that measured flagged metrics again.
AGAIN = "again"


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """What was measured again at once; ``problem`` says why it was not, where it should have been."""

    cells: tuple[NightCell, ...] = ()
    control: Control | None = None
    problem: Sentence = NOTHING


NOT_REPEATED = Repetition()


def begin_night(run: Run, control: Control | None) -> None:
    """Say that a run is to be a night, with the control workload's times before it."""
    write_record(run.folder / CONTROL_BEFORE, control or Control(key="", seconds=()))


def note_control_after(run: Run, control: Control | None) -> None:
    """Keep the control workload's times after a study."""
    if control is not None:
        write_record(run.folder / CONTROL_AFTER, control)


def is_night(folder: Path) -> bool:
    """Say whether a run is a night, or was to be one."""
    return (folder / NIGHT).is_file() or (folder / CONTROL_BEFORE).is_file()


def control_of(folder: Path) -> Control | None:
    """Return the control workload's times around a run, or ``None`` where there are none that can be read."""
    found: list[Control | None] = []
    for name in (CONTROL_BEFORE, CONTROL_AFTER):
        try:
            control = read_record(folder / name, Control)
            found.append(control if control.seconds else None)
        except DamagedRecordError:
            found.append(None)
    return joined(found[0], found[1])


def make_night(run: Run, results: Results, problems: Sequence[Sentence] = (), repeated: Repetition = NOT_REPEATED) -> NightRecord:
    """Return the record of a night from what its run came to; ``problems`` are those that the results do not know of."""
    from reportgen.analysis.digests import code_digests, model_digests
    from reportgen.analysis.history.cells import measurement_problems, night_cells

    environment = run.environment
    return NightRecord(
        run=run.name,
        created_at=run.plan.created_at,
        host_name=environment.host_name,
        workload=results.workload,
        workload_title=results.workload_title,
        dataset=run.plan.dataset.name,
        workload_hash=digest_of(workload_parts(run.plan, model_digests(results))),
        hardware_key=hardware_key(environment.hardware),
        hardware=hardware_text(environment.hardware),
        software=relevant_software(environment.software, run.plan.threads, code_digests(results), described_variables(run.plan.variants)),
        planned_blocks=results.planned_blocks,
        complete_blocks=results.complete_blocks,
        cells=night_cells(results),
        control=control_of(run.folder),
        repeat=repeated.cells,
        repeat_control=repeated.control,
        repeat_problem=repeated.problem,
        problems=tuple(dict.fromkeys((*problems, *measurement_problems(results)))),
    )


def write_night(run: Run, night: NightRecord) -> None:
    """Write a night into its run in one stroke, on one line: a history of thousands is read faster so."""
    write_atomically(run.folder / NIGHT, (night.model_dump_json() + "\n").encode())


def results_of(run: Run) -> Results:
    """Return what a run's records come to; raises :class:`ReportgenError` where there is nothing."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather

    return analyse(gather(run))


def recover_night(folder: Path) -> NightRecord:
    """Make the night of a run that has none, or a damaged one, from its trials, and write it.

    Raises :class:`ReportgenError` where that fails, and while the run is being measured: its night is still to come.
    """
    run = Run(folder)
    # What is recorded is in no language, and what is made of it here may not be in that of a document.
    with run_lock(folder), spoken(Language()):
        repeated = repetition_in(folder)
        night = make_night(run, results_of(run), (), repeated)
        write_night(run, night)
    return night


def renew_night(run: Run) -> None:
    """Make a night's entry in the history anew after more of its run was measured; any other run stays as it is."""
    if (run.folder / NIGHT).is_file():
        with suppress(ReportgenError):
            recover_night(run.folder)


def repetition_in(folder: Path) -> Repetition:
    """Return what a night's own records say of what was measured again."""
    if not (folder / AGAIN / PLAN).is_file():
        return NOT_REPEATED
    run = Run(folder / AGAIN)
    try:
        cells = make_night(run, results_of(run)).cells
    except ReportgenError as error:
        return Repetition(problem=Sentence.of(error))
    return Repetition(cells=cells, control=control_of(run.folder))
