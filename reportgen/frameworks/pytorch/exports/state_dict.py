"""The state dictionary: the weights alone, which the model's own code loads again."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource


def export(model: Any, path: Path, source: ExportSource) -> None:  # noqa: ARG001
    """Write ``path`` with ``torch.save``."""
    import torch

    from reportgen.frameworks.pytorch.devices import on_processor

    torch.save(on_processor(model).state_dict(), path)


FORMAT = ExportFormat(
    name="state_dict",
    title="state_dict",
    framework="pytorch",
    precision="float32",
    file_name="model.pth",
    runtime="pytorch",
    layout="channels_first",
    weight_bytes=4,
    room="zip",
    repeated=True,
    export=export,
)
