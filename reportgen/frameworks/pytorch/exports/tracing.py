"""A model as PyTorch's exporters take it: on the processor, in evaluation mode, with an example batch and a free batch dimension."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def traceable(model: Any, image_shape: tuple[int, ...]) -> tuple[Any, Any, Any]:
    """Return the model, an example batch, and which of its dimensions are free; ``image_shape`` is (height, width, channels)."""
    import torch

    from reportgen.frameworks.pytorch.devices import on_processor

    if len(image_shape) == 3:
        height, width, channels = image_shape
        image_shape = (channels, height, width)
    # Two images: a batch of one would be taken for a constant.
    example = torch.zeros(2, *image_shape)
    model = on_processor(model)
    model.eval()
    return model, example, ({0: torch.export.Dim("batch")},)


def write_onnx(model: Any, path: Path, image_shape: tuple[int, ...]) -> None:
    """Write one self-contained ONNX file ``path`` in float32 with a free batch dimension."""
    import torch

    model, example, free = traceable(model, image_shape)
    torch.onnx.export(
        model,
        (example,),
        path,
        input_names=["images"],
        output_names=["logits"],
        dynamo=True,
        dynamic_shapes=free,
        external_data=False,
        verbose=False,
    )
    forget_origins(path)


def forget_origins(path: Path) -> None:
    """Take out of an ONNX file where each operation came from: lines of code, with the folders of whoever trained the model."""
    import onnx

    graph = onnx.load(path)
    for node in (
        *graph.graph.node,
        *(one for function in graph.functions for one in function.node),
    ):
        del node.metadata_props[:]
    onnx.save(graph, path)


#: ExecuTorch plans its memory when it exports, for the largest batch that it will ever be given.
LARGEST_BATCH = 1024


def bounded(model: Any, example: Any) -> Any:
    """Return the exported program of a model for batches of 1 to :data:`LARGEST_BATCH` images like ``example``'s, as ExecuTorch takes it."""
    import torch

    # The example has the largest batch: with a smaller one, the memory for what lies between the layers would be too small for it.
    largest = example[:1].expand(LARGEST_BATCH, *example.shape[1:]).contiguous()
    batch = torch.export.Dim("batch", min=1, max=LARGEST_BATCH)
    return torch.export.export(model, (largest,), dynamic_shapes=({0: batch},))
