"""What a data set is to the rest of the program: six arrays with a digest, and what must be said about them on paper.

Every framework reads the same arrays, so a difference between frameworks can never be a difference between data sets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.records import DatasetRecord, Sentence, Task

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]

#: Called as work goes on with what is being done, the bytes done so far, and the bytes in all (``None`` where unknown).
ProgressCallback = Callable[[str, int, int | None], None]

#: The arrays in the order in which the digest takes them. Changing it changes every digest that was ever recorded.
ARRAY_NAMES = ("train_images", "train_labels", "validation_images", "validation_labels", "test_images", "test_labels")


def no_progress(_what: str, _done_bytes: int, _total_bytes: int | None) -> None:
    """Say nothing: the progress callback for callers that show none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrays:
    """The numbers alone, which is all that a measuring process needs.

    For classification, images are uint8 of shape (N, height, width, channels), channels last; labels are int64 of shape (N,), indices into
    ``class_names``. For regression, ``class_names`` is empty, images are samples of numbers, float32 of shape (N, ...), and labels are targets,
    float32 of shape (N, targets). Raises ``ValueError`` when an array is not of that kind, which only the author of a data set can cause.
    """

    class_names: tuple[str, ...]
    train_images: NDArray[Any]
    train_labels: NDArray[Any]
    validation_images: NDArray[Any]
    validation_labels: NDArray[Any]
    test_images: NDArray[Any]
    test_labels: NDArray[Any]

    def __post_init__(self) -> None:
        """Refuse arrays that are not of the agreed kind."""
        for part in ("train", "validation", "test"):
            images, labels = getattr(self, f"{part}_images"), getattr(self, f"{part}_labels")
            if self.task == "regression":
                self._refuse_other_numbers(part, images, labels)
                continue
            if images.dtype != np.uint8 or images.ndim != 4 or images.shape[1:] != self.train_images.shape[1:]:
                raise ValueError(f"{part}_images must be uint8 of shape (N, height, width, channels), alike in all parts, not {_kind(images)}")
            if labels.dtype != np.int64 or labels.shape != images.shape[:1]:
                raise ValueError(f"{part}_labels must be int64 of shape ({len(images)},), not {_kind(labels)}")
            if len(labels) == 0 or labels.min() < 0 or labels.max() >= len(self.class_names):
                raise ValueError(f"{part}_labels must be at least one number from 0 to {len(self.class_names) - 1}")

    def _refuse_other_numbers(self, part: str, samples: NDArray[Any], targets: NDArray[Any]) -> None:
        if samples.dtype != np.float32 or samples.ndim < 2 or samples.shape[1:] != self.train_images.shape[1:]:
            raise ValueError(f"{part}_images must be float32 of shape (N, ...), alike in all parts, not {_kind(samples)}")
        if targets.dtype != np.float32 or targets.ndim != 2 or targets.shape[1:] != self.train_labels.shape[1:]:
            raise ValueError(f"{part}_labels must be float32 of shape (N, targets), alike in all parts, not {_kind(targets)}")
        if len(targets) != len(samples) or not len(targets) or not (np.all(np.isfinite(samples)) and np.all(np.isfinite(targets))):
            raise ValueError(f"{part}_images and {part}_labels must be as many, at least one, and finite")

    @property
    def task(self) -> Task:
        """What is to be found: a class where there are classes, else numbers."""
        return "classification" if self.class_names else "regression"

    @property
    def image_shape(self) -> tuple[int, ...]:
        """Shape of one sample: height, width and channels of an image."""
        return tuple(self.train_images.shape[1:])

    @property
    def output_count(self) -> int:
        """How many outputs a network needs: one for each class, or for each target."""
        return len(self.class_names) or int(self.train_labels.shape[1])

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over name, shape, type and bytes of the six arrays in the order of :data:`ARRAY_NAMES`."""
        digest = hashlib.sha256()
        for name in ARRAY_NAMES:
            array = np.ascontiguousarray(getattr(self, name))
            little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
            digest.update(f"{name} {array.shape} {little_endian.dtype.str}\n".encode())
            digest.update(little_endian.data)
        return digest.hexdigest()


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset(Arrays):
    """A data set that has been found, read and verified.

    ``requested`` is the name that was asked for (perhaps ``auto``); ``fallback_reason`` says why another one had to stand in for the
    preferred one. ``source`` is a sentence on where the bytes were found. ``path`` is where a person's own data lie, absolute, and is never
    printed in a report.
    """

    name: str
    title: str
    description: str
    licence: str
    citation: str
    source: str | Sentence
    requested: str
    fallback_reason: Sentence | None = None
    path: str | None = None

    def record(self) -> DatasetRecord:
        """Return what is written into the run's records: everything but the numbers themselves."""
        return DatasetRecord(
            name=self.name,
            title=self.title,
            description=self.description,
            licence=self.licence,
            citation=self.citation,
            source=Sentence.of(self.source),
            requested=self.requested,
            fallback_reason=self.fallback_reason,
            path=self.path,
            digest=self.digest,
            task=self.task,
            class_names=self.class_names,
            target_count=None if self.class_names else self.output_count,
            image_shape=self.image_shape,
            train_count=len(self.train_labels),
            validation_count=len(self.validation_labels),
            test_count=len(self.test_labels),
            train_class_counts=self._class_counts(self.train_labels),
            validation_class_counts=self._class_counts(self.validation_labels),
            test_class_counts=self._class_counts(self.test_labels),
        )

    def _class_counts(self, labels: NDArray[Any]) -> tuple[int, ...]:
        if not self.class_names:
            return ()
        return tuple(int(count) for count in np.bincount(labels, minlength=len(self.class_names)))


@dataclass(frozen=True, kw_only=True)
class DatasetSource:
    """A data set that can be asked for by name: the module attribute ``DATASET`` of a file in this room, or of a plugin.

    ``read`` finds, verifies and returns the data; it raises :class:`reportgen.errors.ReportgenError` where it cannot, and imports what
    it needs only when it is called, since every file of the room is imported to list the names.
    """

    name: str
    title: str
    read: Callable[[ProgressCallback], Dataset]


def _kind(array: NDArray[np.generic]) -> str:
    return f"{array.dtype} of shape {array.shape}"
