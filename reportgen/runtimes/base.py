"""What a runtime is: something that opens an exported model and predicts with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from reportgen.workloads.base import Workload


class OpenModel(Protocol):
    """An exported model, opened. Shapes are as the file declares them, with ``None`` for a free dimension."""

    call_name: str
    input_shape: tuple[int | None, ...]
    output_shape: tuple[int | None, ...]

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes) for scaled images float32 in the file's layout, in batches of ``batch_size``."""


@dataclass(frozen=True, kw_only=True)
class ModelContext:
    """What a format needs that does not carry its own architecture: the workload's code, (height, width, channels), and the class count.

    Without a workload, only a format that carries its architecture can be opened.
    """

    workload: Workload | None
    image_shape: tuple[int, ...]
    class_count: int


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """A runtime's description. ``open(path, threads, context)`` imports the runtime and opens the file; only a child process calls it.

    ``suffixes`` are those of the files that it opens, "" for a folder. An ``extra`` is installed by those who want it, and done without otherwise.
    """

    name: str
    title: str
    distribution: str
    suffixes: tuple[str, ...]
    open: Callable[[Path, int, ModelContext], OpenModel]
    extra: bool = False
