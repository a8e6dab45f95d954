"""The predictions of a trial on disk: raw logits, from which every score is computed later."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.records import FileRecord
from reportgen.storage import describe_file

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
