"""The random numbers: the same on every machine, and with nothing to learn but by heart."""

import numpy as np

from reportgen.datasets import load


def test_the_numbers_are_the_same_everywhere():
    assert load("random").digest == "a7ae8a3f78371716f8f72b6dc2569d2ad6a086fd8927b73fd76e8fa67d9dfaee"


def test_inputs_and_targets_are_standard_normal_and_independent():
    data = load("random")
    assert abs(data.train_images.mean()) < 0.02
    assert abs(data.train_images.std() - 1) < 0.02
    # The best linear guess of the test targets from what was learnt is no better than none.
    weights = np.linalg.lstsq(data.train_images, data.train_labels, rcond=None)[0]
    assert np.mean((data.test_images @ weights - data.test_labels) ** 2) > 0.8


def test_it_is_said_that_there_is_nothing_to_generalise_from():
    assert "nothing to generalise from" in load("random").description
