"""What every data set must fulfil; one that is added to the room is tested here without a line of change."""

import functools

import numpy as np
import pytest

from reportgen.datasets import load, sources
from reportgen.records import DatasetRecord

load_once = functools.cache(load)

PARTS = ("train", "validation", "test")


@pytest.fixture(params=sorted(sources()))
def dataset(request):
    if request.param == "mnist":
        request.getfixturevalue("real_mnist")
    return load_once(request.param)


@pytest.fixture
def of_classes(dataset):
    if dataset.task != "classification":
        pytest.skip("its samples are numbers, and have no classes")
    return dataset


def test_samples_and_targets_of_numbers_are_of_the_agreed_kind(dataset):
    if dataset.task != "regression":
        pytest.skip("its samples are images with classes")
    for part in PARTS:
        samples, targets = getattr(dataset, f"{part}_images"), getattr(dataset, f"{part}_labels")
        assert samples.dtype == targets.dtype == np.float32
        assert samples.shape == (len(targets), *dataset.image_shape)
        assert targets.shape == (len(samples), dataset.output_count)
        assert np.isfinite(samples).all()
        assert np.isfinite(targets).all()


def test_images_and_labels_are_of_the_agreed_kind(of_classes):
    dataset = of_classes
    for part in PARTS:
        images, labels = getattr(dataset, f"{part}_images"), getattr(dataset, f"{part}_labels")
        assert images.dtype == np.uint8
        assert images.ndim == 4
        assert images.shape[1:] == dataset.train_images.shape[1:]
        assert labels.dtype == np.int64
        assert labels.shape == (len(images),)


def test_every_part_holds_every_class(of_classes):
    dataset = of_classes
    for part in PARTS:
        assert set(getattr(dataset, f"{part}_labels")) == set(range(len(dataset.class_names)))


def test_images_use_the_whole_range_of_grey(of_classes):
    dataset = of_classes
    assert dataset.train_images.min() == 0
    assert dataset.train_images.max() == 255
    assert dataset.train_images.std() > 10


def test_about_a_tenth_of_the_training_images_is_held_back(of_classes):
    dataset = of_classes
    held, kept = len(dataset.validation_labels), len(dataset.train_labels)
    assert held == round((held + kept) * 0.1)


def test_no_image_of_one_part_is_in_another(dataset):
    """Distinct images may look alike in theory; real scans do not, so equal bytes in two parts mean that an index was used twice."""
    seen: dict[bytes, str] = {}
    for part in PARTS:
        for image in getattr(dataset, f"{part}_images"):
            assert seen.setdefault(image.tobytes(), part) == part


def test_the_same_data_come_back_each_time(dataset):
    assert load(dataset.name).digest == dataset.digest


def test_what_must_be_said_on_paper_is_there(dataset):
    for text in (dataset.title, dataset.description, dataset.licence, dataset.citation, str(dataset.source)):
        assert text.strip()
    assert dataset.requested == dataset.name
    assert dataset.fallback_reason is None


def test_the_record_survives_the_disk_and_counts_right(dataset):
    record = dataset.record()
    assert DatasetRecord.model_validate_json(record.model_dump_json()) == record
    assert record.digest == dataset.digest
    for part in PARTS:
        assert getattr(record, f"{part}_count") == len(getattr(dataset, f"{part}_labels"))
        if dataset.task == "classification":
            assert sum(getattr(record, f"{part}_class_counts")) == getattr(record, f"{part}_count")


def test_the_title_in_the_list_is_the_title_of_the_data(dataset):
    assert sources()[dataset.name].title == dataset.title
