"""Keras' own format: architecture, weights and compile settings in one zip file."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.base import ExportFormat


def export(model: Any, path: Path, image_shape: tuple[int, ...]) -> None:  # noqa: ARG001
    """Write ``path`` with ``save`` of an uncompiled copy: the optimiser's state would triple the file, and no other format carries it."""
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save(path)


FORMAT = ExportFormat(
    name="keras",
    title="Keras",
    framework="tensorflow",
    precision="float32",
    file_name="model.keras",
    runtime="keras",
    layout="channels_last",
    weight_bytes=4,
    export=export,
)
