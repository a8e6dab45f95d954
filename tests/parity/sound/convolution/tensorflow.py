"""A small convolutional network, sound."""

import keras
from keras import layers

from reportgen.workloads.mlp.tensorflow import build_loss, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]


def build_model(input_shape, class_count):
    return keras.Sequential(
        [
            keras.Input(shape=input_shape),
            layers.Conv2D(6, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(class_count),
        ]
    )
