"""TensorFlow Lite's converter, as all formats of that file use it: the ways in that keep the weights, and a look at what came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.language import marked

# A graph that reads variables has none of the weights in it, and nothing fills them in when it is run.
READS_VARIABLES = "READ_VARIABLE"


def converter(model: Any, image_shape: tuple[int, ...]) -> Any:
    """Return a converter of the model.

    Straight from a Keras model, or from a function alone: given a function *and* the Keras model that it belongs to, or a SavedModel that was not
    written by ``model.export``, the converter leaves out the weights without a word.
    """
    import tensorflow as tf

    from reportgen.frameworks.tensorflow.exports.graph import serving_function

    if hasattr(model, "get_config"):
        return tf.lite.TFLiteConverter.from_keras_model(model)
    function = serving_function(model, image_shape).get_concrete_function()
    return tf.lite.TFLiteConverter.from_concrete_functions([function])


def fault(path: Path) -> str | None:
    """Return what is wrong with a converted file, as far as its operations show it."""
    from tensorflow.lite.python import schema_py_generated as schema

    model = schema.ModelT.InitFromPackedBuf(path.read_bytes(), 0)
    names = {code: name for name, code in vars(schema.BuiltinOperator).items()}
    found = {names.get(one.builtinCode) for one in model.operatorCodes}
    return (
        marked(
            "the graph reads variables that are not in the file: the converter lost the weights"
        )
        if READS_VARIABLES in found
        else None
    )
