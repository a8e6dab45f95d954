"""ONNX: the exchange format that ONNX Runtime and many others open."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.base import ExportFormat


def export(model: Any, path: Path, image_shape: tuple[int, ...]) -> None:
    """Write one self-contained file ``path`` with a free batch dimension."""
    import torch

    from reportgen.frameworks.pytorch.devices import on_processor

    if len(image_shape) == 3:
        height, width, channels = image_shape
        image_shape = (channels, height, width)
    # Two images: a batch of one would be taken for a constant.
    example = torch.zeros(2, *image_shape)
    model = on_processor(model)
    model.eval()
    torch.onnx.export(
        model,
        (example,),
        path,
        input_names=["images"],
        output_names=["logits"],
        dynamo=True,
        dynamic_shapes=({0: torch.export.Dim("batch")},),
        external_data=False,
        verbose=False,
    )


FORMAT = ExportFormat(
    name="onnx",
    title="ONNX",
    framework="pytorch",
    precision="float32",
    file_name="model.onnx",
    runtime="onnxruntime",
    layout="channels_first",
    weight_bytes=4,
    export=export,
)
