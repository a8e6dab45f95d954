"""Training with plain TensorFlow: a loop over epochs and batches, with a tape."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from reportgen.runner.stopwatch import Stopwatch

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def train(
    model: tf.Module,
    optimizer: keras.optimizers.Optimizer,
    loss_function: Loss,
    training_data: tf.data.Dataset,
    validation_data: tf.data.Dataset,
    epochs: int,
    watch: Stopwatch,
) -> None:
    """Train ``model`` on batches of images float32 in [0, 1] and integer labels.

    The data set gives a fresh random order every epoch.
    """
    for _ in range(epochs):
        watch.epoch_begins()
        train_loss, train_accuracy = train_epoch(
            model, optimizer, loss_function, training_data, watch
        )
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            model, loss_function, validation_data
        )
        watch.validation_ends(
            train_loss, train_accuracy, validation_loss, validation_accuracy
        )


def train_epoch(
    model: tf.Module,
    optimizer: keras.optimizers.Optimizer,
    loss_function: Loss,
    data: tf.data.Dataset,
    watch: Stopwatch,
) -> tuple[float, float]:
    """Take one step per batch; return mean loss and accuracy of the samples as seen."""
    loss_sum, correct, count = 0.0, 0, 0
    variables = model.trainable_variables
    for images, labels in watch.batches(data):
        with tf.GradientTape() as tape:
            logits = model(images, training=True)
            loss = loss_function(labels, logits)
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
        watch.step_ends()
        loss_sum += float(loss) * len(labels)
        correct += count_correct(labels, logits)
        count += len(labels)
    return loss_sum / count, correct / count


def evaluate(
    model: tf.Module, loss_function: Loss, data: tf.data.Dataset
) -> tuple[float, float]:
    """Return the mean loss and accuracy of ``model`` in evaluation mode."""
    loss_sum, correct, count = 0.0, 0, 0
    for images, labels in data:
        logits = model(images, training=False)
        loss_sum += float(loss_function(labels, logits)) * len(labels)
        correct += count_correct(labels, logits)
        count += len(labels)
    return loss_sum / count, correct / count


def count_correct(labels: tf.Tensor, logits: tf.Tensor) -> int:
    """Return how many of the labels are those with the largest logit."""
    return int(tf.math.count_nonzero(tf.equal(tf.argmax(logits, axis=1), labels)))


def predict_batches(model: tf.Module, data: tf.data.Dataset) -> np.ndarray:
    """Return the logits (images, classes) of ``model`` in evaluation mode."""
    return np.concatenate([model(images, training=False) for images, _ in data])


def build_predictor(
    model: tf.Module,
) -> tuple[str, Callable[[np.ndarray, int], np.ndarray]]:
    """Return what inference is timed with: the model on one batch after another."""

    def predict(images: np.ndarray, batch_size: int) -> np.ndarray:
        starts = range(0, len(images), batch_size)
        batches = [images[start : start + batch_size] for start in starts]
        return np.concatenate([model(batch, training=False) for batch in batches])

    return "model(images)", predict
