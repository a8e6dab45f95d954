"""ExecuTorch, smaller. Weights and activations in int8, with the ranges that training images cause. An extra."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource, need
from reportgen.frameworks.pytorch.exports.tracing import bounded, traceable


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path``; images and logits stay float32."""
    need("executorch")
    import torch

    from reportgen.runtimes.executorch_conversion import quantised, write

    images = torch.from_numpy(source.calibration_images())
    model, example, _ = traceable(model, source.image_shape)
    rounded = quantised(bounded(model, example), images)
    write(bounded(rounded, example), path)


FORMAT = ExportFormat(
    name="executorch_int8",
    title="ExecuTorch int8",
    framework="pytorch",
    precision="int8",
    file_name="model-int8.pte",
    runtime="executorch",
    layout="channels_first",
    weight_bytes=1,
    room="zip",
    export=export,
)
