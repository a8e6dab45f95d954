"""Pixels from 0 to 255 on one side."""

import tensorflow as tf

from reportgen.workloads.mlp.tensorflow import build_loss, build_model, build_optimizer

__all__ = ["build_dataset", "build_loss", "build_model", "build_optimizer"]


def build_dataset(images, labels, batch_size, shuffle, threads):
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle:
        dataset = dataset.shuffle(len(labels), reshuffle_each_iteration=True)
    return dataset.batch(batch_size).map(lambda batch, wanted: (tf.cast(batch, tf.float32), wanted))
