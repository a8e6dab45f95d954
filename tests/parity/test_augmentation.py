"""What is known of random changes, on images whose changes are known; and what the check makes of two frameworks' changes."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.ndimage import affine_transform

from reportgen.parity.augmentation import QUANTITIES, changes, sizes
from reportgen.parity.checks.augmentation import CHECK, LIMIT

SIDE = 28


def picture() -> np.ndarray:
    """Return an upright ellipse, well inside the image."""
    down, across = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    return np.exp(-((across / 3) ** 2) - (down / 5) ** 2)


def changed(turn: float, scale: float, right: float, down: float) -> np.ndarray:
    """Return the picture turned (radians, from the x towards the y axis), scaled and shifted (in sides of the image)."""
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # affine_transform asks where each pixel comes from, as (row, column).
    back = np.linalg.inv(rotation * scale)
    centre = np.full(2, (SIDE - 1) / 2)
    return affine_transform(picture(), back, centre - back @ (centre + np.array([down, right]) * SIDE), order=3)


def stack(images) -> np.ndarray:
    return np.stack(images)[..., None].astype(np.float32)


def found(rng, count: int = 200, *, degrees: float = 10, zoom: float = 0.1, shift: float = 0.1) -> np.ndarray:
    drawn = [changed(np.radians(rng.uniform(-degrees, degrees)), 1 + rng.uniform(-zoom, zoom), *rng.uniform(-shift, shift, 2)) for _ in range(count)]
    return changes(stack([picture()] * count), stack(drawn))


def test_one_change_is_recognised():
    (row,) = changes(stack([picture()]), stack([changed(0.15, 1.08, 0.05, -0.1)]))
    assert row[0] > 0
    assert row[1:] == pytest.approx([0.05, -0.1, np.log(1.08), 0.15], abs=0.005)


def test_no_change_is_none():
    assert changes(stack([picture()]), stack([picture()])) == pytest.approx(np.zeros((1, 5)), abs=1e-6)


def test_what_an_image_does_not_tell_is_left_out():
    down, across = np.mgrid[:SIDE, :SIDE] - 13.5
    round_one, black = np.exp(-(across**2 + down**2) / 9), np.zeros((SIDE, SIDE))
    rows = changes(stack([round_one, black]), stack([round_one, black]))
    assert np.isnan(rows[0]).tolist() == [False, False, False, False, True]
    assert np.isnan(rows[1]).tolist() == [False, True, True, True, True]
    assert np.isnan(sizes(rows)).all()


def test_sizes_are_the_standard_deviations_of_the_ranges():
    strengths = sizes(found(np.random.default_rng(0)))
    uniform = np.array([0.1, 0.1, 0.1, np.radians(10)]) / np.sqrt(3)
    assert strengths[1:] == pytest.approx(uniform, rel=0.12)
    assert len(strengths) == len(QUANTITIES)


def verdict(first, second):
    sides = [
        SimpleNamespace(title=title, arrays={} if rows is None else {"augmentation_changes": rows})
        for title, rows in (("First", first), ("Second", second))
    ]
    return CHECK.judge(SimpleNamespace(first=sides[0], second=sides[1], sides=tuple(sides)))


def test_equal_ranges_with_other_random_numbers_are_a_declared_difference():
    rng = np.random.default_rng(1)
    judged = verdict(found(rng), found(rng))
    assert judged.outcome == "declared difference"
    assert 0 < judged.value < LIMIT


@pytest.mark.parametrize("other", [{"degrees": 15}, {"zoom": 0.16}, {"shift": 0.15}, {"degrees": 0}])
def test_other_ranges_fail(other):
    rng = np.random.default_rng(2)
    judged = verdict(found(rng), found(rng, **other))
    assert judged.outcome == "failed"
    assert judged.value > LIMIT


def test_one_side_alone_fails_and_is_named():
    rows = found(np.random.default_rng(3), 30)
    assert verdict(rows, None).outcome == "failed"
    assert "Only Second" in verdict(None, rows).detail


def test_without_augmentation_there_is_nothing_to_compare():
    judged = verdict(None, None)
    assert judged.outcome == "skipped"
    assert judged.detail
