"""ONNX, smaller. Weights and computation in float16: half the file; a CPU has no units for it, and gains no time."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.pytorch.exports.tracing import write_onnx


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write the graph in float16; images and logits stay float32."""
    from reportgen.runtimes.onnx_conversion import to_float16

    with TemporaryDirectory() as folder:
        plain = Path(folder, "float32.onnx")
        write_onnx(model, plain, source.image_shape)
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
