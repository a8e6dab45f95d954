"""Training with TensorFlow and XLA: the loop over the batches becomes machine code."""

from collections.abc import Callable

import keras
import tensorflow as tf

from reportgen.frameworks.tensorflow.arrays import Arrays
from reportgen.frameworks.tensorflow.drawn_dropout import with_drawn_dropout
from reportgen.frameworks.tensorflow.evaluation import (
    build_forward,
    build_predictor,
    evaluate,
    predict_batches,
)
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["build_predictor", "predict_batches", "train"]

# What dropout needs is drawn for this many steps ahead: enough that drawing costs
# little, few enough that it takes no memory to speak of.
DRAWN_STEPS = 256

Sums = tuple[tf.Tensor, tf.Tensor]
Steps = Callable[[tf.Tensor, int, int], Sums]


def build_steps(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    loss_function: keras.losses.Loss,
    data: Arrays,
) -> Steps:
    """Return a function that takes the steps of an epoch from a first to an end.

    It returns the sum of the losses of the images, and the number of right answers.
    """
    variables = model.trainable_variables
    optimizer.build(variables)
    count, batch_size = len(data.labels), data.batch_size
    whole, left = divmod(count, batch_size)
    twin, dropouts = with_drawn_dropout(model)

    def take(chosen: tf.Tensor, masks: list[tf.Tensor]) -> Sums:
        """Take one step on the chosen images; ``masks`` say what dropout keeps."""
        images = data.augment(tf.gather(data.images, chosen))
        labels = tf.gather(data.labels, chosen)
        for dropout, mask in zip(dropouts, masks, strict=True):
            dropout.mask = mask
        with tf.GradientTape() as tape:
            logits = twin(images, training=True)
            loss = loss_function(labels, logits)
        optimizer.apply(tape.gradient(loss, variables), variables)
        right = tf.equal(tf.argmax(logits, axis=1), labels)
        return loss * len(chosen), tf.math.count_nonzero(right)

    @tf.function(jit_compile=True)
    def run(
        order: tf.Tensor, first: tf.Tensor, end: tf.Tensor, masks: list[tf.Tensor]
    ) -> Sums:
        loss_sum, correct = tf.zeros((), variables[0].dtype), tf.zeros((), tf.int64)
        # XLA needs to know every shape: whole batches in a loop, what is left apart.
        batches = tf.reshape(order[: whole * batch_size], (whole, batch_size))
        step = first
        # Not tf.range: XLA would compile anew for every other range.
        while step < tf.minimum(end, whole):
            loss, right = take(batches[step], of_step(masks, step - first))
            loss_sum, correct = loss_sum + loss, correct + right
            step += 1
        if left and end > whole:
            rest = [mask[:left] for mask in of_step(masks, whole - first)]
            loss, right = take(order[whole * batch_size :], rest)
            loss_sum, correct = loss_sum + loss, correct + right
        return loss_sum, correct

    def of_step(masks: list[tf.Tensor], number: tf.Tensor) -> list[tf.Tensor]:
        """Return the masks of one of the steps that they were drawn for."""
        return [tf.gather(mask, number) for mask in masks]

    @tf.function
    def draw() -> list[tf.Tensor]:
        """Draw what dropout keeps in the next steps: (steps, batch_size, ...)."""
        shape = (DRAWN_STEPS, batch_size)
        return [dropout.draw(shape) for dropout in dropouts]

    def run_all(order: tf.Tensor, first: int, end: int) -> Sums:
        loss_sum, correct = 0.0, 0
        stretch = DRAWN_STEPS if dropouts else max(end - first, 1)
        for start in range(first, max(end, first + 1), stretch):
            until = min(start + stretch, end)
            sums = run(order, tf.constant(start), tf.constant(until), draw())
            loss_sum, correct = loss_sum + sums[0], correct + sums[1]
        return loss_sum, correct

    return run_all


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
        # XLA compiles when it is first called; here, with no step to take.
        run(tf.range(count, dtype=tf.int64), 0, 0)
        forward(validation_data.images[:1])
    for _ in range(epochs):
        watch.epoch_begins()
        order = training_data.order()
        loss_sum, correct = 0.0, 0
        for first, end in watch.stretches(steps):
            loss, right = run(order, first, end)
            loss_sum, correct = loss_sum + float(loss), correct + int(right)
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            forward, loss_function, validation_data
        )
        watch.validation_ends(
            loss_sum / count, correct / count, validation_loss, validation_accuracy
        )
