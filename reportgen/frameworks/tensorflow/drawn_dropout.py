"""Dropout whose random numbers are drawn ahead of a stretch of steps: on a processor, XLA draws them slowly one step at a time."""

from collections.abc import Sequence

import keras
import tensorflow as tf


class DrawnDropout(keras.layers.Layer):
    """Stands for a Keras ``Dropout`` layer: the same rate and scale, but the mask is given from outside."""

    def __init__(self, dropout: keras.layers.Dropout) -> None:
        super().__init__(name=dropout.name)
        self.rate = dropout.rate
        self.kept_shape = dropout.output.shape[1:]
        self.mask: tf.Tensor | None = None

    def draw(self, shape: tuple[int, ...]) -> tf.Tensor:
        """Return what is kept of that many images: booleans (*shape, ...)."""
        return tf.random.uniform((*shape, *self.kept_shape)) >= self.rate

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Set what the mask drops to zero and scale the rest up, in training."""
        if not training:
            return inputs
        scale = 1 / (1 - self.rate)
        return tf.where(self.mask, inputs * scale, tf.zeros_like(inputs))


def with_drawn_dropout(
    model: keras.Model,
) -> tuple[keras.Model, Sequence[DrawnDropout]]:
    """Return a twin that shares every layer of ``model`` but its dropout layers, and these."""
    drawn: list[DrawnDropout] = []

    def share(layer: keras.layers.Layer) -> keras.layers.Layer:
        # A mask that parts of an image share is left to Keras.
        if type(layer) is not keras.layers.Dropout or layer.noise_shape is not None:
            return layer
        drawn.append(DrawnDropout(layer))
        return drawn[-1]

    try:
        twin = keras.models.clone_model(model, clone_function=share)
    except ValueError:  # a model that is neither Sequential nor functional
        return model, ()
    return (twin, drawn) if drawn else (model, ())
