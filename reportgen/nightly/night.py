"""A night on disk: ``night.json`` in the run's own folder, written in one stroke. The history consists of these files and nothing else.

Before it is there, ``night-control.json`` says that the run is to be one; so a night that was cut off can be made from its trials later.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.environment import describe_environment
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.nightly.beside import joined
from reportgen.records import Environment, Hardware, Plan, hardware_key
from reportgen.records.night import Control, NightCell, NightRecord, digest_of, relevant_software, workload_parts
from reportgen.runs import PLAN, Run
from reportgen.storage import read_record, write_record
from reportgen.variants import described_variables

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

NIGHT = "night.json"
# The control workload's times before the study, and after it.
CONTROL_BEFORE, CONTROL_AFTER = "night-control.json", "night-control-after.json"
# In this folder of a night lies the run that measured flagged metrics again.
AGAIN = "again"
# Which of a framework's sources makes a workload another one: the network. How it is driven belongs to the software.
MODEL_SOURCE = "Model"


def begin_night(run: Run, control: Control | None) -> None:
    """Say that a run is to be a night, with the control workload's times before it."""
    write_record(run.folder / CONTROL_BEFORE, control or Control(key="", seconds=()))


def note_control_after(folder: Path, control: Control | None) -> None:
    """Keep the control workload's times after a study."""
    if control is not None:
        write_record(folder / CONTROL_AFTER, control)


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


def model_digests(results: Results) -> dict[str, str]:
    """Return the digest of each framework's model code, as it ran."""
    return {one.name: source.sha256 for one in results.frameworks for source in one.sources if source.title == MODEL_SOURCE}


def make_night(run: Run, results: Results, control: Control | None, repeat: Sequence[NightCell] = (), again: Control | None = None) -> NightRecord:
    """Return the record of a night from what its run came to."""
    from reportgen.analysis.history.cells import night_cells

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
        software=software_of(run.plan, environment),
        planned_blocks=results.planned_blocks,
        complete_blocks=results.complete_blocks,
        cells=night_cells(results),
        control=control,
        repeat=tuple(repeat),
        repeat_control=again,
    )


def software_of(plan: Plan, environment: Environment) -> dict[str, str]:
    """Return the software that a run's values depend on."""
    return relevant_software(environment.software, plan.threads, described_variables(plan.variants))


def hardware_text(hardware: Hardware) -> str:
    """Return a machine in words: what its key is made of."""
    devices = f", {', '.join(hardware.devices)}" if hardware.devices else ""
    return f"{hardware.cpu_model}, {hardware.usable_cpus} processors, {round(hardware.memory_bytes / 2**30)} GiB{devices}"


def results_of(run: Run) -> Results:
    """Return what a run's records come to; raises :class:`ReportgenError` where there is nothing."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather

    return analyse(gather(run))


def night_of(run: Run) -> NightRecord:
    """Return a run's night: the one that it holds, or, for any other run, one made from its trials."""
    if (run.folder / NIGHT).is_file():
        return read_record(run.folder / NIGHT, NightRecord)
    return make_night(run, results_of(run), control_of(run.folder))


def recover_night(folder: Path) -> NightRecord:
    """Make the night of a run that has none, or a damaged one, from its trials, and write it; raises :class:`ReportgenError` where that fails."""
    run = Run(folder)
    if run.pruned:
        raise ReportgenError(f"{folder / NIGHT} is damaged or missing, and the trials that it was made from were pruned.")
    night = make_night(run, results_of(run), control_of(folder))
    if (folder / AGAIN / PLAN).is_file():
        repeated = Run(folder / AGAIN)
        try:
            cells = make_night(repeated, results_of(repeated), None).cells
        except ReportgenError:
            cells = ()
        night = night.model_copy(update={"repeat": cells, "repeat_control": control_of(repeated.folder)})
    write_record(folder / NIGHT, night)
    return night


def current_environment(command: str) -> Environment:
    """Return the environment of this moment, for a run that measures something again."""
    return describe_environment(command)
