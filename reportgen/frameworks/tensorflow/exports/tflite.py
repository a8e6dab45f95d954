"""TensorFlow Lite: a flat buffer for phones and microcontrollers, with a batch size that the interpreter may change."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.tensorflow.exports import lite


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Convert the weights as they are."""
    path.write_bytes(lite.converter(model, source.image_shape).convert())


FORMAT = ExportFormat(
    name="tflite",
    title="TFLite",
    framework="tensorflow",
    precision="float32",
    file_name="model.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=4,
    room="zip",
    repeated=True,
    export=export,
    fault=lite.fault,
)
