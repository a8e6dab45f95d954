"""ONNX, smaller. Weights in int8, and activations quantised anew for each call: a quarter of the file of dense layers, without calibration."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource, on_the_way
from reportgen.frameworks.pytorch.exports import onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write the dense layers in eight bits; convolutions stay float32, since that form of them is several times slower."""
    from reportgen.runtimes.onnx_conversion import quantise_dynamically

    with on_the_way(onnx.export, model, source) as plain:
        quantise_dynamically(plain, path)


FORMAT = ExportFormat(
    name="onnx_int8_dynamic",
    title="ONNX dynamic int8",
    framework="pytorch",
    precision="int8",
    file_name="model-dynamic.onnx",
    runtime="onnxruntime",
    layout="channels_first",
    weight_bytes=1,
    room="onnx",
    export=export,
)
