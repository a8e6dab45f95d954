import numpy as np

from reportgen.datasets import load
from reportgen.datasets.digits import enlarge

#: Recorded once. Another digest means that results on digits can no longer be compared with earlier ones.
DIGEST = "2e8f9afd651d3e70b1b8343d774662a5a8293d2bc6c8ee6bfc1aedf536e7687a"


def test_the_digest_is_the_recorded_one():
    assert load("digits").digest == DIGEST


def test_all_images_are_used_and_a_fifth_is_for_testing():
    record = load("digits").record()
    assert (record.train_count, record.validation_count, record.test_count) == (1294, 144, 359)
    assert record.image_shape == (28, 28, 1)


def test_enlarging_keeps_black_black_and_white_white():
    assert (enlarge(np.zeros((1, 8, 8), np.uint8)) == 0).all()
    assert (enlarge(np.full((1, 8, 8), 16, np.uint8)) == 255).all()


def test_enlarging_keeps_the_image_upright():
    images = np.zeros((1, 8, 8), np.uint8)
    images[0, 0, 7] = 16
    large = enlarge(images)[0, :, :, 0]
    assert large[:4, 24:].mean() > 100
    assert large[8:].max() == 0
    assert large[:, :16].max() == 0
