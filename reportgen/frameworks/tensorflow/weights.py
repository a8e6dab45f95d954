"""Putting weights into a Keras model. TensorFlow's layout is the common one of all comparisons, so nothing is reordered."""

from collections.abc import Sequence

import keras
import numpy as np


def import_weights(model: keras.Model, weights: Sequence[np.ndarray]) -> None:
    """Put arrays into the model's trainable variables, in their order."""
    for variable, array in zip(model.trainable_variables, weights, strict=True):
        variable.assign(array)
