"""What ``calibrate`` does: an A/A study of this machine with the study's own data and frameworks, kept for the studies to come."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console

from reportgen import datasets, devices, modes
from reportgen.calibration import STANDARD_EPOCHS, SelfComparison, floors, measure_calibration, store_calibration
from reportgen.config import Config
from reportgen.hardware import describe_hardware
from reportgen.jobs import find_dataset, find_workload
from reportgen.locks import host_lock
from reportgen.progress import DownloadProgress
from reportgen.runner.trial import ProcessExecutor
from reportgen.workloads.inspection import inspect_folder


def calibrate(config: Config, blocks: int, quiet: bool) -> None:
    """Measure this machine alone, store what was found, and print the noise floors that follow from it."""
    console = Console()
    study = config.study
    workload = find_workload(config)
    inspect_folder(workload, study.frameworks)
    dataset = find_dataset(config, workload, DownloadProgress(console, quiet))
    choice = devices.choose(study.device, study.frameworks)
    chosen = {"epochs": study.epochs or STANDARD_EPOCHS, "batch_size": study.batch_size, "learning_rate": study.learning_rate}
    comparison = SelfComparison(
        frameworks=study.frameworks,
        modes={framework: found[0] for framework, found in modes.choose(workload, study.frameworks, study.modes).items()},
        workload=workload.reference,
        dataset=dataset.name,
        dataset_digest=dataset.digest,
        hyperparameters=workload.hyperparameters.model_copy(update={name: value for name, value in chosen.items() if value is not None}),
        blocks=blocks,
        seed=study.seed,
        threads=study.threads,
        device=choice.device,
    )

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    def on_trial(done: int, total: int, trial: str) -> None:
        if not quiet:
            say(f"[{done + 1}/{total}] {trial}")

    if study.device != "cpu":
        say(str(choice.reason))
    say(f"Calibrating with {dataset.title}: {blocks} blocks, each framework against itself.")
    folder = datasets.store(dataset, datasets.stored_folder(dataset))
    executor = ProcessExecutor(timeout_s=study.timeout_s, live=False)
    with tempfile.TemporaryDirectory(prefix="reportgen-calibration-") as work, host_lock("calibration", say):
        calibration = measure_calibration(comparison, describe_hardware(), folder, Path(work), executor, on_trial)
    path = store_calibration(calibration)
    say("Noise floors of this machine:")
    for title, text in floors(calibration):
        say(f"  {title}: {text}")
    say(f"Stored: {path}\nStudies measured from now on use it; a run measured before takes it up with: python -m reportgen run --resume RUN")
