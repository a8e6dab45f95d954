"""ONNX: the exchange format that ONNX Runtime and many others open."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.pytorch.exports.tracing import write_onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write one self-contained file ``path`` with a free batch dimension."""
    write_onnx(model, path, source.image_shape)


FORMAT = ExportFormat(
    name="onnx",
    title="ONNX",
    framework="pytorch",
    precision="float32",
    file_name="model.onnx",
    runtime="onnxruntime",
    layout="channels_first",
    weight_bytes=4,
    room="onnx",
    repeated=True,
    export=export,
)
