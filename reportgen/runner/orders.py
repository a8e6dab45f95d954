"""From a plan to the orders for its processes: what a trial is told is written down here, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from reportgen import frameworks
from reportgen.records import (
    ColdStartSpec,
    ExperimentSpec,
    Hyperparameters,
    InferenceSpec,
    ParitySpec,
    Plan,
    PlannedColdStart,
    PlannedExperiment,
    PlannedParity,
    PlannedProfile,
    PlannedTrial,
    ProfileSpec,
    TrainingSpec,
)
from reportgen.runner.cold_starts import cold_start_name
from reportgen.runner.plan import attempt_suffix, further, inference_name, trial_name
from reportgen.runs import Run

# Training steps of a parity trial: a wrong formula shows itself in the first ones, and after many more of them rounding has grown so far,
# in a convolutional network, that nothing could be told from it.
PARITY_STEPS = 50


class OfEveryOrder(TypedDict):
    """What a plan says to each of its processes that has the data."""

    workload: str
    hyperparameters: Hyperparameters
    threads: int
    dataset_folder: str
    dataset_digest: str


def of_every_order(plan: Plan, dataset_folder: Path) -> OfEveryOrder:
    """Return what is the same in every order of a plan."""
    return OfEveryOrder(
        workload=plan.workload,
        hyperparameters=plan.hyperparameters,
        threads=plan.threads,
        dataset_folder=str(dataset_folder),
        dataset_digest=plan.dataset.digest,
    )


def parity_spec(run: Run, planned: PlannedParity, attempt: int, dataset_folder: Path) -> ParitySpec:
    """Return the order for a planned parity trial."""
    plan = run.plan
    return ParitySpec(
        trial=f"{planned.trial}{attempt_suffix(attempt)}",
        attempt=attempt,
        framework=planned.framework,
        mode=planned.mode,
        reference=planned.reference,
        precision=planned.precision,
        seed=planned.seed,
        start=plan.start,
        steps=PARITY_STEPS,
        **of_every_order(plan, dataset_folder),
        device=plan.device,
    )


def profile_spec(run: Run, planned: PlannedProfile, attempt: int, dataset_folder: Path) -> ProfileSpec:
    """Return the order for a planned profile."""
    plan = run.plan
    return ProfileSpec(
        trial=f"{planned.trial}{attempt_suffix(attempt)}",
        attempt=attempt,
        framework=planned.framework,
        mode=planned.mode,
        seed=plan.seed,
        **of_every_order(plan, dataset_folder),
        device=plan.device,
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
        seed=planned.seed,
        start=plan.start,
        **of_every_order(plan, dataset_folder),
        device=plan.device,
        exports=planned.exports,
    )


def cold_start_spec(plan: Plan, planned: PlannedColdStart, attempt: int, dataset_folder: Path) -> ColdStartSpec:
    """Return the order for a planned cold start."""
    return ColdStartSpec(
        trial=cold_start_name(planned.block, planned.framework, attempt),
        block=planned.block,
        attempt=attempt,
        position=planned.position,
        framework=planned.framework,
        mode=planned.mode,
        seed=planned.seed,
        start=plan.start,
        **of_every_order(plan, dataset_folder),
        device=plan.device,
    )


def experiment_spec(plan: Plan, planned: PlannedExperiment, attempt: int, dataset_folder: Path) -> ExperimentSpec:
    """Return the order for one process of an experiment; it computes on the CPU."""
    return ExperimentSpec(
        trial=f"{planned.trial}{attempt_suffix(attempt)}",
        attempt=attempt,
        experiment=planned.experiment,
        framework=planned.framework,
        variant=planned.variant,
        seed=plan.seed,
        **of_every_order(plan, dataset_folder),
    )


def inference_spec(
    run: Run, source: TrainingSpec, export_format: str, path: str, attempt: int, dataset_folder: Path, threads: int | None = None
) -> InferenceSpec:
    """Return the order to reopen one export of a training trial, with as many threads as that had or with another number."""
    return InferenceSpec(
        trial=inference_name(source.trial, export_format, attempt, threads),
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
        threads=source.threads if threads is None else threads,
        dataset_folder=str(dataset_folder),
        dataset_digest=source.dataset_digest,
    )
