"""ONNX, smaller. Weights and computation in float16: half the file; a CPU has no units for it, and gains no time."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource, on_the_way
from reportgen.frameworks.pytorch.exports import onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write the graph in float16; images and logits stay float32."""
    from reportgen.runtimes.onnx_conversion import to_float16

    with on_the_way(onnx.export, model, source) as plain:
        to_float16(plain, path)


FORMAT = ExportFormat(
    name="onnx_float16",
    title="ONNX float16",
    framework="pytorch",
    precision="float16",
    file_name="model-float16.onnx",
    runtime="onnxruntime",
    layout="channels_first",
    weight_bytes=2,
    room="onnx",
    export=export,
)
