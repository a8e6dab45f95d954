"""The typed records that cross the wall between the measuring processes and everything that comes after them.

A record holds what was observed: raw samples, digests, values read back from the framework's own objects. It never holds a
statistic; statistics are computed from records, every time.

Schema history (a migration turns an older record into the current one, see :func:`migrate`):

* 1: first version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1


class Record(BaseModel):
    """Base of everything stored: immutable, and strict about unknown keys so that a foreign file is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class FileRecord(Record):
    """A file that belongs to a record: its path relative to the trial's folder (POSIX), its size and the digest of its bytes."""

    path: str
    size_bytes: int = Field(ge=0)
    sha256: str


class Hyperparameters(Record):
    """What both programs are told to use. What they really used is in :class:`Effective`."""

    epochs: int = Field(ge=1)
    batch_size: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    beta_1: float = Field(default=0.9, ge=0, lt=1)
    beta_2: float = Field(default=0.999, ge=0, lt=1)
    epsilon: float = Field(default=1e-7, gt=0)


class DatasetRecord(Record):
    """Which data a run used: enough to recognise the same data again, and to describe it on paper."""

    name: str
    title: str
    description: str
    licence: str
    citation: str
    source: str
    requested: str
    fallback_reason: str | None
    digest: str
    class_names: tuple[str, ...]
    image_shape: tuple[int, int, int]
    train_count: int
    validation_count: int
    test_count: int
    train_class_counts: tuple[int, ...]
    validation_class_counts: tuple[int, ...]
    test_class_counts: tuple[int, ...]


class TrainingSpec(Record):
    """The whole order for one training process, written by the parent as ``spec.json``."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training"] = "training"
    trial: str
    block: int
    attempt: int
    position: int
    framework: str
    workload: str
    seed: int
    hyperparameters: Hyperparameters
    threads: int
    dataset_folder: str
    dataset_digest: str
    exports: tuple[str, ...]


class InferenceSpec(Record):
    """The order for one process that reopens an exported file with a runtime and nothing else."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["inference"] = "inference"
    trial: str
    block: int
    attempt: int
    source_trial: str
    framework: str
    workload: str
    format: str
    model_path: str
    runtime: str
    batch_size: int
    threads: int
    dataset_folder: str
    dataset_digest: str


class Phase(Record):
    """One part of a process's life: wall time, processor time (user + system, all threads) and peak resident memory."""

    name: str
    wall_s: float = Field(ge=0)
    cpu_s: float = Field(ge=0)
    peak_memory_bytes: int | None = None


class Epoch(Record):
    """One pass over the training data, and the validation that followed it.

    ``train_s`` excludes validation. ``data_s`` is the part of ``train_s`` spent waiting for the next batch, where the loop shows it.
    Training loss and accuracy are means over the epoch's samples, taken while the weights were changing.
    """

    index: int
    train_s: float
    data_s: float | None
    validation_s: float
    train_loss: float
    train_accuracy: float
    validation_loss: float
    validation_accuracy: float


class Layer(Record):
    """A layer as the framework itself describes it; ``output_shape`` leaves the batch out, and is channels-last or -first as the framework has it."""

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int


class Parameter(Record):
    """A trainable array of the model, with the range of its initial values."""

    name: str
    shape: tuple[int, ...]
    initial_minimum: float
    initial_maximum: float


class Effective(Record):
    """What the framework really used, read back from its own objects after training."""

    optimizer: str
    settings: Mapping[str, float]
    loss: str
    batch_size: int
    steps_per_epoch: int
    shuffled: bool
    dtype: str
    device: str
    intra_op_threads: int
    inter_op_threads: int


class InferenceSample(Record):
    """Raw timings of inference in one process.

    ``test_set_s``: seconds for all test images, one value a pass, in batches of ``batch_size``.
    ``latency_s``: seconds for a batch of one image, one value a call. Warm-up calls are not included.
    """

    call: str
    batch_size: int
    threads: int
    test_set_s: tuple[float, ...]
    latency_s: tuple[float, ...]


class ExportSample(Record):
    """One exported model: where it lies, what it weighs, how long the conversion took, or why there is none."""

    format: str
    status: Literal["ok", "failed"]
    error: str | None = None
    path: str | None = None
    files: tuple[FileRecord, ...] = ()
    conversion_s: float | None = None

    @property
    def size_bytes(self) -> int:
        """Bytes on disk of everything the export consists of, sidecar files included."""
        return sum(file.size_bytes for file in self.files)


class Source(Record):
    """A piece of code as it ran: the text, and the SHA-256 digest of its UTF-8 bytes. It is what the report prints."""

    title: str
    module: str
    text: str
    sha256: str


class HostState(Record):
    """What else the machine was doing at a moment; recorded before and after a trial, never used to drop one."""

    load_average_1min: float | None
    cpu_frequency_mhz: float | None
    steal_s: float | None


class TrainingResult(Record):
    """Everything one training process observed. ``predictions.npz`` beside it holds ``logits`` float32 (test images, classes)."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training"] = "training"
    status: Literal["ok"] = "ok"
    trial: str
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    epochs: tuple[Epoch, ...]
    layers: tuple[Layer, ...]
    parameters: tuple[Parameter, ...]
    parameter_count: int
    effective: Effective
    inference: InferenceSample
    exports: tuple[ExportSample, ...]
    sources: tuple[Source, ...]
    host_before: HostState
    host_after: HostState
    warnings: tuple[str, ...]
    files: tuple[FileRecord, ...]


class InferenceResult(Record):
    """Everything one inference process observed. ``predictions.npz`` beside it holds ``logits`` float32 (test images, classes)."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["inference"] = "inference"
    status: Literal["ok"] = "ok"
    trial: str
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    input_shape: tuple[int | None, ...]
    output_shape: tuple[int | None, ...]
    inference: InferenceSample
    host_before: HostState
    host_after: HostState
    files: tuple[FileRecord, ...]


class FailedResult(Record):
    """A trial that did not come to its end, with the cause as a person would say it and the end of its log."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training", "inference"]
    status: Literal["failed", "timeout", "killed", "out-of-memory", "skipped"]
    trial: str
    started_at: str
    finished_at: str
    cause: str
    exit_code: int | None
    log_tail: str


class Software(Record):
    """The interpreter and every installed distribution that a result could depend on."""

    python: str
    implementation: str
    operating_system: str
    packages: Mapping[str, str]


class Hardware(Record):
    """The machine. ``usable_cpus`` respects affinity and the container's quota; memory in bytes."""

    cpu_model: str
    usable_cpus: int
    memory_bytes: int
    devices: tuple[str, ...]
    architecture: str


class Repository(Record):
    """Where the code that ran came from, when it lay in a git working tree."""

    commit: str | None
    dirty: bool | None
    url: str | None


class Environment(Record):
    """Recorded once a run, before the first trial."""

    software: Software
    hardware: Hardware
    repository: Repository
    command: str
    host_name: str


class PlannedTrial(Record):
    """One training trial of the plan: a framework at a position inside a block."""

    trial: str
    block: int
    position: int
    framework: str
    seed: int
    exports: tuple[str, ...]


class Plan(Record):
    """Immutable once written. What is done is what has a valid result; what remains is the plan minus that."""

    schema_version: int = SCHEMA_VERSION
    run: str
    created_at: str
    reportgen_version: str
    workload: str
    frameworks: tuple[str, ...]
    dataset: DatasetRecord
    hyperparameters: Hyperparameters
    blocks: int
    seed: int
    threads: int
    timeout_s: float
    preset: str
    trials: tuple[PlannedTrial, ...]


def migrate(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``data`` as the current schema version has it; raises ``ValueError`` for a version this program does not know."""
    version = data.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise ValueError(f"schema version {version!r} is not known; this program reads version {SCHEMA_VERSION}")
    return data
