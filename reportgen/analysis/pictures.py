"""The few images that a report shows, beside the numbers: samples of the data set and what the models got wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """``samples``: uint8 (count, height, width, channels) with the class index of each in ``sample_labels``.

    ``test_images``: uint8 (height, width, channels) by index in the test set, at least every image named in ``misclassified`` or
    ``predicted_images``. ``originals``: training images like ``samples``, and ``augmented``: the same images after each framework's random changes.
    """

    samples: NDArray[np.uint8]
    sample_labels: tuple[int, ...]
    test_images: Mapping[int, NDArray[np.uint8]]
    originals: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 1, 1, 1), dtype=np.uint8))
    augmented: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
