"""ExecuTorch: PyTorch's own program for phones, computed by XNNPACK. An extra."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource, need
from reportgen.frameworks.pytorch.exports.tracing import bounded, traceable


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path`` in float32, for batches of up to 1,024 images."""
    need("executorch")
    from reportgen.runtimes.executorch_conversion import write

    model, example, _ = traceable(model, source.image_shape)
    write(bounded(model, example), path)


FORMAT = ExportFormat(
    name="executorch",
    title="ExecuTorch",
    framework="pytorch",
    precision="float32",
    file_name="model.pte",
    runtime="executorch",
    layout="channels_first",
    weight_bytes=4,
    room="zip",
    export=export,
)
