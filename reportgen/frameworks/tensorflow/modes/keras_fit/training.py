"""Training with Keras: compile, then fit."""

from collections.abc import Mapping

import keras
import numpy as np
import tensorflow as tf

from reportgen.runner.stopwatch import Stopwatch


class EpochTimes(keras.callbacks.Callback):
    """Tells the stopwatch when an epoch, its training, and its validation begin and end."""

    def __init__(self, watch: Stopwatch) -> None:
        super().__init__()
        self.watch = watch

    def on_epoch_begin(
        self, epoch: int, logs: Mapping[str, float] | None = None
    ) -> None:
        """An epoch begins."""
        self.watch.epoch_begins()

    def on_train_batch_end(
        self, batch: int, logs: Mapping[str, float] | None = None
    ) -> None:
        """A step is complete."""
        self.watch.step_ends()

    def on_test_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """The epoch's training is over, and its validation begins."""
        self.watch.training_ends()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """The epoch is over, with its mean losses and accuracies."""
        values = logs or {}
        self.watch.validation_ends(
            values["loss"],
            values["accuracy"],
            values["val_loss"],
            values["val_accuracy"],
        )


def train(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    loss: keras.losses.Loss,
    training_data: tf.data.Dataset,
    validation_data: tf.data.Dataset,
    epochs: int,
    watch: Stopwatch,
) -> None:
    """Train ``model`` on batches of images float32 in [0, 1] and integer labels.

    The data set gives a fresh random order every epoch.
    """
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    # The data set shuffles itself.
    model.fit(
        training_data,
        validation_data=validation_data,
        epochs=epochs,
        shuffle=False,
        callbacks=[EpochTimes(watch)],
        verbose=0,
    )


def predict_batches(model: keras.Model, data: tf.data.Dataset) -> np.ndarray:
    """Return the logits (images, classes) of ``model`` in evaluation mode."""
    return np.asarray(model.predict(data, verbose=0))
