"""What the analysis hands to everything that shows results: pure values, no presentation.

``results.json`` is this tree, dumped. Times are seconds, sizes bytes, accuracies fractions between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.claims import Finding, ModelPair, PositionEffect
from reportgen.analysis.examples import AugmentedImages as AugmentedImages
from reportgen.analysis.examples import PredictedImage as PredictedImage
from reportgen.analysis.exported import ChangedImage as ChangedImage
from reportgen.analysis.exported import ExportResult as ExportResult
from reportgen.analysis.exported import FilePart as FilePart
from reportgen.analysis.exported import InferenceSummary as InferenceSummary
from reportgen.analysis.exported import Sameness as Sameness
from reportgen.analysis.exported import Shipping as Shipping
from reportgen.analysis.exported import Throughput as Throughput
from reportgen.analysis.history.shown import NightHistory
from reportgen.analysis.interval import Interval as Interval
from reportgen.analysis.losses import LossAfter as LossAfter
from reportgen.analysis.losses import StepLosses as StepLosses
from reportgen.analysis.outcomes import ExperimentMeasure as ExperimentMeasure
from reportgen.analysis.outcomes import ExperimentOutcome as ExperimentOutcome
from reportgen.analysis.overhead import Overhead as Overhead
from reportgen.analysis.sameness import LossTrajectory as LossTrajectory
from reportgen.analysis.sameness import ParityCheck as ParityCheck
from reportgen.analysis.sameness import ParityOutcome as ParityOutcome
from reportgen.analysis.summary import Summary as Summary
from reportgen.analysis.varied import VariantResult as VariantResult
from reportgen.analysis.ways import ModeResult as ModeResult
from reportgen.analysis.whereabouts import EpochPart as EpochPart
from reportgen.analysis.whereabouts import EpochProfile as EpochProfile
from reportgen.records import (
    DatasetRecord,
    DeviceKind,
    Effective,
    Environment,
    Hyperparameters,
    Layer,
    Record,
    Sentence,
    Source,
    Start,
)
from reportgen.records.sentence import NOTHING

SCHEMA_VERSION = 1


class Ratio(Record):
    """How two frameworks' times compare within blocks: exp of the mean log ratio of ``numerator`` to ``denominator``.

    ``interval`` is the paired t interval on the logarithms, for n >= 2; whether a claim may follow from it is not said here.
    """

    metric: str
    numerator: str
    denominator: str
    n: int
    ratio: float
    interval: Interval | None


class ClassScore(Record):
    """Scores of one class, summarised over trials; ``support`` is the number of test images of the class."""

    class_name: str
    precision: Summary
    recall: Summary
    f1: Summary
    support: int


class Confusion(Record):
    """Test images by true class (row) and predicted class (column), summed over ``trials`` trials of the same test set."""

    trials: int
    counts: tuple[tuple[int, ...], ...]
    first_trial_counts: tuple[tuple[int, ...], ...]


class ConfusedPair(Record):
    """Images of ``true_class`` that were taken for ``predicted_class``: mean count per trial."""

    true_class: str
    predicted_class: str
    mean_count: float


class Misclassified(Record):
    """A test image that a framework's models got wrong in ``wrong_trials`` of ``trials`` trials; ``index`` is its place in the test set."""

    index: int
    true_class: str
    predicted_class: str
    wrong_trials: int
    trials: int


class Curves(Record):
    """Values per epoch; the outer tuple runs over trials (blocks in order), the inner one over epochs. Without classes there is no accuracy."""

    train_loss: tuple[tuple[float, ...], ...]
    train_accuracy: tuple[tuple[float, ...], ...]
    validation_loss: tuple[tuple[float, ...], ...]
    validation_accuracy: tuple[tuple[float, ...], ...]
    train_s: tuple[tuple[float, ...], ...]


class PhaseTime(Record):
    """Wall time of one phase over trials, with the processor time that it used, and the peak memory of the process in it where it was measured."""

    name: str
    wall: Summary
    cpu: Summary
    peak_memory: Summary | None = None
    peak_device_memory: Summary | None = None


class TrialRow(Record):
    """One trial as the appendix lists it: raw timings, nothing summarised; ``test_loss`` stands in for the accuracy where there are no classes."""

    trial: str
    block: int
    position: int
    attempt: int
    seed: int
    started_at: str
    training_s: float
    steady_epoch_s: float
    cold_start_s: float | None
    evaluation_s: float
    effective_cores: float
    peak_memory_bytes: int | None
    accuracy: float | None
    test_loss: float | None = None


class FrameworkResult(Record):
    """Everything about one framework.

    ``test_loss`` (mean squared error where numbers are to be found) is ``None`` when a trial diverged, ``cold_start`` when no new interpreter was
    measured. Without classes there is no accuracy and nothing by class, but ``losses_after`` the first and the last epoch, and ``step_losses``
    where the program kept them. ``training_time`` excludes validation and includes the first step; ``steady_epoch_time`` is the mean of a trial's
    epochs after the dropped ones.
    """

    name: str
    title: str
    version: str
    n: int
    parameter_count: int
    layers: tuple[Layer, ...]
    effective: Effective
    sources: tuple[Source, ...]
    accuracy: Summary | None
    macro_f1: Summary | None
    test_loss: Summary | None
    training_time: Summary
    steady_epoch_time: Summary
    first_step_time: Summary
    data_time: Summary | None
    cold_start: Summary | None
    evaluation_time: Summary
    effective_cores: Summary
    peak_memory: Summary | None
    peak_device_memory: Summary | None = None
    unsteady_trials: tuple[str, ...]
    phases: tuple[PhaseTime, ...]
    inference: InferenceSummary
    classes: tuple[ClassScore, ...]
    confusion: Confusion | None
    confused_pairs: tuple[ConfusedPair, ...]
    misclassified: tuple[Misclassified, ...]
    predicted_images: tuple[PredictedImage, ...] = ()
    step_losses: StepLosses | None = None
    losses_after: tuple[LossAfter, ...] = ()
    curves: Curves
    trials: tuple[TrialRow, ...]


class ProcessUse(Record):
    """How the processes of the training trials began: forked from one that had imported the framework, or fresh, and for what ``reason``."""

    forked: int
    fresh: int
    reason: Sentence


class SettingRow(Record):
    """One hyperparameter or default as each framework really used it (text, in order of ``Results.frameworks``), and whether all agree."""

    name: str
    values: tuple[str, ...]
    same: bool


class FailedTrial(Record):
    """A trial that failed, for the report's limitations section."""

    trial: str
    block: int | None
    framework: str
    status: str
    cause: Sentence
    repeated: bool


class Results(Record):
    """The whole outcome of a run, as analysis sees it.

    ``frameworks`` are measured in their main modes; ``modes`` holds these and the others, and is empty where there are no others. ``stopping``
    says in words when the study was to stop, and which looks were taken. ``history`` is there where the run is a night of a history.
    """

    schema_version: int = SCHEMA_VERSION
    run: str
    created_at: str
    finished_at: str
    reportgen_version: str
    workload: str
    workload_title: str
    workload_description: str
    preset: str
    start: Start = "native"
    seed: int
    threads: int
    device: DeviceKind = "cpu"
    device_reason: Sentence = NOTHING
    planned_blocks: int
    complete_blocks: int
    complete: bool
    dataset: DatasetRecord
    hyperparameters: Hyperparameters
    environment: Environment
    frameworks: tuple[FrameworkResult, ...]
    modes: tuple[ModeResult, ...] = ()
    variants: tuple[VariantResult, ...] = ()
    ratios: tuple[Ratio, ...]
    exports: tuple[ExportResult, ...]
    shipping: tuple[Shipping, ...] = ()
    settings: tuple[SettingRow, ...]
    parity: tuple[ParityCheck, ...] = ()
    parity_losses: tuple[LossTrajectory, ...] = ()
    augmented_images: AugmentedImages | None = None
    profiles: tuple[EpochProfile, ...] = ()
    experiments: tuple[ExperimentOutcome, ...] = ()
    failed_trials: tuple[FailedTrial, ...]
    notices: tuple[str, ...]
    trial_seconds: Mapping[str, float]
    processes: ProcessUse
    overhead: Overhead | None = None
    stopping: str = ""
    history: NightHistory | None = None
    findings: tuple[Finding, ...] = ()
    model_pairs: tuple[ModelPair, ...] = ()
    position_effects: tuple[PositionEffect, ...] = ()

    @property
    def titles(self) -> dict[str, str]:
        """The readable name of each framework by its name."""
        return {framework.name: framework.title for framework in self.frameworks}
