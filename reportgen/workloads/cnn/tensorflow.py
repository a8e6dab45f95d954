"""The convolutional network in TensorFlow (Keras)."""

import keras
from keras import layers


def build_model(input_shape: tuple[int, int, int], class_count: int) -> keras.Model:
    """Return a network from images to logits.

    Images are float32 (batch, height, width, channels), logits (batch, class_count).
    """
    return keras.Sequential(
        [
            keras.Input(shape=input_shape),
            layers.Conv2D(32, 3, padding="valid", activation="relu", name="maps_1"),
            layers.MaxPooling2D(2, name="pool_1"),
            layers.Dropout(0.25, name="dropout_1"),
            layers.Conv2D(64, 3, padding="valid", activation="relu", name="maps_2"),
            layers.MaxPooling2D(2, name="pool_2"),
            layers.Dropout(0.25, name="dropout_2"),
            layers.Flatten(name="flatten"),
            layers.Dense(128, activation="relu", name="hidden"),
            layers.Dropout(0.5, name="dropout_3"),
            layers.Dense(class_count, name="logits"),
        ]
    )


def build_augmentation() -> keras.Layer:
    """Return what turns, scales and shifts each image of a batch at random, in training.

    Images are float32 (batch, height, width, channels) in [0, 1].
    """
    # Angles are given in whole turns, and a zoom by z divides lengths by 1 + z.
    return keras.Sequential(
        [
            layers.RandomRotation(
                10 / 360,
                fill_mode="constant",
                fill_value=0.0,
                interpolation="bilinear",
            ),
            layers.RandomZoom(
                0.1,
                fill_mode="constant",
                fill_value=0.0,
                interpolation="bilinear",
            ),
            layers.RandomTranslation(
                0.1,
                0.1,
                fill_mode="constant",
                fill_value=0.0,
                interpolation="bilinear",
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
