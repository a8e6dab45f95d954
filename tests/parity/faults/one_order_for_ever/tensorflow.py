"""A data set that is shuffled once, and then repeats the order."""

import tensorflow as tf

from reportgen.frameworks.tensorflow.modes.keras_fit.data import scale
from reportgen.workloads.mlp.tensorflow import build_loss, build_model, build_optimizer

__all__ = ["build_dataset", "build_loss", "build_model", "build_optimizer"]


def build_dataset(images, labels, batch_size, shuffle, threads):
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle:
        dataset = dataset.shuffle(len(labels), reshuffle_each_iteration=False)
    return dataset.batch(batch_size).map(scale)
