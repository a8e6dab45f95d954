"""A model of plain TensorFlow as the converters take it: one function of images, in evaluation mode, with a free batch."""

from typing import Any


def serving_function(model: Any, image_shape: tuple[int, ...]) -> Any:
    """Return a ``tf.function`` from images float32 (batch, height, width, channels) to logits."""
    import tensorflow as tf

    signature = [tf.TensorSpec([None, *image_shape], tf.float32, name="images")]
    return tf.function(
        lambda images: model(images, training=False), input_signature=signature
    )
