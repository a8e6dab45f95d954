"""The orders that the parent writes for its children."""

from __future__ import annotations

from typing import Literal

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.plan import Hyperparameters


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
