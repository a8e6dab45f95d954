import numpy as np
import pytest
from builders import make_dataset

from reportgen.parity.material import batches, describe_pipeline, digest, disturbed, gradients, initial_weights, scaled

SHAPES = ((784, 64), (64,), (3, 3, 1, 8))


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_everything_follows_from_the_seed(precision):
    first, again, other = (initial_weights(SHAPES, seed, precision) for seed in (1, 1, 2))
    assert digest(first) == digest(again) != digest(other)
    assert np.array_equal(gradients(1, precision), gradients(1, precision))
    dataset = make_dataset()
    one, two = (batches(dataset, 5, 4, 1, precision) for _ in range(2))
    assert np.array_equal(one.images, two.images)
    assert one.images.dtype == precision


def test_both_precisions_begin_at_the_same_numbers():
    single, double = (initial_weights(SHAPES, 1, precision) for precision in ("float32", "float64"))
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(single, double, strict=True))


def test_kernels_are_glorot_uniform():
    kernel, bias, convolution = initial_weights(SHAPES, 1, "float64")
    assert 0.98 < np.abs(kernel).max() / np.sqrt(6 / 848) <= 1
    assert 0.8 < np.abs(convolution).max() / np.sqrt(6 / 81) <= 1
    assert bias.min() > 0


def test_the_disturbance_is_one_rounding_error():
    weights = initial_weights(SHAPES, 1, "float32")
    noisy = disturbed(weights, 1, "float32")
    assert 0 < max(np.max(np.abs(mine / theirs - 1)) for mine, theirs in zip(weights, noisy, strict=True)) < 3e-7


def test_labels_go_with_their_images():
    dataset = make_dataset()
    given = batches(dataset, 3, 4, 1, "float32")
    known = {image.tobytes(): label for image, label in zip(scaled(dataset.train_images, "float32"), dataset.train_labels, strict=True)}
    for images, labels in zip(given.images, given.labels, strict=True):
        assert [known[image.tobytes()] for image in images] == labels.tolist()


def test_a_pipeline_that_keeps_the_stored_order_is_not_shuffled():
    dataset = make_dataset()
    labels = dataset.train_labels
    order = np.array([2, 0, 1, 1, 0, 2, 0, 2, 1])

    def described(first, second):
        return describe_pipeline([(np.zeros(9), first)], [second[:5]], dataset)

    assert not described(labels, labels).shuffled
    assert not described(order, order).shuffled
    assert not described(labels, order).shuffled
    assert described(order, order[::-1]).shuffled
    assert described(order, order[::-1]).class_counts == (3, 3, 3)
