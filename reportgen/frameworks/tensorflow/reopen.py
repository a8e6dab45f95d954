"""Opening what TensorFlow saved, in a process that did not train it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from reportgen.frameworks.tensorflow.threads import set_threads


def prepare(threads: int) -> None:
    """Fix the thread counts and keep to the CPU, before TensorFlow's first operation."""
    set_threads(threads)
    tf.config.set_visible_devices([], "GPU")


class KerasFile:
    """A ``.keras`` file, used through Keras' own prediction methods."""

    call_name = "keras model.predict; one image: model.predict_on_batch"

    def __init__(self, path: Path, threads: int) -> None:
        prepare(threads)
        # safe_mode: a file must not bring code of its own along.
        self.model = keras.models.load_model(path, compile=False, safe_mode=True)
        self.input_shape = tuple(self.model.input_shape)
        self.output_shape = tuple(self.model.output_shape)

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        if len(images) <= batch_size:
            return np.asarray(self.model.predict_on_batch(images))
        return np.asarray(self.model.predict(images, batch_size=batch_size, verbose=0))


class SavedModel:
    """A SavedModel folder, used through its ``serve`` function."""

    call_name = "SavedModel.serve"

    def __init__(self, path: Path, threads: int) -> None:
        prepare(threads)
        self.model = tf.saved_model.load(str(path))
        signature = self.model.signatures["serving_default"]
        # Its own function takes a fraction of the time of a signature, which is all that files from elsewhere may have.
        self.serve = getattr(self.model, "serve", None) or only_output(signature)
        self.input_shape = tuple(
            next(iter(signature.structured_input_signature[1].values())).shape
        )
        self.output_shape = tuple(
            next(iter(signature.structured_outputs.values())).shape
        )

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        parts = [
            self.serve(images[start : start + batch_size]).numpy()
            for start in range(0, len(images), batch_size)
        ]
        return np.concatenate(parts)


def only_output(signature: Any) -> Callable[[np.ndarray], tf.Tensor]:
    """Return a function of images from a signature, which takes and gives tensors by name."""
    (name,) = signature.structured_input_signature[1]
    return lambda images: next(iter(signature(**{name: tf.constant(images)}).values()))
