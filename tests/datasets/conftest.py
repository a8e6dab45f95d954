"""An empty machine for every test: no data folder, a cache of its own, no network; and a tiny stand-in for MNIST's files."""

import gzip
import hashlib
import importlib
import os
from pathlib import Path

import numpy as np
import pytest

from reportgen.datasets.mnist.formats import Part

REAL_DATA = os.environ.get("REPORTGEN_DATA")


@pytest.fixture(autouse=True)
def empty_machine(tmp_path, monkeypatch):
    monkeypatch.delenv("REPORTGEN_DATA", raising=False)
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("REPORTGEN_OFFLINE", "1")


@pytest.fixture
def real_mnist(monkeypatch):
    """Let the test see the person's own copy of MNIST."""
    if not REAL_DATA or not (Path(REAL_DATA) / "mnist").is_dir():
        pytest.skip("needs the real MNIST files: set REPORTGEN_DATA to a folder that holds them under mnist/")
    monkeypatch.setenv("REPORTGEN_DATA", REAL_DATA)
    return Path(REAL_DATA) / "mnist"


class Tiny:
    """Four parts like MNIST's but small enough to be made on the spot, with the digests of what they really hold."""

    def __init__(self) -> None:
        random = np.random.RandomState(0)
        labels = {"y_train": np.tile(np.arange(10), 20), "y_test": np.tile(np.arange(10), 4)}
        self.arrays = {
            "x_train": random.randint(0, 256, (200, 28, 28)),
            "y_train": labels["y_train"],
            "x_test": random.randint(0, 256, (40, 28, 28)),
            "y_test": labels["y_test"],
        }
        self.arrays = {key: array.astype(np.uint8) for key, array in self.arrays.items()}
        stems = ("train-images", "train-labels", "t10k-images", "t10k-labels")
        self.parts = tuple(self._part(key, stem) for key, stem in zip(self.arrays, stems, strict=True))

    def _part(self, key, stem):
        blank = Part(key=key, stem=stem, shape=self.arrays[key].shape, sha256="")
        digest = hashlib.sha256(blank.header + self.arrays[key].tobytes()).hexdigest()
        return Part(key=key, stem=stem, shape=blank.shape, sha256=digest)

    def idx(self, part):
        return part.header + self.arrays[part.key].tobytes()

    def write_idx(self, folder, *, zipped=True, dot=False, parts=None):
        folder.mkdir(parents=True, exist_ok=True)
        for part in parts or self.parts:
            name = part.idx_name.replace("-idx", ".idx") if dot else part.idx_name
            content = self.idx(part)
            (folder / (f"{name}.gz" if zipped else name)).write_bytes(gzip.compress(content) if zipped else content)

    def write_npz(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / "mnist.npz", **self.arrays)


@pytest.fixture
def tiny(monkeypatch):
    """Put tiny files in the place of MNIST's: what counts as genuine is then what they hold."""
    made = Tiny()
    for module in ("", ".formats", ".mirrors", ".places"):
        monkeypatch.setattr(importlib.import_module(f"reportgen.datasets.mnist{module}"), "PARTS", made.parts)
    return made
