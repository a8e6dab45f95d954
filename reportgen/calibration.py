"""Measuring how much this machine lets one program differ from itself, and keeping what was found until a study needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import __version__
from reportgen.datasets.cache import cache_folder
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.records import Calibration, CalibrationBlock, DeviceKind, Hardware, Hyperparameters, TrainingResult, TrainingSpec, hardware_key
from reportgen.runner.clock import now
from reportgen.runner.plan import order_in_blocks
from reportgen.runner.trial import Executor
from reportgen.storage import read_record, write_record

# As many as a standard study has: the floor is the end of an interval, and fewer blocks would only raise it.
STANDARD_BLOCKS = 10
# One epoch is dropped as in every study, and two are needed to see whether the rest is steady; longer trials scatter less.
STANDARD_EPOCHS = 3
# One odd event must not cost the whole study; what fails twice fails for a reason.
ATTEMPTS = 2
FIRST, SECOND = "first", "second"
#: Hears what is measured next: how many trials are done, how many there are, and the trial's name.
OnTrial = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class SelfComparison:
    """An A/A study to be made: every framework against itself in its main mode, in ``blocks`` blocks."""

    frameworks: tuple[str, ...]
    modes: Mapping[str, str]
    workload: str
    dataset: str
    dataset_digest: str
    hyperparameters: Hyperparameters
    blocks: int
    seed: int
    threads: int
    device: DeviceKind = "cpu"


def calibration_path(hardware: Hardware, device: DeviceKind = "cpu") -> Path:
    """Return where the calibration of a device of a machine lies in this user's cache, whether or not there is one."""
    suffix = "" if device == "cpu" else f"-{device}"
    return cache_folder() / "calibrations" / f"{hardware_key(hardware)}{suffix}.json"


def stored_calibration(hardware: Hardware, device: DeviceKind = "cpu") -> Calibration | None:
    """Return the calibration of a device of a machine, or ``None`` where there is none that can be read: measuring again is always possible."""
    try:
        return read_record(calibration_path(hardware, device), Calibration)
    except DamagedRecordError:
        return None


def store_calibration(calibration: Calibration) -> Path:
    """Keep a calibration in place of an earlier one of the machine, in one stroke; return where it lies."""
    path = calibration_path(calibration.hardware, calibration.device)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_record(path, calibration)
    return path


def measure_calibration(
    study: SelfComparison, hardware: Hardware, dataset_folder: Path, work: Path, executor: Executor, on_trial: OnTrial
) -> Calibration:
    """Carry out an A/A study in the empty folder ``work``, with the processes of a real one.

    In every block, each framework's trial is run twice, back to back, with one seed; which of the two counts as the first alternates as the
    frameworks do in a real study, so a cost of the position cancels here as it does there. Raises :class:`ReportgenError` when a trial fails
    :data:`ATTEMPTS` times.
    """
    orders = {name: order_in_blocks((FIRST, SECOND), study.blocks, study.seed + index) for index, name in enumerate(study.frameworks)}
    total, done = 2 * study.blocks * len(study.frameworks), 0
    blocks: list[CalibrationBlock] = []
    versions: dict[str, str] = {}
    for block, order in enumerate(order_in_blocks(study.frameworks, study.blocks, study.seed), start=1):
        for framework in order:
            results: dict[str, TrainingResult] = {}
            for position, label in enumerate(orders[framework][block - 1], start=1):
                spec = order_for(study, framework, block, position, label, dataset_folder)
                on_trial(done, total, spec.trial)
                results[label] = carry_out(spec, work, executor)
                done += 1
            blocks.append(CalibrationBlock(framework=framework, block=block, times_s=paired_times(results[FIRST], results[SECOND])))
            versions |= results[FIRST].versions
    return Calibration(
        created_at=now(),
        reportgen_version=__version__,
        hardware=hardware,
        workload=Path(study.workload).name,
        dataset=study.dataset,
        epochs=study.hyperparameters.epochs,
        threads=study.threads,
        device=study.device,
        seed=study.seed,
        versions=versions,
        blocks=tuple(blocks),
    )


def order_for(study: SelfComparison, framework: str, block: int, position: int, label: str, dataset_folder: Path) -> TrainingSpec:
    """Return the order for one of the two trials of a framework in a block; both have the block's seed."""
    return TrainingSpec(
        trial=f"block-{block:02d}-{framework}-{label}",
        block=block,
        attempt=1,
        position=position,
        framework=framework,
        mode=study.modes[framework],
        workload=study.workload,
        seed=study.seed + block - 1,
        hyperparameters=study.hyperparameters,
        threads=study.threads,
        device=study.device,
        dataset_folder=str(dataset_folder),
        dataset_digest=study.dataset_digest,
        exports=(),
    )


def carry_out(spec: TrainingSpec, work: Path, executor: Executor) -> TrainingResult:
    """Return the result of a trial, tried again where it fails; its folders stay below ``work``."""
    cause = ""
    for attempt in range(1, ATTEMPTS + 1):
        trial = spec.model_copy(update={"trial": f"{spec.trial}-attempt-{attempt}" if attempt > 1 else spec.trial, "attempt": attempt})
        folder = work / trial.trial
        folder.mkdir(parents=True)
        result = executor(trial, folder, lambda _event: None)
        if isinstance(result, TrainingResult):
            return result
        cause = getattr(result, "cause", "it left no training result")
    raise ReportgenError(
        f"The machine cannot be calibrated: the trial {spec.trial!r} failed {ATTEMPTS} times: {cause}. "
        "See what is missing: python -m reportgen doctor"
    )


def paired_times(first: TrainingResult, second: TrainingResult) -> Mapping[str, tuple[float, float]]:
    """Return the times in seconds of two trials by metric, for every metric that findings compare."""
    from reportgen.analysis.comparisons import METRICS

    return {metric.name: (metric.seconds(first), metric.seconds(second)) for metric in METRICS}


def floors(calibration: Calibration) -> Sequence[tuple[str, str]]:
    """Return each metric's title with what the calibration makes of it, as text, for whoever measured it."""
    from reportgen.analysis.comparisons import METRICS
    from reportgen.analysis.noise import noise_floor
    from reportgen.analysis.wording import per_cent

    frameworks = tuple(dict.fromkeys(block.framework for block in calibration.blocks))
    found = [(metric.title, noise_floor(calibration, frameworks, metric.name)) for metric in METRICS]
    return [(title, f"{per_cent(floor.value)} ({floor.source})") for title, floor in found]
