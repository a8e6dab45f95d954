"""The TensorFlow input pipeline: a tf.data set over arrays in memory for each split."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.order import SharedOrder


def build_dataset(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    shuffle: bool,
    threads: int,
    augmentation: Callable[..., tf.Tensor] | None = None,
) -> tf.data.Dataset:
    """Return batches of images float32 in [0, 1] with their labels.

    ``images`` are uint8 (count, height, width, channels), ``labels`` int64 (count,);
    ``shuffle`` draws a new order every epoch, ``augmentation`` (a Keras layer) changes
    each image anew every time.
    """
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle:
        # Not left to fit(): once a global seed is set, it shuffles arrays into the same
        # order in every epoch.
        dataset = dataset.shuffle(len(labels), reshuffle_each_iteration=True)
    dataset = augmented(dataset.batch(batch_size).map(scale), augmentation)
    return dataset.prefetch(1).with_options(pipeline_options(threads))


def scale(images: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Bring pixel values from 0..255 to [0, 1]."""
    return tf.cast(images, keras.config.floatx()) / 255.0, labels


def augmented(
    dataset: tf.data.Dataset, augmentation: Callable[..., tf.Tensor] | None
) -> tf.data.Dataset:
    """Return batches whose images went through the augmentation, if there is one."""
    if augmentation is None:
        return dataset
    return dataset.map(
        lambda images, labels: (augmentation(images, training=True), labels)
    )


def pipeline_options(threads: int) -> tf.data.Options:
    """Keep the pipeline to ``threads`` threads, and from tuning itself."""
    options = tf.data.Options()
    options.threading.private_threadpool_size = threads
    options.autotune.enabled = False
    return options


def build_ordered_dataset(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: SharedOrder,
    threads: int,
    augmentation: Callable[..., tf.Tensor] | None = None,
) -> tf.data.Dataset:
    """Return the same batches in the order that every framework shares."""
    indices = tf.data.Dataset.from_generator(
        lambda: order.batches(batch_size),
        output_signature=tf.TensorSpec((None,), tf.int64),
    )
    all_images, all_labels = tf.constant(images), tf.constant(labels)
    dataset = indices.map(
        lambda chosen: (tf.gather(all_images, chosen), tf.gather(all_labels, chosen))
    ).map(scale)
    counted = dataset.apply(
        tf.data.experimental.assert_cardinality(order.length(batch_size))
    )
    dataset = augmented(counted, augmentation)
    return dataset.prefetch(1).with_options(pipeline_options(threads))
