"""An ``.npz`` file: what is accepted, what becomes of it, and what every mistake says."""

import re

import numpy as np
import pytest

from reportgen.datasets import load
from reportgen.errors import ReportgenError


def refused(path):
    """Return the message with which the file is refused, which names it."""
    with pytest.raises(ReportgenError) as caught:
        load(str(path))
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_images_and_labels_come_as_they_are(save, arrays):
    data = load(str(save(arrays)))
    assert data.test_images.shape == (60, 6, 5, 1)
    np.testing.assert_array_equal(data.test_images[..., 0], arrays["x_test"])
    np.testing.assert_array_equal(data.test_labels, arrays["y_test"])
    assert data.class_names == ("0", "1", "2")
    assert (len(data.train_labels), len(data.validation_labels)) == (54, 6)
    assert "10 % of the training images are held back as validation images" in data.description


def test_what_is_said_on_paper_does_not_tell_where_the_file_lies(save, arrays, tmp_path):
    path = save(arrays)
    record = load(str(path)).record()
    assert (record.name, record.title, record.path) == ("letters", "Letters", str(path))
    assert record.requested == "letters.npz"
    said = record.model_dump_json(exclude={"path"})
    assert str(tmp_path) not in said
    assert record.licence == "not stated"


def test_without_test_images_a_fifth_of_each_class_is_held_back_always_the_same(save, arrays):
    del arrays["x_test"], arrays["y_test"]
    path = save(arrays)
    data = load(str(path))
    assert data.digest == load(str(path)).digest
    assert data.record().test_class_counts == (4, 4, 4)
    assert "20 % of the images are held back as test images" in data.description
    assert "10 % of the other images are held back as validation images" in data.description
    assert "occur among the training images" not in data.description


def test_validation_images_of_the_persons_own_are_kept(save, arrays):
    arrays |= {"x_validation": arrays["x_test"][:7], "y_validation": arrays["y_test"][:7]}
    data = load(str(save(arrays)))
    assert (len(data.train_labels), len(data.validation_labels)) == (60, 7)
    assert "held back" not in data.description


def test_test_images_that_were_learned_from_are_counted(save, arrays):
    arrays |= {"x_validation": arrays["x_test"], "y_validation": arrays["y_test"]}
    arrays["x_test"] = np.concatenate([arrays["x_train"][:6], arrays["x_test"][6:]])
    assert "6 of the 60 test images also occur among the training images" in load(str(save(arrays))).description


@pytest.mark.parametrize("kind", ["float32", "float64", "float16"])
def test_floats_from_0_to_1_become_whole_numbers(save, arrays, kind):
    whole = arrays["x_test"]
    scaled = {name: (array / 255).astype(kind) if name[0] == "x" else array for name, array in arrays.items()}
    data = load(str(save(scaled)))
    np.testing.assert_array_equal(data.test_images[..., 0], whole)
    assert "Pixel values from 0 to 1 are stored as whole numbers from 0 to 255" in data.description


def test_floats_that_are_rounded_are_said_to_be(save, arrays):
    arrays |= {name: np.full((60, 6, 5), 0.5) for name in ("x_train", "x_test")}
    assert "rounded by at most 0.002" in load(str(save(arrays))).description


@pytest.mark.parametrize("kind", ["int64", "int32", "uint16"])
def test_whole_numbers_of_another_type_are_accepted(save, arrays, kind):
    data = load(str(save({name: array.astype(kind) for name, array in arrays.items()})))
    np.testing.assert_array_equal(data.test_images[..., 0], arrays["x_test"])


def test_colour_images_and_labels_in_a_column_are_accepted(save, arrays):
    arrays |= {name: np.repeat(arrays[name][..., np.newaxis], 3, axis=3) for name in ("x_train", "x_test")}
    arrays |= {name: arrays[name][:, np.newaxis] for name in ("y_train", "y_test")}
    assert load(str(save(arrays))).image_shape == (6, 5, 3)


def test_class_names_come_from_the_file(save, arrays):
    assert load(str(save(arrays | {"class_names": np.array(["a", "b", "c"])}))).class_names == ("a", "b", "c")


def test_a_file_called_data_is_named_after_its_folder(save, arrays):
    data = load(str(save(arrays, "my letters/data.npz")))
    assert (data.name, data.title) == ("my-letters", "My letters")


MISTAKES = {
    "missing labels": ({"y_test": None}, "the array y_test is missing; it holds x_train, y_train, x_test"),
    "missing training": ({"x_train": None, "y_train": None}, "the array x_train is missing"),
    "mistyped": ({"x_valdation": np.zeros(1)}, "there is an array 'x_valdation'. Did you mean x_validation?"),
    "counts": ({"y_train": np.zeros(59, "u1")}, "x_train has 60 images and y_train 59 labels"),
    "flat": ({"x_train": np.zeros((60, 30), "u1")}, r"x_train has the shape \(60, 30\).*reshape"),
    "no images": ({"x_test": np.zeros((0, 6, 5), "u1"), "y_test": np.zeros(0, "u1")}, r"x_test has the shape \(0, 6, 5\)"),
    "channels first": ({"x_train": np.zeros((60, 3, 6, 5), "u1")}, r"Channels come last.*transpose\(0, 2, 3, 1\)"),
    "alpha": ({"x_train": np.zeros((60, 6, 5, 4), "u1")}, r"4 channels.*\[\.\.\., :3\]"),
    "truth": ({"x_train": np.zeros((60, 6, 5), bool)}, "x_train is of the type bool"),
    "negative": ({"x_train": np.full((60, 6, 5), -1)}, "x_train has values from -1 to -1"),
    "large": ({"x_train": np.full((60, 6, 5), 256)}, "values from 256 to 256"),
    "large floats": ({"x_train": np.full((60, 6, 5), 255.0)}, r"float64 with values from 255 to 255.*astype"),
    "not a number": ({"x_train": np.full((60, 6, 5), np.nan)}, "values from nan to nan"),
    "other size": ({"x_test": np.zeros((60, 5, 5), "u1")}, r"\(6, 5, 1\) and those of x_test \(5, 5, 1\)"),
    "one-hot": ({"y_train": np.zeros((60, 3))}, r"y_train has the shape \(60, 3\).*argmax\(axis=1\)"),
    "regression": ({"y_train": np.zeros(60)}, "y_train is of the type float64.*regression"),
    "words": ({"y_train": np.array(["a"] * 60)}, "y_train is of the type <U1.*return_inverse"),
    "negative label": ({"y_train": np.full(60, -1)}, "y_train has the label -1"),
    "gap": ({"y_train": np.tile([0, 2], 30)}, "there is no training image of the class '1'"),
    "untested class": ({"y_test": np.tile([0, 1], 30)}, "there is no test image of the class '2'"),
    "one class": ({"y_train": np.zeros(60, int), "y_test": np.zeros(60, int)}, "all images are of one class, '0'"),
    "huge label": ({"y_train": np.arange(60) * 10**9}, "the greatest label is 59,000,000,000"),
    "names too few": ({"class_names": np.array(["a", "b"])}, "has the label 2, and there are 2 classes"),
    "names twice": ({"class_names": np.array(["a", "b", "a"])}, "empty or occurs twice"),
    "names numbers": ({"class_names": np.arange(3)}, "class_names is int64"),
    "objects": ({"x_train": np.array([None] * 60)}, "the array x_train holds Python objects.*numpy.stack"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_is_named_with_what_to_do(save, arrays, name):
    changes, said = MISTAKES[name]
    message = refused(save({key: array for key, array in (arrays | changes).items() if array is not None}))
    assert re.search(said, message)
    assert message.endswith(".")
    assert len(message.splitlines()) == 1


def test_too_few_images_of_a_class_to_hold_some_back(save, arrays):
    labels = np.array([0] * 30 + [1] * 29 + [2])
    message = refused(save({"x_train": arrays["x_train"], "y_train": labels}))
    assert "too few images of the class '2' to hold some back as test images (60 images in 3 classes)" in message


def test_fewer_images_than_classes(save, arrays):
    names = np.array([f"class {number}" for number in range(61)])
    assert "there are 60 training images and 61 classes" in refused(save(arrays | {"class_names": names}))


@pytest.mark.parametrize("keep", [0, 10, 300, -1])
def test_a_file_that_was_cut_off_is_said(save, arrays, keep):
    path = save(arrays)
    path.write_bytes(path.read_bytes()[:keep])
    assert "cut off" in refused(path)


def test_a_damaged_array_is_named(save, arrays):
    path = save(arrays)
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(bytes(content))
    assert "the array x_train cannot be read" in refused(path)


def test_no_object_is_ever_unpickled(save, arrays, tmp_path):
    class Trap:
        def __reduce__(self):
            return (exec, (f"open({str(tmp_path / 'sprung')!r}, 'w')",))

    refused(save(arrays | {"y_train": np.array([Trap()] * 60, dtype=object)}))
    assert not (tmp_path / "sprung").exists()
