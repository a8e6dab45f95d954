"""TensorFlow Lite: a flat buffer for phones and microcontrollers, with a batch size that the interpreter may change."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.base import ExportFormat


def export(model: Any, path: Path, image_shape: tuple[int, ...]) -> None:  # noqa: ARG001
    """Convert straight from the Keras model: other ways in lose the weights without a word."""
    import tensorflow as tf

    path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


FORMAT = ExportFormat(
    name="tflite",
    title="TFLite",
    framework="tensorflow",
    precision="float32",
    file_name="model.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=4,
    export=export,
)
