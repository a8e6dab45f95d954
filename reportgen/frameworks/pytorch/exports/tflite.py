"""TensorFlow Lite from PyTorch: the trained weights are copied into the workload's TensorFlow model, and that is converted.

A process of its own does it, since two frameworks in one process can abort it. The conversion time is what one waits for, and most of it is the
start of TensorFlow.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from reportgen.errors import WordedError
from reportgen.frameworks.export_format import (
    ExportFormat,
    ExportSource,
    NotAvailableError,
)
from reportgen.language import marked
from reportgen.processes import ask_module

TWIN = "reportgen.frameworks.tensorflow.twin"
# TensorFlow starts in some seconds and converts in less; a cold disk makes a minute of it.
TIMEOUT_S = 300.0


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path`` by way of TensorFlow."""
    if source.workload.code_path("tensorflow") is None:
        raise NotAvailableError(
            marked("the workload has no TensorFlow model to copy the weights into")
        )
    if any(True for _ in model.buffers()):
        raise NotAvailableError(
            marked(
                "the model has buffers, such as the means of a batch normalisation, and only trained weights are copied"
            )
        )
    with TemporaryDirectory() as folder:
        weights = Path(folder, "weights.npz")
        np.savez(weights, *source.weights())
        shape = (*source.image_shape, source.class_count)
        arguments = (source.workload.reference, weights, path, *shape)
        answer = ask_module(TWIN, *map(str, arguments), timeout_s=TIMEOUT_S)
    if answer.trouble is not None:
        raise WordedError(answer.trouble.sentence, **answer.trouble.values)


FORMAT = ExportFormat(
    name="tflite",
    title="TFLite",
    framework="pytorch",
    precision="float32",
    file_name="model.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=4,
    room="zip",
    export=export,
)
