"""TensorFlow Lite in int8 from input to output, as microcontrollers need it; the ranges are those that training images cause."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.tensorflow.exports import lite


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Convert everything to eight bits; an operation that has no such form is an error."""
    import tensorflow as tf

    images = source.calibration_images()

    def representative() -> Iterator[list[np.ndarray]]:
        yield from ([image[None]] for image in images)

    converter = lite.converter(model, source.image_shape)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = representative
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    with warnings.catch_warnings():
        # The converter looks for ranges from quantised training before it takes those that it has just found.
        warnings.filterwarnings("ignore", "Statistics for quantized inputs")
        path.write_bytes(converter.convert())


FORMAT = ExportFormat(
    name="tflite_int8",
    title="TFLite int8",
    framework="tensorflow",
    precision="int8",
    file_name="model-int8.tflite",
    runtime="litert",
    layout="channels_last",
    weight_bytes=1,
    room="zip",
    export=export,
    fault=lite.fault,
)
