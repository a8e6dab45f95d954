import dataclasses

import numpy as np
import pytest

from reportgen.datasets.base import ARRAY_NAMES, Arrays


def arrays(**changed):
    values = {
        "class_names": ("a", "b"),
        "train_images": np.zeros((4, 2, 2, 1), np.uint8),
        "train_labels": np.array([0, 1, 0, 1]),
        "validation_images": np.zeros((2, 2, 2, 1), np.uint8),
        "validation_labels": np.array([0, 1]),
        "test_images": np.zeros((2, 2, 2, 1), np.uint8),
        "test_labels": np.array([1, 0]),
    }
    return Arrays(**{**values, **changed})


@pytest.mark.parametrize("name", ARRAY_NAMES)
def test_one_changed_number_in_any_array_changes_the_digest(name):
    changed = getattr(arrays(), name).copy()
    changed.flat[0] = 1 - changed.flat[0]
    assert arrays(**{name: changed}).digest != arrays().digest


def test_the_same_bytes_in_another_shape_have_another_digest():
    tall = {f"{part}_images": np.zeros((count, 4, 1, 1), np.uint8) for part, count in (("train", 4), ("validation", 2), ("test", 2))}
    assert arrays(**tall).digest != arrays().digest


def test_memory_layout_does_not_matter_to_the_digest():
    images = np.random.RandomState(0).randint(0, 256, (4, 2, 2, 1)).astype(np.uint8)
    assert arrays(train_images=np.asfortranarray(images)).digest == arrays(train_images=images).digest
    big_endian = arrays().train_labels.astype(">i8")
    assert arrays(train_labels=big_endian.astype(np.int64)).digest == arrays().digest


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"train_images": np.zeros((4, 2, 2, 1), np.float32)}, "train_images must be uint8"),
        ({"test_images": np.zeros((2, 1, 2, 2), np.uint8)}, "test_images must be uint8"),
        ({"train_images": np.zeros((4, 2, 2), np.uint8)}, "train_images must be uint8"),
        ({"train_labels": np.array([0, 1, 0])}, "train_labels must be int64 of shape"),
        ({"train_labels": np.array([0, 1, 0, 1], np.int32)}, "train_labels must be int64"),
        ({"validation_labels": np.array([0, 2])}, "from 0 to 1"),
        ({"validation_labels": np.array([0, -1])}, "from 0 to 1"),
    ],
)
def test_arrays_of_another_kind_are_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        arrays(**changed)


def test_a_data_set_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        arrays().class_names = ()
