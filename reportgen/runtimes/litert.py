"""LiteRT, the interpreter of TensorFlow Lite files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.runtimes.base import ModelContext, Runtime


class LiteRTModel:
    """A ``.tflite`` file in the interpreter; a new batch size makes the interpreter plan its memory again.

    Where a file takes and gives int8, turning images into that and answers back into numbers is part of every call.
    """

    call_name = "Interpreter.invoke"

    def __init__(self, path: Path, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self.interpreter = Interpreter(model_path=str(path), num_threads=threads)
        self.input = self.interpreter.get_input_details()[0]
        self.output = self.interpreter.get_output_details()[0]
        self.input_shape = free_dimensions(self.input["shape_signature"])
        self.output_shape = free_dimensions(self.output["shape_signature"])
        self.batch_size: int | None = None

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        parts = [self._predict_batch(images[start : start + batch_size]) for start in range(0, len(images), batch_size)]
        return np.concatenate(parts)

    def _predict_batch(self, batch: np.ndarray) -> np.ndarray:
        if len(batch) != self.batch_size:
            self.interpreter.resize_tensor_input(self.input["index"], batch.shape)
            self.interpreter.allocate_tensors()
            self.batch_size = len(batch)
        self.interpreter.set_tensor(self.input["index"], quantised(batch, self.input))
        self.interpreter.invoke()
        return real_numbers(self.interpreter.get_tensor(self.output["index"]), self.output)


def quantised(values: np.ndarray, details: Mapping[str, Any]) -> np.ndarray:
    """Return float32 values as a tensor with these ``details`` holds them: value = scale * (stored - zero point), rounded and within its range."""
    kind = np.dtype(details["dtype"])
    if kind.kind == "f":
        return values
    scale, zero_point = details["quantization"]
    limits = np.iinfo(kind)
    return np.clip(np.round(values / scale + zero_point), limits.min, limits.max).astype(kind)


def real_numbers(stored: np.ndarray, details: Mapping[str, Any]) -> np.ndarray:
    """Undo :func:`quantised`, up to its rounding."""
    if stored.dtype.kind == "f":
        return np.asarray(stored)
    scale, zero_point = details["quantization"]
    return (stored.astype(np.float32) - np.float32(zero_point)) * np.float32(scale)


def free_dimensions(signature: np.ndarray) -> tuple[int | None, ...]:
    """Return a TensorFlow Lite shape signature with ``None`` where it has -1."""
    return tuple(None if size < 0 else int(size) for size in signature)


def open_model(path: Path, threads: int, context: ModelContext) -> LiteRTModel:  # noqa: ARG001
    """Open a TensorFlow Lite file."""
    return LiteRTModel(path, threads)


RUNTIME = Runtime(name="litert", title="LiteRT", distribution="ai-edge-litert", suffixes=(".tflite",), open=open_model)
