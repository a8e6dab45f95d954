"""Keras' own format: architecture, weights and compile settings in one zip file."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import (
    ExportFormat,
    ExportSource,
    NotAvailableError,
)
from reportgen.language import marked


def export(model: Any, path: Path, source: ExportSource) -> None:  # noqa: ARG001
    """Write ``path`` with ``save`` of an uncompiled copy: the optimiser's state would triple the file, and no other format carries it."""
    if not hasattr(model, "get_config"):
        raise NotAvailableError(
            marked(
                "Keras saves Keras models, and this one is a tf.Module without a configuration"
            )
        )
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
    room="zip",
    repeated=True,
    export=export,
)
