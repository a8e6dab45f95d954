"""ExportedProgram: PyTorch's own file of graph and weights, which needs none of the model's code."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource
from reportgen.frameworks.pytorch.exports.tracing import traceable


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write ``path`` with ``torch.export.save``."""
    import torch

    model, example, free = traceable(model, source.image_shape)
    program = torch.export.export(model, (example,), dynamic_shapes=free)
    # The lines of code that an operation came from, with the folders of whoever trained the model: nobody else's business.
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
    torch.export.save(program, path)


FORMAT = ExportFormat(
    name="exported_program",
    title="ExportedProgram",
    framework="pytorch",
    precision="float32",
    file_name="model.pt2",
    runtime="pytorch",
    layout="channels_first",
    weight_bytes=4,
    room="zip",
    export=export,
)
