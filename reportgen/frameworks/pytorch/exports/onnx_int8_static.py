"""ONNX, smaller. Weights and activations in int8, with the ranges that training images cause written into the graph."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource, on_the_way
from reportgen.frameworks.pytorch.exports import onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write the graph with pairs of operations that quantise and dequantise; images and logits stay float32."""
    from reportgen.runtimes.onnx_conversion import quantise_statically

    with on_the_way(onnx.export, model, source) as plain:
        quantise_statically(plain, path, source.calibration_images())


FORMAT = ExportFormat(
    name="onnx_int8_static",
    title="ONNX static int8",
    framework="pytorch",
    precision="int8",
    file_name="model-int8.onnx",
    runtime="onnxruntime",
    layout="channels_first",
    weight_bytes=1,
    room="onnx",
    export=export,
)
