"""Pictures and arrays as a model takes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reportgen.errors import ReportgenError
from reportgen.predicting.read import read

GREY = (4, 4, 1)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.fromarray(np.arange(16, dtype=np.uint8).reshape(4, 4) * 17).save(path)
    return path


def test_a_picture_of_the_models_size_is_taken_pixel_for_pixel(picture: Path) -> None:
    (found,) = read(picture, GREY, inverted=False)
    assert found.image.dtype == np.float32
    np.testing.assert_allclose(found.image[..., 0], np.arange(16).reshape(4, 4) / 15, atol=1e-6)


def test_invert_turns_light_into_dark(picture: Path) -> None:
    (plain,), (turned,) = read(picture, GREY, inverted=False), read(picture, GREY, inverted=True)
    np.testing.assert_allclose(plain.image + turned.image, 1)


def test_another_size_and_colour_are_brought_to_the_models(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), (255, 0, 0)).save(tmp_path / "red.png")
    (grey,), (colour,) = read(tmp_path / "red.png", GREY, inverted=False), read(tmp_path / "red.png", (4, 4, 3), inverted=False)
    assert grey.image.shape == GREY
    np.testing.assert_allclose(colour.image[0, 0], [1, 0, 0])


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    Image.new("LA", (4, 4), (0, 0)).save(tmp_path / "glass.png")
    (found,) = read(tmp_path / "glass.png", GREY, inverted=False)
    assert found.image.min() == 1
    assert found.light_border


def test_arrays_come_with_their_classes(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", x_test=np.full((3, 4, 4), 255, np.uint8), y_test=np.array([2, 0, 1]))
    found = read(tmp_path / "d.npz", GREY, inverted=False)
    assert [one.label for one in found] == [2, 0, 1]
    assert all(one.image.max() == 1 for one in found)
    np.save(tmp_path / "d.npy", np.full((2, 4, 4, 1), 0.5))
    assert len(read(tmp_path / "d.npy", GREY, inverted=False)) == 2


@pytest.mark.parametrize(("stored", "shape"), [((4, 4), GREY), (GREY, GREY), ((4, 4, 3), (4, 4, 3))])
def test_one_image_needs_no_count(tmp_path: Path, stored, shape) -> None:
    np.savez(tmp_path / "d.npz", x_test=np.zeros(stored, np.uint8), y_test=np.array(7))
    (found,) = read(tmp_path / "d.npz", shape, inverted=False)
    assert found.image.shape == shape
    assert found.label == 7


def test_classes_may_be_a_column(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", x_test=np.zeros((2, 4, 4, 3), np.uint8), y_test=np.array([[1], [2]]))
    assert [one.label for one in read(tmp_path / "d.npz", (4, 4, 3), inverted=False)] == [1, 2]


def test_sixteen_bits_are_not_all_white(tmp_path: Path) -> None:
    Image.fromarray((np.arange(16, dtype=np.uint16) * 4369).reshape(4, 4)).save(tmp_path / "scan.png")
    (found,) = read(tmp_path / "scan.png", GREY, inverted=False)
    np.testing.assert_allclose(found.image[..., 0], np.arange(16).reshape(4, 4) / 15, atol=0.002)


def test_a_picture_of_too_many_pixels_is_called_that(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 4)
    with pytest.raises(ReportgenError, match="more pixels than this program unpacks"):
        read(picture, GREY, inverted=False)


def test_a_folder_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match="this is a folder"):
        read(tmp_path, GREY, inverted=False)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.write_bytes(b"no picture"), "it is not a picture"),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n broken"), "a.png"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, write, said: str) -> None:
    write(tmp_path / "a.png")
    with pytest.raises(ReportgenError, match=said):
        read(tmp_path / "a.png", GREY, inverted=False)


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"x_test": np.zeros((2, 5, 5), np.uint8)}, r"the images have the shape \(2, 5, 5\)"),
        ({"x_test": np.zeros((2, 4, 4), np.int64)}, "the images are int64"),
        ({"x_test": np.full((2, 4, 4), 7.0)}, "the images are float64 from 7 to 7"),
        ({"a": np.zeros(1), "b": np.zeros(1)}, "it holds a, b"),
        ({"x_test": np.zeros((2, 4, 4), np.uint8), "y_test": np.zeros(3, np.int64)}, "there are 2 images"),
        ({"x_test": np.array([{}], dtype=object)}, "damaged, or no file of arrays"),
    ],
)
def test_arrays_that_are_no_such_images_are_named(tmp_path: Path, arrays, said: str) -> None:
    np.savez(tmp_path / "d.npz", **arrays)
    with pytest.raises(ReportgenError, match=said):
        read(tmp_path / "d.npz", GREY, inverted=False)


def test_half_an_archive_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "d.npz", x_test=np.zeros((200, 4, 4), np.uint8))
    whole = (tmp_path / "d.npz").read_bytes()
    (tmp_path / "d.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReportgenError, match="damaged"):
        read(tmp_path / "d.npz", GREY, inverted=False)
