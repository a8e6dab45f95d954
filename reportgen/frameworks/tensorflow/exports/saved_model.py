"""SavedModel: a folder with TensorFlow's graph and variables, for TensorFlow Serving and the converters."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.base import ExportFormat


def export(model: Any, path: Path, image_shape: tuple[int, ...]) -> None:  # noqa: ARG001
    """Write the folder ``path`` with ``model.export``; its ``serve`` function takes any batch size."""
    model.export(path, verbose=False)


FORMAT = ExportFormat(
    name="saved_model",
    title="SavedModel",
    framework="tensorflow",
    precision="float32",
    file_name="saved_model",
    runtime="tensorflow",
    layout="channels_last",
    weight_bytes=4,
    export=export,
)
