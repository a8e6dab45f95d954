"""ONNX Runtime on the CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.runtimes.base import ModelContext, Runtime


class ONNXModel:
    """An ``.onnx`` file in an inference session."""

    call_name = "InferenceSession.run"

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]
        self.output = self.session.get_outputs()[0]
        self.input_shape = free_dimensions(self.input.shape)
        self.output_shape = free_dimensions(self.output.shape)

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        outputs, name, run = [self.output.name], self.input.name, self.session.run
        parts = [run(outputs, {name: images[start : start + batch_size]})[0] for start in range(0, len(images), batch_size)]
        return np.concatenate(parts)


def free_dimensions(shape: list[int | str]) -> tuple[int | None, ...]:
    """Return an ONNX shape with ``None`` where it has a symbol."""
    return tuple(size if isinstance(size, int) else None for size in shape)


def open_model(path: Path, threads: int, context: ModelContext) -> ONNXModel:  # noqa: ARG001
    """Open an ONNX file."""
    return ONNXModel(path, threads)


RUNTIME = Runtime(name="onnxruntime", title="ONNX Runtime", distribution="onnxruntime", suffixes=(".onnx",), open=open_model)
