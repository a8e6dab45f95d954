import gzip

import numpy as np
import pytest

from reportgen.datasets.mnist.formats import PARTS, UnusableFileError, read_idx, read_npz


def test_the_four_parts_have_the_published_sizes():
    assert [part.size_bytes for part in PARTS] == [47_040_016, 60_008, 7_840_016, 10_008]
    assert [part.idx_name for part in PARTS] == [
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ]


def test_the_header_is_the_one_of_the_format():
    assert PARTS[0].header == bytes([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28])


@pytest.mark.parametrize("zipped", [True, False])
def test_an_idx_file_is_read_plain_or_zipped_whatever_its_name(tiny, tmp_path, zipped):
    part = tiny.parts[0]
    path = tmp_path / "images"
    path.write_bytes(gzip.compress(tiny.idx(part)) if zipped else tiny.idx(part))
    assert (read_idx(path, part) == tiny.arrays["x_train"]).all()


def test_keras_file_yields_the_same_arrays(tiny, tmp_path):
    tiny.write_npz(tmp_path)
    for part in tiny.parts:
        assert (read_npz(tmp_path / "mnist.npz", part) == tiny.arrays[part.key]).all()


def swapped(content):
    return content[:-2] + bytes([content[-1], content[-2] ^ 1])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda content: content[:-1], r"has 156,815 bytes instead of 156,816"),
        (lambda content: content + b"0", "has more than 156,816 bytes"),
        (swapped, "SHA-256"),
        (lambda content: b"", "has 0 bytes"),
        (lambda content: gzip.compress(content)[:-9], "cannot be read"),
        (lambda content: gzip.compress(content)[:400] + b"garbage" + gzip.compress(content)[407:], "cannot be read|SHA-256"),
        (lambda content: b"<html>no such page</html>", "has 25 bytes"),
    ],
)
def test_a_damaged_idx_file_is_told_from_a_genuine_one(tiny, tmp_path, damage, message):
    path = tmp_path / "images"
    path.write_bytes(damage(tiny.idx(tiny.parts[0])))
    with pytest.raises(UnusableFileError, match=message):
        read_idx(path, tiny.parts[0])


def test_a_damaged_keras_file_is_told_from_a_genuine_one(tiny, tmp_path):
    tiny.write_npz(tmp_path)
    path = tmp_path / "mnist.npz"
    genuine = path.read_bytes()
    for damaged in (b"", genuine[:200], genuine[:-40], genuine[:3000] + b"\0" * 50 + genuine[3050:], b"PK\3\4 no zip", b"\x93NUMPY"):
        path.write_bytes(damaged)
        with pytest.raises(UnusableFileError):
            read_npz(path, tiny.parts[0])


def test_a_keras_file_with_other_content_is_refused(tiny, tmp_path):
    part = tiny.parts[0]
    for array in (tiny.arrays["x_train"] ^ 1, tiny.arrays["x_train"].astype(np.int64), tiny.arrays["x_train"][:10]):
        np.savez(tmp_path / "mnist.npz", x_train=array)
        with pytest.raises(UnusableFileError):
            read_npz(tmp_path / "mnist.npz", part)
    np.savez(tmp_path / "mnist.npz", other=tiny.arrays["x_train"])
    with pytest.raises(UnusableFileError, match="no array called x_train"):
        read_npz(tmp_path / "mnist.npz", part)


def test_a_keras_file_cannot_run_code(tiny, tmp_path):
    np.savez(tmp_path / "mnist.npz", x_train=np.array([{}], dtype=object))
    with pytest.raises(UnusableFileError, match="cannot be read"):
        read_npz(tmp_path / "mnist.npz", tiny.parts[0])
