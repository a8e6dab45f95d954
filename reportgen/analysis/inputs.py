"""What the analysis is given: a run's records, read and verified by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.records import (
    Calibration,
    ColdStartResult,
    ColdStartSpec,
    Environment,
    ExperimentResult,
    ExperimentSpec,
    FailedResult,
    InferenceResult,
    InferenceSpec,
    Look,
    ParityResult,
    ParitySpec,
    Plan,
    ProfileResult,
    ProfileSpec,
    Spec,
    TrainingResult,
    TrainingSpec,
)
from reportgen.records.sentence import Sentence

#: float32 (test images, classes), as a trial stores them.
Logits = NDArray[np.float32]
#: Class indices.
Labels = NDArray[np.int64]
#: float32 (test samples, targets).
Targets = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Training:
    """A training trial that came to its end; ``logits`` are float32 (test images, classes)."""

    spec: TrainingSpec
    result: TrainingResult
    logits: Logits


@dataclass(frozen=True, kw_only=True)
class Reopening:
    """An export that was reopened by its runtime; ``logits`` are float32 (test images, classes)."""

    spec: InferenceSpec
    result: InferenceResult
    logits: Logits


@dataclass(frozen=True, kw_only=True)
class ParityTrial:
    """What a framework showed of what it computes; ``arrays`` are those that the trial left in its archive."""

    spec: ParitySpec
    result: ParityResult
    arrays: Mapping[str, NDArray[np.floating]]


@dataclass(frozen=True, kw_only=True)
class Profiling:
    """Where the time of a framework's training epoch goes."""

    spec: ProfileSpec
    result: ProfileResult


@dataclass(frozen=True, kw_only=True)
class ColdStart:
    """What a new interpreter paid up to its first training step."""

    spec: ColdStartSpec
    result: ColdStartResult


@dataclass(frozen=True, kw_only=True)
class Span:
    """When a trial's process began and its record was made, in seconds of one clock, and how long its phases took together."""

    began_s: float
    ended_s: float
    phases_s: float


@dataclass(frozen=True, kw_only=True)
class ExperimentTrial:
    """What one process of an experiment observed."""

    spec: ExperimentSpec
    result: ExperimentResult


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A trial that failed; ``repeated`` says whether a later attempt succeeded."""

    spec: Spec
    result: FailedResult
    repeated: bool


@dataclass(frozen=True, kw_only=True)
class FormatTitle:
    """How an export format is called, at which precision it stores, its file, the runtime that reopens it, and whether every block exports it."""

    title: str
    precision: str
    file_name: str
    runtime: str
    repeated: bool = True


@dataclass(frozen=True, kw_only=True)
class ModeTitle:
    """How a mode is called, and what it is in one sentence."""

    title: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Titles:
    """Names as a reader knows them: of the workload, of each framework, of each (framework, format), of each (framework, mode)."""

    workload: str
    workload_description: str
    frameworks: Mapping[str, str]
    formats: Mapping[tuple[str, str], FormatTitle]
    modes: Mapping[tuple[str, str], ModeTitle] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RunRecords:
    """Everything that a run observed. ``test_labels`` are int64 (test images,),
    or, where numbers are to be found, none; ``test_targets`` then hold these.

    ``trainings`` holds the main modes' trials of complete blocks only, in order of blocks; ``further`` those of the other modes in these blocks, as
    far as they came to their end. ``threaded`` are exports that were reopened a second time, with more threads than the plan's.

    ``later_environments`` are those in which the run was continued, where they differ from the one that it began in. ``parity`` is empty where no
    check of equal programs was made, ``cold_starts`` where the training trials themselves are some. ``spans`` are those of all trials, whatever
    became of them; ``calibration`` is ``None`` where the machine had not been calibrated.
    """

    plan: Plan
    environment: Environment
    titles: Titles
    trainings: tuple[Training, ...]
    reopenings: tuple[Reopening, ...]
    failures: tuple[Failure, ...]
    damaged: tuple[Sentence, ...]
    test_labels: Labels
    test_targets: Targets = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    parity: tuple[ParityTrial, ...] = ()
    profiles: tuple[Profiling, ...] = ()
    cold_starts: tuple[ColdStart, ...] = ()
    spans: tuple[Span, ...] = ()
    experiments: tuple[ExperimentTrial, ...] = ()
    later_environments: tuple[Environment, ...] = ()
    calibration: Calibration | None = None
    looks: tuple[Look, ...] = ()
    further: tuple[Training, ...] = ()
    threaded: tuple[Reopening, ...] = ()

    def trainings_of(self, framework: str) -> tuple[Training, ...]:
        """Return one framework's trials in its main mode, in order of blocks."""
        return tuple(training for training in self.trainings if training.spec.framework == framework)

    def trainings_in(self, framework: str, mode: str) -> tuple[Training, ...]:
        """Return one framework's trials in any of its modes, in order of blocks."""
        everything = (*self.trainings, *self.further)
        return tuple(training for training in everything if (training.spec.framework, training.spec.mode) == (framework, mode))
