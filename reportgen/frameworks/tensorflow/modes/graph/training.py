"""Training with TensorFlow in one graph: the loop over the batches is part of it."""

from collections.abc import Callable

import keras
import tensorflow as tf

from reportgen.frameworks.tensorflow.arrays import Arrays
from reportgen.frameworks.tensorflow.evaluation import (
    build_forward,
    build_predictor,
    evaluate,
    predict_batches,
)
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["build_predictor", "predict_batches", "train"]

Steps = Callable[[tf.Tensor, tf.Tensor, tf.Tensor], tuple[tf.Tensor, tf.Tensor]]


def build_steps(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    loss_function: keras.losses.Loss,
    data: Arrays,
) -> Steps:
    """Return a function that takes steps of an epoch.

    It returns the sum of the losses of the images, and the number of right answers.
    """
    variables = model.trainable_variables
    optimizer.build(variables)

    @tf.function
    def run(
        order: tf.Tensor, first: tf.Tensor, end: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        loss_sum = tf.zeros((), variables[0].dtype)
        correct = tf.zeros((), tf.int64)
        for step in tf.range(first, end):
            # The last slice ends where the order ends.
            chosen = order[step * data.batch_size : (step + 1) * data.batch_size]
            images = data.augment(tf.gather(data.images, chosen))
            labels = tf.gather(data.labels, chosen)
            with tf.GradientTape() as tape:
                logits = model(images, training=True)
                loss = loss_function(labels, logits)
            optimizer.apply(tape.gradient(loss, variables), variables)
            loss_sum += loss * tf.cast(tf.size(labels), loss.dtype)
            right = tf.equal(tf.argmax(logits, axis=1), labels)
            correct += tf.math.count_nonzero(right)
        return loss_sum, correct

    return run


def train(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    loss_function: keras.losses.Loss,
    training_data: Arrays,
    validation_data: Arrays,
    epochs: int,
    watch: Stopwatch,
) -> None:
    """Train ``model`` on batches that are picked in a fresh random order every epoch."""
    count = len(training_data.labels)
    steps = -(-count // training_data.batch_size)
    run = build_steps(model, optimizer, loss_function, training_data)
    forward = build_forward(model)
    with watch.compiling():
        # The graph is made when it is first called; here, with no step to take.
        run(tf.range(count, dtype=tf.int64), tf.constant(0), tf.constant(0))
        forward(validation_data.images[:1])
    for _ in range(epochs):
        watch.epoch_begins()
        order = training_data.order()
        loss_sum, correct = 0.0, 0
        for first, end in watch.stretches(steps):
            loss, right = run(order, tf.constant(first), tf.constant(end))
            loss_sum, correct = loss_sum + float(loss), correct + int(right)
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            forward, loss_function, validation_data
        )
        watch.validation_ends(
            loss_sum / count, correct / count, validation_loss, validation_accuracy
        )
