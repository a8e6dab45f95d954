"""The orders that the parent writes for its children."""

from __future__ import annotations

from typing import Literal

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.plan import DeviceKind, Hyperparameters, Precision, Start, mode_field


class TrainingSpec(Record):
    """The whole order for one training process, written by the parent as ``spec.json``."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["training"] = "training"
    trial: str
    block: int
    attempt: int
    position: int
    framework: str
    mode: str = mode_field()
    workload: str
    seed: int
    start: Start = "native"
    hyperparameters: Hyperparameters
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str
    exports: tuple[str, ...]


class ParitySpec(Record):
    """The order for one process that shows what a framework computes, so that two frameworks can be compared through files.

    ``steps`` is the number of training steps on given batches; ``block`` is 0, since a parity trial comes before the first block. With a
    ``reference``, the process trains in ``mode`` and in that mode of the same framework instead, so that the two can be compared.
    """

    schema_version: int = SCHEMA_VERSION
    kind: Literal["parity"] = "parity"
    trial: str
    block: int = 0
    attempt: int
    framework: str
    mode: str = mode_field()
    reference: str = ""
    workload: str
    precision: Precision
    seed: int
    start: Start = "native"
    steps: int
    hyperparameters: Hyperparameters
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str


class ProfileSpec(Record):
    """The order for one process that finds out where the time of a training epoch goes; its times enter no comparison."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["profile"] = "profile"
    trial: str
    block: int = 0
    attempt: int
    framework: str
    mode: str = mode_field()
    workload: str
    seed: int
    hyperparameters: Hyperparameters
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str


class ColdStartSpec(Record):
    """The order for one fresh process that does what a training process does, and ends after the first training step."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["cold-start"] = "cold-start"
    trial: str
    block: int
    attempt: int
    position: int
    framework: str
    mode: str = mode_field()
    workload: str
    seed: int
    start: Start = "native"
    hyperparameters: Hyperparameters
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str


class InferenceSpec(Record):
    """The order for one process that reopens an exported file with a runtime and nothing else; ``mode`` is the one in which it was trained."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["inference"] = "inference"
    trial: str
    block: int
    attempt: int
    source_trial: str
    framework: str
    mode: str = mode_field()
    workload: str
    format: str
    model_path: str
    runtime: str
    batch_size: int
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str
