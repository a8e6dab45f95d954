"""Parts of a training epoch in TensorFlow, each a pass that does a little more than the one before."""

from collections.abc import Callable, Mapping

import keras
import tensorflow as tf

from reportgen.runner.stopwatch import Stopwatch


def passes(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    loss_function: keras.losses.Loss,
    training_data: tf.data.Dataset,
) -> Mapping[str, Callable[[], None]]:
    """Return passes over the training data: read, differentiate, update, and the program."""
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    optimizer.build(model.trainable_variables)
    watch = Stopwatch(on_epoch=lambda _: None)

    @tf.function(reduce_retracing=True)
    def differentiate(images: tf.Tensor, labels: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            loss = loss_function(labels, model(images, training=True))
        return tape.gradient(loss, model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def update(images: tf.Tensor, labels: tf.Tensor) -> None:
        optimizer.apply(differentiate(images, labels), model.trainable_variables)

    def read_all() -> None:
        for _ in training_data:
            pass

    def differentiate_all() -> None:
        for images, labels in training_data:
            differentiate(images, labels)

    def update_all() -> None:
        for images, labels in training_data:
            update(images, labels)

    def train_epoch() -> None:
        model.fit(training_data, shuffle=False, callbacks=[StepTimes(watch)], verbose=0)

    return {
        "read": read_all,
        "differentiate": differentiate_all,
        "update": update_all,
        "program": train_epoch,
    }


class StepTimes(keras.callbacks.Callback):
    """Hears of every step, as the callback of a measured training does."""

    def __init__(self, watch: Stopwatch) -> None:
        super().__init__()
        self.watch = watch

    def on_train_batch_end(
        self, batch: int, logs: Mapping[str, float] | None = None
    ) -> None:
        """A step is complete."""
        self.watch.step_ends()
