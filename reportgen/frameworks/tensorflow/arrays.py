"""Images in memory as tensors, for modes without an input pipeline."""

from collections.abc import Callable, Iterator

import keras
import numpy as np
import tensorflow as tf

from reportgen.datasets.order import SharedOrder


@tf.function
def scaled(images: tf.Tensor) -> tf.Tensor:
    """Bring pixel values from 0..255 to [0, 1]; as a graph, which needs no second copy."""
    return tf.cast(images, keras.config.floatx()) / 255.0


class Arrays:
    """All images and labels of a split, and the order in which a pass takes them.

    ``images`` are floats (count, height, width, channels) in [0, 1], ``labels`` int64
    (count,). ``order()`` gives the order of the next pass, int64 (count,).
    ``augmentation`` (a Keras layer) changes each image anew every time.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int,
        order: Callable[[], tf.Tensor],
        augmentation: Callable[..., tf.Tensor] | None = None,
    ) -> None:
        """``images`` are uint8 (count, height, width, channels)."""
        self.images = scaled(images)
        self.labels = tf.constant(labels)
        self.batch_size = batch_size
        self.order = order
        self.augmentation = augmentation

    def augment(self, images: tf.Tensor) -> tf.Tensor:
        """Return a batch as training sees it: each image changed anew, if at all."""
        if self.augmentation is None:
            return images
        return self.augmentation(images, training=True)

    def __iter__(self) -> Iterator[tuple[tf.Tensor, tf.Tensor]]:
        """Yield the batches of a pass; the last one holds what is left."""
        order = self.order()
        for start in range(0, len(order), self.batch_size):
            chosen = order[start : start + self.batch_size]
            images = self.augment(tf.gather(self.images, chosen))
            yield images, tf.gather(self.labels, chosen)


def build_arrays(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    shuffle: bool,
    augmentation: Callable[..., tf.Tensor] | None = None,
) -> Arrays:
    """Return a split in memory; ``shuffle`` draws a new order for every pass."""
    stored = tf.range(len(labels), dtype=tf.int64)
    return Arrays(
        images,
        labels,
        batch_size,
        lambda: tf.random.shuffle(stored) if shuffle else stored,
        augmentation,
    )


def build_ordered_arrays(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: SharedOrder,
    augmentation: Callable[..., tf.Tensor] | None = None,
) -> Arrays:
    """Return the same in the order that every framework shares."""
    return Arrays(
        images,
        labels,
        batch_size,
        lambda: tf.constant(np.concatenate([*order.batches(batch_size)])),
        augmentation,
    )
