"""OpenVINO from TensorFlow, by way of ONNX: a graph and a file of weights for Intel's runtime, which is an extra."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import (
    ExportFormat,
    ExportSource,
    need,
    on_the_way,
)
from reportgen.frameworks.tensorflow.exports import onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path`` and the weights beside it, in float32."""
    need("openvino")
    from reportgen.runtimes.openvino_conversion import convert

    with on_the_way(onnx.export, model, source) as plain:
        convert(plain, path)


FORMAT = ExportFormat(
    name="openvino",
    title="OpenVINO",
    framework="tensorflow",
    precision="float32",
    file_name="model.xml",
    runtime="openvino",
    layout="channels_last",
    weight_bytes=4,
    room="openvino",
    export=export,
)
