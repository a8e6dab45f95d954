"""The predictions of a trial on disk: raw logits, from which every score is computed later."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.language import marked
from reportgen.records import FileRecord
from reportgen.storage import describe_file
from reportgen.workloads.base import Workload
from reportgen.workloads.mistakes import WorkloadError

FILE_NAME = "predictions.npz"


def save_logits(logits: np.ndarray, folder: Path) -> FileRecord:
    """Write logits float32 (test images, classes) and return the file's record."""
    path = folder / FILE_NAME
    np.savez_compressed(path, logits=logits.astype(np.float32))
    return describe_file(path, folder)


def load_logits(folder: Path) -> np.ndarray:
    """Return the logits float32 (test images, classes) that a trial left."""
    with np.load(folder / FILE_NAME, allow_pickle=False) as arrays:
        logits: np.ndarray = arrays["logits"]
    return logits


def check_outputs(workload: Workload, framework: str, logits: np.ndarray, images: int, classes: int) -> None:
    """Raise :class:`WorkloadError` unless a network's outputs for ``images`` images are one number for each class."""
    if workload.task == "classification" and logits.shape != (images, classes):
        raise WorkloadError(
            workload.code(framework).build_model,
            marked(
                "the network of build_model gives an output of the shape {shape} for {images:,} images, and ({images}, "
                "{classes}) is wanted: one number for each class"
            ),
            shape=logits.shape,
            images=images,
            classes=classes,
        )
