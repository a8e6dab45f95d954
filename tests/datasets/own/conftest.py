"""Data of a person's own, small enough to be made on the spot."""

import numpy as np
import pytest
from PIL import Image

CLASSES = 3
EACH = 20


def pictures(count, seed=0, shape=(6, 5)):
    """Return images uint8 of random points; no two are alike."""
    return np.random.RandomState(seed).randint(0, 256, (count, *shape)).astype(np.uint8)


@pytest.fixture
def arrays():
    """Three classes of 20 training and 20 test images each, 6 x 5 pixels."""
    labels = np.tile(np.arange(CLASSES), EACH).astype(np.uint8)
    return {"x_train": pictures(60), "y_train": labels, "x_test": pictures(60, 1), "y_test": labels}


@pytest.fixture
def save(tmp_path):
    """Return a function that writes arrays as ``letters.npz``."""

    def write(arrays, name="letters.npz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        np.savez_compressed(path, **arrays)
        return path

    return write


def write_class(folder, count, seed, shape=(6, 5), suffix=".png"):
    """Write images of one class into ``folder``."""
    folder.mkdir(parents=True)
    for number, image in enumerate(pictures(count, seed, shape)):
        Image.fromarray(image).save(folder / f"{number}{suffix}")


@pytest.fixture
def images(tmp_path):
    """A folder of two classes, cat and dog, of 20 images each, without a split."""
    root = tmp_path / "my-pets"
    write_class(root / "cat", EACH, 1)
    write_class(root / "dog", EACH, 2)
    return root


@pytest.fixture
def split_images(tmp_path):
    """A folder of two classes with a split."""
    root = tmp_path / "pets"
    for seed, part in enumerate(("train", "test")):
        write_class(root / part / "cat", EACH, 10 + seed)
        write_class(root / part / "dog", EACH, 20 + seed)
    return root
