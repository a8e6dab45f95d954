"""OpenVINO on the CPU; an extra."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.runtimes.base import ModelContext, Runtime


class OpenVINOModel:
    """An OpenVINO graph, compiled for this CPU when it is opened."""

    call_name = "InferRequest.infer"

    def __init__(self, path: Path, threads: int) -> None:
        import openvino

        core = openvino.Core()
        model = core.read_model(path)
        # Left alone, it computes in bfloat16 where the CPU can, which is another model.
        options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1}
        self.request = core.compile_model(model, "CPU", options).create_infer_request()
        self.input_shape = free_dimensions(model.inputs[0].partial_shape)
        self.output_shape = free_dimensions(model.outputs[0].partial_shape)

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        infer = self.request.infer
        # The answer lies in memory that the next call writes over.
        parts = [infer([images[start : start + batch_size]])[0].copy() for start in range(0, len(images), batch_size)]
        return np.concatenate(parts)


def free_dimensions(shape: object) -> tuple[int | None, ...]:
    """Return an OpenVINO shape with ``None`` where it has no fixed length."""
    return tuple(int(size.get_length()) if size.is_static else None for size in shape)  # type: ignore[attr-defined]


def open_model(path: Path, threads: int, context: ModelContext) -> OpenVINOModel:  # noqa: ARG001
    """Open an OpenVINO graph."""
    return OpenVINOModel(path, threads)


RUNTIME = Runtime(name="openvino", title="OpenVINO", distribution="openvino", suffixes=(".xml",), open=open_model, extra=True)
