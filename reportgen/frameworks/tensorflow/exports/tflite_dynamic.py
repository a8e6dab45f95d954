"""TensorFlow Lite with weights in int8, and activations quantised anew for each call: a quarter of the file, and no calibration."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.tensorflow.exports import lite


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Convert with weights rounded to eight bits, each kernel by its own range."""
    import tensorflow as tf

    converter = lite.converter(model, source.image_shape)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    path.write_bytes(converter.convert())


FORMAT = ExportFormat(
    name="tflite_dynamic",
    title="TFLite dynamic int8",
    framework="tensorflow",
    precision="int8",
    file_name="model-dynamic.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=1,
    room="zip",
    export=export,
    fault=lite.fault,
)
