"""ExecuTorch, PyTorch's interpreter for phones, with XNNPACK; an extra. Its Python package brings PyTorch along."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.runtimes.base import ModelContext, Runtime


class ExecuTorchModel:
    """A ``.pte`` file. It declares the largest batch, and takes any that is not larger."""

    call_name = "Method.execute"

    def __init__(self, path: Path, threads: int) -> None:
        from executorch.extension.pybindings.portable_lib import _unsafe_reset_threadpool
        from executorch.runtime import Runtime as Interpreter

        from reportgen.frameworks.pytorch.reopen import tensor
        from reportgen.frameworks.pytorch.threads import set_threads

        set_threads(threads)
        # "Unsafe" while a program runs; none does yet.
        _unsafe_reset_threadpool(threads)
        self.program = Interpreter.get().load_program(path)
        self.method = self.program.load_method("forward")
        self.tensor = tensor
        described = self.method.metadata
        self.largest_batch, *image_shape = described.input_tensor_meta(0).sizes()
        self.input_shape: tuple[int | None, ...] = (None, *image_shape)
        self.output_shape: tuple[int | None, ...] = (None, *described.output_tensor_meta(0).sizes()[1:])

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        size = min(batch_size, self.largest_batch)
        # The answer lies in memory that the next call writes over.
        parts = [self.method.execute([self.tensor(images[start : start + size])])[0].numpy().copy() for start in range(0, len(images), size)]
        return np.concatenate(parts)


def open_model(path: Path, threads: int, context: ModelContext) -> ExecuTorchModel:  # noqa: ARG001
    """Open an ExecuTorch program."""
    return ExecuTorchModel(path, threads)


RUNTIME = Runtime(name="executorch", title="ExecuTorch", distribution="executorch", suffixes=(".pte",), open=open_model, extra=True)
