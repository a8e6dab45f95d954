"""What a trial leaves behind, whole and last of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record
from reportgen.records.environment import HostState
from reportgen.records.observations import Effective, Epoch, ExportSample, InferenceSample, Layer, Parameter, Phase, Source, ThroughputSample
from reportgen.records.plan import Process
from reportgen.records.sentence import Sentence


class TrainingResult(Record):
    """Everything one training process observed. ``predictions.npz`` beside it holds ``logits`` float32 (test images, classes).

    ``process`` says how the process began: as a new interpreter, or forked from one that had imported the framework; in the latter case its phases
    "start" and "import" are not those of the framework. ``start_digest`` is that of the weights with which training began, read back from the
    model, where they were shared.
    """

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training"] = "training"
    status: Literal["ok"] = "ok"
    trial: str
    process: Process = "fresh"
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    epochs: tuple[Epoch, ...]
    layers: tuple[Layer, ...]
    parameters: tuple[Parameter, ...]
    parameter_count: int
    effective: Effective
    start_digest: str | None = None
    inference: InferenceSample
    exports: tuple[ExportSample, ...]
    sources: tuple[Source, ...]
    host_before: HostState
    host_after: HostState
    warnings: tuple[str, ...]
    files: tuple[FileRecord, ...]


class InferenceResult(Record):
    """Everything one inference process observed. ``predictions.npz`` beside it holds ``logits`` float32 (test images, classes).

    ``throughput`` is empty in records from before it was measured.
    """

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
    throughput: tuple[ThroughputSample, ...] = ()
    host_before: HostState
    host_after: HostState
    files: tuple[FileRecord, ...]


class PipelineSample(Record):
    """What one pass over a framework's own training pipeline gave, and whether a second one came in another order.

    ``class_means`` are mean scaled pixel values by label; ``shuffled`` says that the order is neither that of the stored data nor that of
    the pass before.
    """

    batch_size: int
    images_seen: int
    class_counts: tuple[int, ...]
    class_means: tuple[float, ...]
    order_digests: tuple[str, str]
    shuffled: bool


class ParityResult(Record):
    """What one framework computes, for comparison with another, or a mode for comparison with the main one of its framework.

    Arrays are in ``probe.npz`` beside it, weights in TensorFlow's layout. ``reference_effective`` is what the main mode really used; without one,
    frameworks are compared.

    ``weights_digest`` is that of the shared initial weights that the process made from seed and shapes, ``read_back_digest`` that of what the
    model then held. ``pipeline`` is observed in float32 only, the precision that is measured.
    """

    schema_version: int = SCHEMA_VERSION
    kind: Literal["parity"] = "parity"
    status: Literal["ok"] = "ok"
    trial: str
    process: Process = "fresh"
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    parameters: tuple[Parameter, ...]
    canonical_shapes: tuple[tuple[int, ...], ...]
    weights_digest: str
    read_back_digest: str
    read_back_difference: float
    effective: Effective
    reference_effective: Effective | None = None
    defaults: Mapping[str, str]
    pipeline: PipelineSample | None
    files: tuple[FileRecord, ...]


class ProfileResult(Record):
    """Seconds of whole passes over the training data: by kind of pass, one value a round.

    ``read`` only reads the batches, ``differentiate`` also runs forward and backward, ``update`` also the optimiser, ``program`` is the training
    program as it is measured.
    """

    schema_version: int = SCHEMA_VERSION
    kind: Literal["profile"] = "profile"
    status: Literal["ok"] = "ok"
    trial: str
    process: Process = "fresh"
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    pass_s: Mapping[str, tuple[float, ...]]
    files: tuple[FileRecord, ...]


class ColdStartResult(Record):
    """What one fresh process paid from its start to the end of its first training step, phase by phase."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["cold-start"] = "cold-start"
    status: Literal["ok"] = "ok"
    trial: str
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    host_before: HostState
    host_after: HostState
    files: tuple[FileRecord, ...] = ()


class FailedResult(Record):
    """A trial that did not come to its end, with the cause as a person would say it and the end of its log.

    ``place`` is the file and line of the person's own workload where it failed, as far as it did so there.
    """

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training", "inference", "parity", "profile", "cold-start", "experiment"]
    status: Literal["failed", "timeout", "killed", "out-of-memory", "skipped"]
    trial: str
    started_at: str
    finished_at: str
    cause: Sentence
    place: str | None = None
    exit_code: int | None
    log_tail: str
