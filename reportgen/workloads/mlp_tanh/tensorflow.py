"""The multilayer perceptron with dropout in TensorFlow (Keras)."""

import keras
from keras import layers


def build_model(input_shape: tuple[int, int, int], class_count: int) -> keras.Model:
    """Return a network from images to logits.

    Images are float32 (batch, height, width, channels), logits (batch, class_count).
    """
    return keras.Sequential(
        [
            keras.Input(shape=input_shape),
            layers.Flatten(name="flatten"),
            layers.Dense(
                64,
                activation="tanh",
                kernel_initializer="glorot_uniform",
                bias_initializer="zeros",
                name="hidden_1",
            ),
            layers.Dropout(0.2, name="dropout_1"),
            layers.Dense(
                128,
                activation="sigmoid",
                kernel_initializer="glorot_uniform",
                bias_initializer="zeros",
                name="hidden_2",
            ),
            layers.Dropout(0.2, name="dropout_2"),
            layers.Dense(
                class_count,
                kernel_initializer="glorot_uniform",
                bias_initializer="zeros",
                name="logits",
            ),
        ]
    )


def build_optimizer(
    learning_rate: float, beta_1: float, beta_2: float, epsilon: float
) -> keras.optimizers.Optimizer:
    """Return Adam."""
    return keras.optimizers.Adam(
        learning_rate=learning_rate, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon
    )


def build_loss() -> keras.losses.Loss:
    """Return the cross-entropy of logits and integer labels, averaged over the batch."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
