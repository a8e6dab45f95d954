from __future__ import annotations

import numpy as np
import pytest

from reportgen.runner.images import expected_shape, scaled

# One channel would hide a mistaken layout: its bytes are the same in both.
IMAGES = np.arange(2 * 3 * 4 * 5, dtype=np.uint8).reshape(2, 3, 4, 5)


def test_pixels_are_scaled_to_one_and_zero() -> None:
    found = scaled(np.array([0, 51, 255], dtype=np.uint8).reshape(1, 1, 3, 1), "channels_last")
    assert found.dtype == np.float32
    assert found.ravel().tolist() == [0.0, np.float32(0.2), 1.0]


def test_the_layout_decides_where_the_channels_are() -> None:
    last, first = scaled(IMAGES, "channels_last"), scaled(IMAGES, "channels_first")
    assert last.shape == (2, 3, 4, 5)
    assert first.shape == (2, 5, 3, 4)
    assert first[1, 4, 2, 3] == last[1, 2, 3, 4] == np.float32(IMAGES[1, 2, 3, 4]) / np.float32(255)
    assert last.flags.c_contiguous
    assert first.flags.c_contiguous


@pytest.mark.parametrize("layout", ["channels_last", "channels_first"])
def test_an_exported_model_must_declare_the_shape_of_scaled_images_with_a_free_batch(layout: str) -> None:
    found = expected_shape(IMAGES, layout)  # type: ignore[arg-type]
    assert found[0] is None
    assert found[1:] == scaled(IMAGES, layout).shape[1:]  # type: ignore[arg-type]
