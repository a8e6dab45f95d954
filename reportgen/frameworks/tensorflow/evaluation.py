"""Validation and prediction in graphs, for modes that hold their images in memory."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from reportgen.frameworks.tensorflow.arrays import Arrays

# All images at once would need gigabytes in a convolutional network.
EVALUATION_BATCH = 500
Forward = Callable[[tf.Tensor], tf.Tensor]


def build_forward(model: keras.Model) -> Forward:
    """Return the model in evaluation mode as one graph for batches of any size."""
    shape = (None, *model.input_shape[1:])

    @tf.function(input_signature=[tf.TensorSpec(shape, keras.config.floatx())])
    def forward(images: tf.Tensor) -> tf.Tensor:
        return model(images, training=False)

    return forward


def in_batches(forward: Forward, images: tf.Tensor) -> tf.Tensor:
    """Return the logits (images, classes)."""
    starts = range(0, len(images), EVALUATION_BATCH)
    return tf.concat(
        [forward(images[start : start + EVALUATION_BATCH]) for start in starts], axis=0
    )


def evaluate(
    forward: Forward, loss_function: keras.losses.Loss, data: Arrays
) -> tuple[float, float]:
    """Return the mean loss and accuracy."""
    logits = in_batches(forward, data.images)
    correct = tf.equal(tf.argmax(logits, axis=1), data.labels)
    loss = loss_function(data.labels, logits)
    return float(loss), float(np.mean(correct))


def predict_batches(model: keras.Model, data: Arrays) -> np.ndarray:
    """Return the logits (images, classes) of ``model`` in evaluation mode."""
    return in_batches(build_forward(model), data.images).numpy()


def build_predictor(
    model: keras.Model,
) -> tuple[str, Callable[[np.ndarray, int], np.ndarray]]:
    """Return what inference is timed with: the graph on one batch after another."""
    forward = build_forward(model)

    def predict(images: np.ndarray, batch_size: int) -> np.ndarray:
        starts = range(0, len(images), batch_size)
        batches = [
            forward(tf.constant(images[start : start + batch_size])) for start in starts
        ]
        return np.concatenate([batch.numpy() for batch in batches])

    return "model(images) in a tf.function", predict
