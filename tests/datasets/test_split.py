import numpy as np
import pytest

from reportgen.datasets.split import stratified_split, validation_split


@pytest.fixture
def labels():
    return np.random.RandomState(5).choice(4, size=997, p=[0.5, 0.3, 0.15, 0.05]).astype(np.int64)


def test_both_sides_together_are_everything_once(labels):
    kept, held = stratified_split(labels, 0.1, 1)
    assert sorted([*kept, *held]) == list(range(len(labels)))


def test_exactly_the_wanted_fraction_is_held_back(labels):
    assert len(stratified_split(labels, 0.1, 1)[1]) == 100


def test_every_class_gives_its_share_to_within_one_image(labels):
    held = stratified_split(labels, 0.1, 1)[1]
    shares = np.bincount(labels) * 0.1
    assert (abs(np.bincount(labels[held], minlength=4) - shares) < 1).all()


def test_the_seed_decides_and_nothing_else(labels):
    np.random.seed(0)
    first = stratified_split(labels, 0.1, 1)[1]
    np.random.seed(99)
    assert (stratified_split(labels, 0.1, 1)[1] == first).all()
    assert (stratified_split(labels, 0.1, 2)[1] != first).any()


def test_images_are_drawn_from_everywhere_and_not_from_one_end(labels):
    held = stratified_split(labels, 0.1, 1)[1]
    assert held.min() < 100
    assert held.max() > 897


def test_the_validation_split_never_changes():
    """Recorded digests depend on it: these indices must come out on every machine and with every numpy."""
    held = validation_split(np.repeat(np.arange(2), 20).astype(np.int64))[1]
    assert held.tolist() == [5, 10, 29, 30]
