import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from reportgen.datasets import load, open_arrays, store, stored_folder
from reportgen.datasets.base import ARRAY_NAMES
from reportgen.errors import DamagedRecordError, ReportgenError


@pytest.fixture(scope="module")
def digits():
    return load("digits")


@pytest.fixture
def folder(digits):
    return store(digits, stored_folder(digits))


def test_what_is_opened_is_what_was_stored(digits, folder):
    opened = open_arrays(folder, digits.digest)
    for name in ARRAY_NAMES:
        assert (getattr(opened, name) == getattr(digits, name)).all()
    assert opened.class_names == digits.class_names
    assert opened.digest == digits.digest


def test_opened_arrays_can_be_written_to(digits, folder):
    """PyTorch warns of every array that cannot."""
    assert open_arrays(folder, digits.digest).train_images.flags.writeable


def test_the_folder_lies_in_the_cache_under_the_digest(digits, folder, tmp_path):
    assert folder == tmp_path / "cache" / "arrays" / digits.digest


def test_storing_again_writes_nothing(digits, folder):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert store(digits, folder) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_nothing_temporary_is_left(digits, folder):
    assert list(folder.parent.iterdir()) == [folder]


def flip_a_byte(path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


DAMAGES = {
    "a flipped byte": lambda folder: flip_a_byte(folder / "test_images.npy"),
    "a truncated array": lambda folder: (folder / "train_images.npy").write_bytes((folder / "train_images.npy").read_bytes()[:1000]),
    "an empty array file": lambda folder: (folder / "train_labels.npy").write_bytes(b""),
    "a missing array": lambda folder: (folder / "validation_images.npy").unlink(),
    "a missing manifest": lambda folder: (folder / "dataset.json").unlink(),
    "a broken manifest": lambda folder: (folder / "dataset.json").write_text("{"),
    "an unknown key": lambda folder: (folder / "dataset.json").write_text(json.dumps({**json.loads((folder / "dataset.json").read_text()), "x": 1})),
    "another array in its place": lambda folder: np.save(folder / "test_labels.npy", np.zeros(359, np.int32)),
    "no folder": lambda folder: shutil.rmtree(folder),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_named_and_mended(digits, folder, damage):
    damage(folder)
    with pytest.raises(DamagedRecordError, match=str(folder)):
        open_arrays(folder, digits.digest)
    store(digits, folder)
    assert open_arrays(folder, digits.digest).digest == digits.digest


def test_what_a_killed_process_left_behind_goes_after_a_while(digits, folder):
    old, young = (folder.parent / f".{digits.digest[:12]}-{name}" for name in ("old", "young"))
    for path in (old, young):
        path.mkdir()
    os.utime(old, (0, 0))
    shutil.rmtree(folder)
    store(digits, folder)
    assert not old.exists()
    assert young.exists()


def test_data_with_another_digest_are_refused(folder):
    with pytest.raises(DamagedRecordError, match="0000 is wanted"):
        open_arrays(folder, "0000")


def test_a_race_lost_to_another_process_is_no_error(digits, folder, tmp_path, monkeypatch):
    """The other one stores the folder between this one's look and its rename."""
    late = tmp_path / "late"
    real = os.fsync

    def other_comes_first(descriptor):
        real(descriptor)
        if not late.exists():
            shutil.copytree(folder, late)

    monkeypatch.setattr(os, "fsync", other_comes_first)
    assert store(digits, late) == late
    assert open_arrays(late, digits.digest).digest == digits.digest


def test_a_full_disk_is_said_and_leaves_nothing(digits, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportgenError, match=r"No space left on device.*REPORTGEN_CACHE"):
        store(digits, tmp_path / "arrays" / "new")
    assert list((tmp_path / "arrays").iterdir()) == []


def test_a_measuring_process_needs_numpy_alone(digits, folder):
    code = (
        "import sys; from pathlib import Path; from reportgen.datasets import open_arrays;"
        f"print(open_arrays(Path({str(folder)!r}), {digits.digest!r}).train_images.shape);"
        "print(sorted({'sklearn', 'scipy', 'PIL', 'pooch', 'requests', 'platformdirs'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(1294, 28, 28, 1)", "[]"]
