"""What a trial leaves behind, whole and last of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record
from reportgen.records.environment import HostState
from reportgen.records.observations import Effective, Epoch, ExportSample, InferenceSample, Layer, Parameter, Phase, Source


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
