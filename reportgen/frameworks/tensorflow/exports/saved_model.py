"""SavedModel: a folder with TensorFlow's graph and variables, for TensorFlow Serving and the converters."""

from pathlib import Path
from typing import Any

from reportgen.frameworks.export_format import ExportFormat, ExportSource


def export(model: Any, path: Path, source: ExportSource) -> None:
    """Write the folder ``path``; its ``serve`` function takes any batch size."""
    if hasattr(model, "export"):
        model.export(path, verbose=False)
        return
    import tensorflow as tf

    from reportgen.frameworks.tensorflow.exports.graph import serving_function

    # What Keras' own export makes: the variables, and one function called serve.
    archive = tf.Module()
    archive.model = model
    archive.serve = serving_function(model, source.image_shape)
    tf.saved_model.save(archive, str(path), signatures=archive.serve)


FORMAT = ExportFormat(
    name="saved_model",
    title="SavedModel",
    framework="tensorflow",
    precision="float32",
    file_name="saved_model",
    runtime="tensorflow",
    layout="channels_last",
    weight_bytes=4,
    room="folder",
    repeated=True,
    export=export,
)
