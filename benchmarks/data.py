"""The data of a benchmark: MNIST as ``reportgen`` reads it, laid out as students' programs expect it.

Baseline and tuned programs get the same training images: those that ``reportgen`` does not hold back for validation, or the first of these.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets import Arrays

#: Type codes and dimensions of the IDX format in which MNIST is published: unsigned bytes, three-dimensional images, one-dimensional labels.
IMAGES_MAGIC = 0x00000803
LABELS_MAGIC = 0x00000801


def write_for_students(arrays: Arrays, folder: Path) -> None:
    """Write ``mnist.npz`` (what ``keras.datasets`` reads) and ``MNIST/raw`` (what ``torchvision.datasets`` reads) into ``folder``.

    Images are written without their channel axis; labels as bytes.
    """
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    written = {}
    for file_prefix, suffix, images, labels in (
        ("train", "train", arrays.train_images, arrays.train_labels),
        ("t10k", "test", arrays.test_images, arrays.test_labels),
    ):
        pictures, digits = np.ascontiguousarray(images[..., 0]), labels.astype(np.uint8)
        (raw / f"{file_prefix}-images-idx3-ubyte").write_bytes(idx(pictures, IMAGES_MAGIC))
        (raw / f"{file_prefix}-labels-idx1-ubyte").write_bytes(idx(digits, LABELS_MAGIC))
        written[f"x_{suffix}"], written[f"y_{suffix}"] = pictures, digits
    np.savez(folder / "mnist.npz", **written)  # type: ignore[arg-type]  # the keyword allow_pickle confuses the types


def idx(values: NDArray[np.uint8], magic: int) -> bytes:
    """Return ``values`` as an IDX file: the magic number and the shape as big-endian integers, then the bytes."""
    return struct.pack(f">{1 + values.ndim}I", magic, *values.shape) + values.tobytes()


def first_images(arrays: Arrays, count: int | None) -> Arrays:
    """Return ``arrays`` with only the first ``count`` training images; they are in random order already (MNIST as published)."""
    if count is None:
        return arrays
    return Arrays(
        class_names=arrays.class_names,
        train_images=arrays.train_images[:count],
        train_labels=arrays.train_labels[:count],
        validation_images=arrays.validation_images,
        validation_labels=arrays.validation_labels,
        test_images=arrays.test_images,
        test_labels=arrays.test_labels,
    )
