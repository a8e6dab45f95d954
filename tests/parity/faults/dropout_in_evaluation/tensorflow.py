"""A perceptron with dropout, sound."""

import keras
from keras import layers

from reportgen.workloads.mlp.tensorflow import build_loss, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]


def build_model(input_shape, class_count):
    return keras.Sequential(
        [
            keras.Input(shape=input_shape),
            layers.Flatten(),
            layers.Dense(64, activation="tanh"),
            layers.Dropout(0.5),
            layers.Dense(class_count),
        ]
    )
