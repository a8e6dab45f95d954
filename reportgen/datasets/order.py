"""The order of the training images that every framework of a block shares, where the study has a shared start."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


class SharedOrder:
    """A random order of the training images for each epoch, from the seed alone.

    A pass counts as made when its last batch is taken: looking at the first batches, as Keras does before training, uses up no order.
    """

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.seed = seed
        self.passes = 0

    def batches(self, batch_size: int) -> Iterator[NDArray[np.int64]]:
        """Yield the indices of the images of each batch of the next pass."""
        order = np.random.default_rng([self.seed, 5, self.passes]).permutation(self.count)
        for start in range(0, self.count, batch_size):
            if start + batch_size >= self.count:
                self.passes += 1
            yield order[start : start + batch_size]

    def length(self, batch_size: int) -> int:
        """Return the number of batches of a pass."""
        return -(-self.count // batch_size)
