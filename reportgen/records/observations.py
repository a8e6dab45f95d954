"""What a child sees: raw samples and values read back from the framework's own objects, never a statistic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from reportgen.records.base import FileRecord, Record
from reportgen.records.sentence import Sentence


class Phase(Record):
    """One part of a process's life: wall time, processor time (user + system, all threads) and peak resident memory.

    ``peak_device_memory_bytes`` is the peak of an accelerator's memory in use; ``None`` where there is no accelerator, or no telling.
    """

    name: str
    wall_s: float = Field(ge=0)
    cpu_s: float = Field(ge=0)
    peak_memory_bytes: int | None = None
    peak_device_memory_bytes: int | None = None


class Epoch(Record):
    """One pass over the training data, and the validation that followed it.

    ``train_s`` excludes validation. ``data_s`` is the part of ``train_s`` spent waiting for the next batch, where the loop shows it.
    Training loss and accuracy are means over the epoch's samples, taken while the weights were changing; without classes there is no accuracy.
    Where a program keeps them, ``step_losses`` are the losses of each step on its batch, before its update, and ``end_loss`` is the loss on the
    training data after the last.
    """

    index: int
    train_s: float
    data_s: float | None
    validation_s: float
    train_loss: float
    train_accuracy: float | None = None
    validation_loss: float
    validation_accuracy: float | None = None
    step_losses: tuple[float, ...] = ()
    end_loss: float | None = None


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
    """What the framework really used, read back from its own objects after training.

    ``device`` is where the weights lie ("cpu", "cuda"), ``device_name`` the maker's name of an accelerator. ``tensor_float_32`` says whether
    float32 products may be rounded to TensorFloat-32, and is ``None`` on a CPU, which has no such units; ``mixed_precision`` whether a shorter
    number type than ``dtype`` is computed in. ``None`` also stands in records from before these were read.
    """

    optimizer: str
    settings: Mapping[str, float]
    loss: str
    batch_size: int
    steps_per_epoch: int
    shuffled: bool
    dtype: str
    device: str
    device_name: str | None = None
    tensor_float_32: bool | None = None
    mixed_precision: bool | None = None
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


class ThroughputSample(Record):
    """Raw timings of calls with ``batch_size`` images each, in one process: seconds, one value a call. Warm-up calls are not included."""

    batch_size: int
    call_s: tuple[float, ...]


class ExportSample(Record):
    """One exported model: where it lies, what it weighs, how long the conversion took, or why there is none.

    It is ``unavailable`` where the format cannot be written from such a model, or on such a machine, and ``failed`` where it should have been.
    """

    format: str
    status: Literal["ok", "failed", "unavailable"]
    error: Sentence | None = None
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
