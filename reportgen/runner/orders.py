"""From a plan to the orders for its processes: what a trial is told is written down here, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from reportgen import frameworks
from reportgen.records import (
    InferenceSpec,
    ParitySpec,
    PlannedParity,
    PlannedProfile,
    PlannedTrial,
    ProfileSpec,
    TrainingSpec,
)
from reportgen.runner.plan import attempt_suffix, further, inference_name, trial_name
from reportgen.runs import Run

# Training steps of a parity trial: a wrong formula shows itself in the first ones, and after many more of them rounding has grown so far,
# in a convolutional network, that nothing could be told from it.
PARITY_STEPS = 50


def parity_spec(run: Run, planned: PlannedParity, attempt: int, dataset_folder: Path) -> ParitySpec:
    """Return the order for a planned parity trial."""
    plan = run.plan
    return ParitySpec(
        trial=f"{planned.trial}{attempt_suffix(attempt)}",
        attempt=attempt,
        framework=planned.framework,
        mode=planned.mode,
        reference=planned.reference,
        workload=plan.workload,
        precision=planned.precision,
        seed=planned.seed,
        start=plan.start,
        steps=PARITY_STEPS,
        hyperparameters=plan.hyperparameters,
        threads=plan.threads,
        device=plan.device,
        dataset_folder=str(dataset_folder),
        dataset_digest=plan.dataset.digest,
    )


def profile_spec(run: Run, planned: PlannedProfile, attempt: int, dataset_folder: Path) -> ProfileSpec:
    """Return the order for a planned profile."""
    plan = run.plan
    return ProfileSpec(
        trial=f"{planned.trial}{attempt_suffix(attempt)}",
        attempt=attempt,
        framework=planned.framework,
        mode=planned.mode,
        workload=plan.workload,
        seed=plan.seed,
        hyperparameters=plan.hyperparameters,
        threads=plan.threads,
        device=plan.device,
        dataset_folder=str(dataset_folder),
        dataset_digest=plan.dataset.digest,
    )


def training_spec(run: Run, planned: PlannedTrial, attempt: int, dataset_folder: Path) -> TrainingSpec:
    """Return the order for a planned trial."""
    plan = run.plan
    return TrainingSpec(
        trial=trial_name(planned.block, planned.framework, further(plan.modes, planned.framework, planned.mode), attempt),
        block=planned.block,
        attempt=attempt,
        position=planned.position,
        framework=planned.framework,
        mode=planned.mode,
        workload=plan.workload,
        seed=planned.seed,
        start=plan.start,
        hyperparameters=plan.hyperparameters,
        threads=plan.threads,
        device=plan.device,
        dataset_folder=str(dataset_folder),
        dataset_digest=plan.dataset.digest,
        exports=planned.exports,
    )


def inference_spec(run: Run, source: TrainingSpec, export_format: str, path: str, attempt: int, dataset_folder: Path) -> InferenceSpec:
    """Return the order to reopen one export of a training trial."""
    return InferenceSpec(
        trial=inference_name(source.trial, export_format, attempt),
        block=source.block,
        attempt=attempt,
        source_trial=source.trial,
        framework=source.framework,
        mode=source.mode,
        workload=source.workload,
        format=export_format,
        model_path=str(run.trial_folder(source.trial) / path),
        runtime=frameworks.find_format(source.framework, export_format).runtime,
        batch_size=source.hyperparameters.batch_size,
        threads=source.threads,
        dataset_folder=str(dataset_folder),
        dataset_digest=source.dataset_digest,
    )
