"""ONNX from TensorFlow, by tf2onnx: the exchange format that ONNX Runtime and many others open."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path``; tf2onnx's own ``from_keras`` fails on a Sequential model of Keras 3, Keras' way to it does not."""
    if hasattr(model, "export"):
        model.export(path, format="onnx", verbose=False)
        return
    import tf2onnx

    from reportgen.frameworks.tensorflow.exports.graph import serving_function

    function = serving_function(model, source.image_shape)
    tf2onnx.convert.from_function(
        function, input_signature=function.input_signature, output_path=str(path)
    )


FORMAT = ExportFormat(
    name="onnx",
    title="ONNX",
    framework="tensorflow",
    precision="float32",
    file_name="model.onnx",
    runtime="onnxruntime",
    layout="channels_last",
    weight_bytes=4,
    room="onnx",
    export=export,
)
