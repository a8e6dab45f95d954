"""Images as exported models take them."""

from __future__ import annotations

import numpy as np

from reportgen.frameworks.base import Layout


def scaled(images: np.ndarray, layout: Layout) -> np.ndarray:
    """Return uint8 images (count, height, width, channels) as contiguous float32 in [0, 1], in the given layout; other numbers as they are."""
    if images.dtype != np.uint8:
        return images
    values = images.astype(np.float32) / np.float32(255)
    return np.ascontiguousarray(values.transpose(0, 3, 1, 2)) if layout == "channels_first" else values


def expected_shape(images: np.ndarray, layout: Layout) -> tuple[int | None, ...]:
    """Return the input shape that an exported model must declare for such images: a free batch, and the layout's order."""
    _, height, width, channels = images.shape
    return (None, channels, height, width) if layout == "channels_first" else (None, height, width, channels)
