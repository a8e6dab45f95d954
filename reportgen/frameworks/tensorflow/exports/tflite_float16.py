"""TensorFlow Lite with weights in float16: half the file; a CPU computes in float32 all the same."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.tensorflow.exports import lite


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Convert with weights rounded to float16."""
    import tensorflow as tf

    converter = lite.converter(model, source.image_shape)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]
    path.write_bytes(converter.convert())


FORMAT = ExportFormat(
    name="tflite_float16",
    title="TFLite float16",
    framework="tensorflow",
    precision="float16",
    file_name="model-float16.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=2,
    room="zip",
    export=export,
    fault=lite.fault,
)
