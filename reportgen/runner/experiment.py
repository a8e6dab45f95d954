"""What a process of an experiment does: load the experiment's code for one framework, let it measure, and write down what it saw."""

from __future__ import annotations

from pathlib import Path

from reportgen import experiments
from reportgen.environment import host_state
from reportgen.records import ExperimentResult, ExperimentSpec
from reportgen.runner.clock import now
from reportgen.runner.phases import PhaseClock
from reportgen.storage import describe_files

# Where an experiment leaves files, if it leaves any, in its trial's folder.
FILES = "files"


def run_experiment(spec: ExperimentSpec, folder: Path, clock: PhaseClock) -> ExperimentResult:
    """Carry out one process of an experiment; ``clock`` has already measured the start of the process.

    Raises :class:`ValueError` where the experiment gives two series the same name, since nothing could tell them apart.
    """
    host_before, started_at = host_state(), now()
    with clock.phase("import"):
        code = experiments.find(spec.experiment).code(spec.framework)
    files = folder / FILES
    measured = code.measure(spec, files, clock)
    names = [(one.quantity, one.subject, tuple(sorted(one.parameters.items()))) for one in measured.series]
    if len(set(names)) < len(names):
        raise ValueError(f"the experiment {spec.experiment!r} gave two series of one quantity, subject and parameters")
    return ExperimentResult(
        trial=spec.trial,
        started_at=started_at,
        finished_at=now(),
        versions=measured.versions,
        phases=tuple(clock.phases),
        series=measured.series,
        notes=measured.notes,
        sources=measured.sources,
        host_before=host_before,
        host_after=host_state(),
        files=describe_files(files, folder) if files.is_dir() else (),
    )
