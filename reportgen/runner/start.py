"""The shared start: the same initial weights for every framework of a block. The order of the images is in :mod:`reportgen.datasets.order`.

By default each framework starts as it does by itself (``native``); a ``shared`` start takes chance out of the comparison, at the price of a pipeline
that nobody would write for one framework alone.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from reportgen.parity.material import digest, initial_weights
from reportgen.parity.probe import Floats, Weights


class Startable(Protocol):
    """A program whose weights can be read and set, in TensorFlow's layout."""

    def export_weights(self) -> Weights:
        """Return the trainable arrays."""

    def import_weights(self, weights: Weights) -> None:
        """Set the trainable arrays."""


def load_shared_weights(program: Startable, seed: int) -> str:
    """Give a model the weights that every framework of its block has, and return the digest of what it then holds.

    Kernels are drawn from Glorot's uniform distribution. A vector keeps its native value where all of it is one number, as a bias of zeros or a
    scale of ones is; where a framework draws it, it becomes zeros.
    """
    native = program.export_weights()
    drawn = initial_weights([array.shape for array in native], seed, "float32")
    program.import_weights([mine if mine.ndim >= 2 else undrawn(own) for mine, own in zip(drawn, native, strict=True)])
    return digest(program.export_weights())


def undrawn(native: Floats) -> Floats:
    """Return a vector as it is when it is constant, else zeros."""
    return native if np.ptp(native) == 0 else np.zeros_like(native)
