"""A folder of images by class: both layouts, and what every mistake says."""

import re

import numpy as np
import pytest
from PIL import Image, ImageFile

from reportgen.datasets import load
from reportgen.errors import ReportgenError


def refused(path):
    with pytest.raises(ReportgenError) as caught:
        load(str(path))
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_classes_are_the_folders_and_a_split_is_made(images):
    data = load(str(images))
    assert (data.name, data.title, data.class_names) == ("my-pets", "My pets", ("cat", "dog"))
    assert data.image_shape == (6, 5, 1)
    record = data.record()
    assert (record.train_class_counts, record.validation_class_counts, record.test_class_counts) == ((14, 15), (2, 1), (4, 4))
    assert data.digest == load(str(images)).digest


def test_a_split_of_the_persons_own_is_kept(split_images):
    record = load(str(split_images)).record()
    assert (record.train_count, record.validation_count, record.test_count) == (36, 4, 40)
    assert "held back as test images" not in record.description


def test_images_are_read_as_they_are_in_the_order_of_their_names(split_images):
    data = load(str(split_images))
    for label, name in enumerate(("cat", "dog")):
        mine = data.test_images[data.test_labels == label]
        for number in range(20):
            np.testing.assert_array_equal(mine[number, ..., 0], np.asarray(Image.open(split_images / "test" / name / f"{number}.png")))


def test_classes_that_are_numbers_are_in_their_order(images):
    (images / "cat").rename(images / "10")
    (images / "dog").rename(images / "9")
    assert load(str(images)).class_names == ("9", "10")


def test_hidden_files_and_those_of_file_managers_are_passed_over(images):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (images / "cat" / name).write_text("x")
    (images / ".git").mkdir()
    (images / "README.txt").write_text("about")
    assert load(str(images)).record().test_count == 8


def test_progress_counts_up_to_all_bytes(images):
    heard = []
    load(str(images), progress=lambda what, done, total: heard.append((what, done, total)))
    assert heard[-1][0] == "reading the images in my-pets"
    assert heard[-1][1] == heard[-1][2] == sum(path.stat().st_size for path in images.rglob("*.png"))


def test_a_jpeg_is_turned_as_its_camera_says(images):
    for path in sorted(images.rglob("*.png")):
        upright = Image.open(path).resize((5, 8))
        upright.save(path)
    turned = Image.open(images / "cat" / "0.png").transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(images / "cat" / "0.jpg", exif=exif)
    (images / "cat" / "0.png").unlink()
    assert load(str(images)).image_shape == (8, 5, 1)


def remove_all(folder):
    for path in folder.iterdir():
        path.unlink()


def save(path, size=(5, 6), mode="L"):
    Image.new(mode, size).save(path)


MISTAKES = {
    "another size": (lambda root: save(root / "dog" / "3.png", (7, 6)), r"dog/3\.png \(6 x 7, L\) differs from cat/0\.png \(6 x 5, L\).*image_size"),
    "another mode": (lambda root: save(root / "dog" / "3.png", mode="RGB"), r"dog/3\.png \(6 x 5, RGB\) differs.*channels = 1"),
    "alpha everywhere": (lambda root: [save(path, mode="RGBA") for path in root.rglob("*.png")], r"0\.png: its mode is RGBA.*channels = 3"),
    "no image": (lambda root: (root / "dog" / "3.png").write_text("no image"), r"3\.png: this image cannot be read \(it is no image"),
    "cut off": (lambda root: (root / "dog" / "3.png").write_bytes((root / "dog" / "3.png").read_bytes()[:60]), r"3\.png: this image cannot be read"),
    "empty class": (lambda root: remove_all(root / "dog"), r"dog: there is no image of this class"),
    "empty folder": (lambda root: [(remove_all(path), path.rmdir()) for path in list(root.iterdir())], "there are no folders of classes here"),
    "one class": (lambda root: (remove_all(root / "dog"), (root / "dog").rmdir()), "all images are of one class, 'cat'"),
    "other file": (lambda root: (root / "cat" / "notes.txt").write_text("x"), r"notes\.txt: in the folder of a class, this is no PNG, JPEG or BMP"),
    "folder in class": (lambda root: (root / "cat" / "more").mkdir(), r"more: in the folder of a class, this is a folder"),
    "image beside classes": (lambda root: save(root / "0.png"), r"0\.png: this image lies beside the folders of the classes"),
    "too few": (lambda root: [(root / "dog" / f"{number}.png").unlink() for number in range(1, 20)], "too few images of the class 'dog'"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_is_named_with_what_to_do(images, name):
    change, said = MISTAKES[name]
    change(images)
    message = refused(images)
    assert re.search(said, message)
    assert message.endswith(".")


SPLIT_MISTAKES = {
    "no test images of a class": (
        lambda root: (remove_all(root / "test" / "dog"), (root / "test" / "dog").rmdir()),
        "'dog' is in train and not in test",
    ),
    "no training images of a class": (lambda root: (root / "test" / "owl").mkdir(), "the class 'owl' is in test and not in train"),
    "another part": (lambda root: (root / "valid").mkdir(), "beside train there is a folder 'valid'. Did you mean validation?"),
    "test without train": (lambda root: (root / "train").rename(root / "validation"), "there is a folder test but no folder train"),
}


@pytest.mark.parametrize("name", SPLIT_MISTAKES)
def test_every_mistake_in_a_split_is_named(split_images, name):
    change, said = SPLIT_MISTAKES[name]
    change(split_images)
    assert said in refused(split_images)


def test_a_file_that_is_cut_off_is_refused_whatever_a_library_told_pillow(images, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    path = images / "dog" / "3.png"
    path.write_bytes(path.read_bytes()[:60])
    assert "3.png: this image cannot be read" in refused(images)
    assert ImageFile.LOAD_TRUNCATED_IMAGES
