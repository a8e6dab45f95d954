"""What a run is going to do: written once, before the first trial, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.sentence import NOTHING, Sentence
from reportgen.records.task import Task

Precision = Literal["float32", "float64"]
Start = Literal["native", "shared"]
Process = Literal["fresh", "forked"]
DeviceKind = Literal["cpu", "cuda"]
# How each framework was driven before there were modes to choose from: what a record of that time means.
FORMER_MODES = {"tensorflow": "keras-fit", "pytorch": "dataloader"}


def former_mode(data: Mapping[str, Any]) -> str:
    """Return the mode of a record that names a framework and no mode."""
    return FORMER_MODES.get(data.get("framework", ""), "")


def mode_field() -> Any:
    """Return the field that says how a framework is driven; it stands below ``framework``."""
    return Field(default_factory=former_mode)


class Hyperparameters(Record):
    """What both programs are told to use. What they really used is in :class:`Effective`."""

    epochs: int = Field(ge=1)
    batch_size: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    beta_1: float = Field(default=0.9, ge=0, lt=1)
    beta_2: float = Field(default=0.999, ge=0, lt=1)
    epsilon: float = Field(default=1e-7, gt=0)


class DatasetRecord(Record):
    """Which data a run used: enough to recognise the same data again, and to describe it on paper.

    ``image_shape`` is the shape of one sample: (height, width, channels) of an image, (n,) of n numbers. With the task regression there are no
    classes, and ``target_count`` numbers belong to each sample.
    ``path`` is where a person's own data lay, absolute, so that a run can be finished from any folder; ``None`` for a data set that has a name.
    """

    name: str
    title: str
    description: str
    licence: str
    citation: str
    source: Sentence
    requested: str
    fallback_reason: Sentence | None
    path: str | None = None
    digest: str
    task: Task = "classification"
    class_names: tuple[str, ...] = ()
    target_count: int | None = None
    image_shape: tuple[int, ...]
    train_count: int
    validation_count: int
    test_count: int
    train_class_counts: tuple[int, ...] = ()
    validation_class_counts: tuple[int, ...] = ()
    test_class_counts: tuple[int, ...] = ()


class PlannedTrial(Record):
    """One training trial of the plan: a framework in a mode, at a position inside a block."""

    trial: str
    block: int
    position: int
    framework: str
    mode: str = mode_field()
    seed: int
    exports: tuple[str, ...]


class PlannedParity(Record):
    """One parity trial of the plan: a framework in a mode and a precision, before the first block.

    With a ``reference``, the mode is compared with that mode of the same framework; without one, it is what the frameworks are compared by.
    """

    trial: str
    framework: str
    mode: str = mode_field()
    reference: str = ""
    precision: Precision
    seed: int


class PlannedProfile(Record):
    """One profile of the plan: a framework in a mode, after the last block."""

    trial: str
    framework: str
    mode: str = mode_field()


class PlannedColdStart(Record):
    """One cold start of the plan: a framework in its main mode, in a fresh process that ends after its first training step.

    It comes after the trials of its block.
    """

    trial: str
    block: int
    position: int
    framework: str
    mode: str = mode_field()
    seed: int


class PlannedExperiment(Record):
    """One process of an experiment, after the last block."""

    trial: str
    experiment: str
    framework: str
    variant: str


class StoppingRule(Record):
    """Stop on precision: after each number of complete blocks in ``looks``, stop if half the 95 % interval of ln(ratio of training times) is at
    most ``target``. It was written down before the first trial, and looks at nothing else."""

    looks: tuple[int, ...]
    target: float


class Look(Record):
    """A look that was taken: after ``blocks`` complete blocks, the last of them ``last_block`` of the plan, and what it decided."""

    schema_version: int = SCHEMA_VERSION
    blocks: int
    last_block: int
    half_width: float
    target: float
    stop: bool
    taken_at: str


class Variant(Record):
    """Another interpreter or other environment variables, in which ``frameworks`` are measured too, in the same blocks.

    ``python`` is the path of the interpreter, empty for this one. ``software`` is what was installed for that interpreter when the plan was made,
    with the version of the interpreter as ``Python``; it is empty for this one.
    """

    name: str
    frameworks: tuple[str, ...]
    python: str = ""
    environment: Mapping[str, str] = Field(default_factory=dict)
    software: Mapping[str, str] = Field(default_factory=dict)


class Plan(Record):
    """Immutable once written. What is done is what has a valid result; what remains is the plan minus that.

    ``start`` says whether the frameworks of a block begin with the same weights and see the images in the same order (``shared``), or each as it
    does by itself. ``modes`` says how each framework is driven: the first is its main mode, by which the frameworks are compared; the others are
    measured in the same blocks. ``tuned`` names the fastest mode of each framework, where it is measured. ``parity`` is empty in runs from before
    there were parity checks, and where there is nothing to compare; ``profiles`` are taken after the last block, and ``experiments`` are the
    processes that come after those. With a ``stopping`` rule, ``blocks`` is the most that are measured; without one, the number was fixed. ``device``
    is where all trials compute, and ``device_reason`` a sentence on why.

    ``processes`` says whether a trial is forked from a process that has imported its framework already, or begins as a new interpreter, and
    ``processes_reason`` why it is not forked. Where trials are forked, ``cold_starts`` show what a new interpreter pays.
    A mode whose name ends with ``@NAME`` is the mode before that, in the variant of that name.

    ``reopening_threads`` is the number of threads with which the exports of the first block are reopened a second time, or ``None`` for no such time.
    """

    schema_version: int = SCHEMA_VERSION
    run: str
    created_at: str
    reportgen_version: str
    workload: str
    frameworks: tuple[str, ...]
    modes: Mapping[str, tuple[str, ...]] = Field(default_factory=lambda data: {name: (FORMER_MODES.get(name, ""),) for name in data["frameworks"]})
    tuned: Mapping[str, str] = Field(default_factory=dict)
    dataset: DatasetRecord
    hyperparameters: Hyperparameters
    blocks: int
    seed: int
    threads: int
    device: DeviceKind = "cpu"
    device_reason: Sentence = NOTHING
    timeout_s: float
    preset: str
    start: Start = "native"
    parity: tuple[PlannedParity, ...] = ()
    profiles: tuple[PlannedProfile, ...] = ()
    processes: Process = "fresh"
    processes_reason: Sentence = NOTHING
    cold_starts: tuple[PlannedColdStart, ...] = ()
    reopening_threads: int | None = None
    experiments: tuple[PlannedExperiment, ...] = ()
    trials: tuple[PlannedTrial, ...]
    stopping: StoppingRule | None = None
    variants: tuple[Variant, ...] = ()

    @field_validator("profiles", mode="before")
    @classmethod
    def _by_framework(cls, value: object) -> object:
        """Read plans from before there were modes: they name the frameworks alone."""
        if not isinstance(value, list | tuple):
            return value
        return tuple({"trial": f"profile-{one}", "framework": one} if isinstance(one, str) else one for one in value)

    def main_mode(self, framework: str) -> str:
        """Return the mode by which a framework is compared with the other."""
        return self.modes[framework][0]

    def is_main(self, framework: str, mode: str) -> bool:
        """Say whether a trial in ``mode`` belongs to the comparison of the frameworks."""
        return mode == self.main_mode(framework)

    @property
    def further_modes(self) -> tuple[tuple[str, str], ...]:
        """What is measured beside the main modes: framework and mode."""
        return tuple((framework, mode) for framework in self.frameworks for mode in self.modes[framework][1:])
