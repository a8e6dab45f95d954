"""What a TensorFlow model and its loss say of themselves, whether Keras made them or plain TensorFlow."""

import math
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from reportgen.records import Layer, Parameter


def describe_layers(model: keras.Model | tf.Module) -> tuple[Layer, ...]:
    """List the layers of a Keras model; a tf.Module has none, so its variables stand for them."""
    if isinstance(model, keras.Model):
        return tuple(
            Layer(
                name=layer.name,
                kind=type(layer).__name__,
                output_shape=tuple(layer.output.shape[1:]),
                parameters=layer.count_params(),
            )
            for layer in model.layers
        )
    return tuple(
        Layer(
            name=name_of(variable),
            kind="Variable",
            output_shape=tuple(variable.shape),
            parameters=math.prod(variable.shape),
        )
        for variable in model.trainable_variables
    )


def describe_parameters(model: keras.Model | tf.Module) -> tuple[Parameter, ...]:
    """Describe the trainable variables with the range of their present values."""
    return tuple(
        Parameter(
            name=name_of(variable),
            shape=tuple(variable.shape),
            initial_minimum=float(np.min(variable.numpy())),
            initial_maximum=float(np.max(variable.numpy())),
        )
        for variable in model.trainable_variables
    )


def name_of(variable: Any) -> str:
    """Return the path of a Keras variable, or the name of one of TensorFlow without its output number."""
    path = getattr(variable, "path", None)
    return path if isinstance(path, str) else variable.name.partition(":")[0]


def describe_loss(loss: Any) -> str:
    """Say what a loss takes: a Keras loss by its configuration, a plain function by its value on outputs that are no probabilities."""
    if isinstance(loss, keras.losses.Loss):
        from_logits = loss.get_config()["from_logits"]
    else:
        # The cross-entropy of the logits (1, 0) with the first class: ln(1 + 1 / e).
        value = float(loss(tf.constant([0]), tf.constant([[1.0, 0.0]])))
        from_logits = abs(value - math.log1p(math.exp(-1.0))) < 1e-6
    return f"cross-entropy of {'logits' if from_logits else 'probabilities'}"
