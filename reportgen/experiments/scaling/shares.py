"""Which images a worker trains on: every worker draws the same global batches, and takes its own part of each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def even_batch(batch_size: int, workers: int) -> int:
    """Return the largest batch up to ``batch_size``, and at least one image each, of which all ``workers`` can take equally much.

    With equal shares the mean over the global batch is the mean of the workers' means, which is what both frameworks form.
    """
    return max(workers, batch_size - batch_size % workers)


def global_batches(
    count: int, batch_size: int, steps: int, seed: int
) -> Iterator[NDArray[np.int64]]:
    """Yield the indices of ``steps`` global batches out of ``count`` images: one random order after another, without a gap between them."""
    draw = np.random.default_rng([seed, 6])
    waiting = np.empty(0, dtype=np.int64)
    for _ in range(steps):
        while len(waiting) < batch_size:
            waiting = np.concatenate([waiting, draw.permutation(count)])
        yield waiting[:batch_size]
        waiting = waiting[batch_size:]


def share(batch: NDArray[np.int64], rank: int, workers: int) -> NDArray[np.int64]:
    """Return the part of a global batch that belongs to the worker ``rank``; the parts of all workers make up the batch."""
    size = len(batch) // workers
    return batch[rank * size : (rank + 1) * size]
