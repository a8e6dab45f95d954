"""Parts of a training epoch in plain TensorFlow, each a pass that does a little more than the one before."""

from collections.abc import Callable, Mapping

import keras
import tensorflow as tf

from reportgen.frameworks.tensorflow.modes.gradient_tape.training import (
    Loss,
    train_epoch,
)
from reportgen.runner.stopwatch import Stopwatch


def passes(
    model: tf.Module,
    optimizer: keras.optimizers.Optimizer,
    loss_function: Loss,
    training_data: tf.data.Dataset,
) -> Mapping[str, Callable[[], None]]:
    """Return passes over the training data: read, differentiate, update, and the program."""
    watch = Stopwatch(on_epoch=lambda _: None)
    variables = model.trainable_variables

    def differentiate(images: tf.Tensor, labels: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            loss = loss_function(labels, model(images, training=True))
        return tape.gradient(loss, variables)

    def read_all() -> None:
        for _ in training_data:
            pass

    def differentiate_all() -> None:
        for images, labels in training_data:
            differentiate(images, labels)

    def update_all() -> None:
        for images, labels in training_data:
            gradients = differentiate(images, labels)
            optimizer.apply_gradients(zip(gradients, variables, strict=True))

    def run_program() -> None:
        train_epoch(model, optimizer, loss_function, training_data, watch)

    return {
        "read": read_all,
        "differentiate": differentiate_all,
        "update": update_all,
        "program": run_program,
    }
