"""The few images that a report shows, beside the numbers: samples of the data set and what the models got wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """``samples``: uint8 (count, height, width, channels) with the class index of each in ``sample_labels``.

    ``test_images``: uint8 (height, width, channels) by index in the test set, at least every image named in a ``misclassified`` list.
    """

    samples: NDArray[np.uint8]
    sample_labels: tuple[int, ...]
    test_images: Mapping[int, NDArray[np.uint8]]
