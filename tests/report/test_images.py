"""Letters below small images: none reaches into its neighbour's."""

from string import ascii_lowercase

import numpy as np
import pytest

from reportgen.report.drawing import plain_fonts
from reportgen.report.images import ARROW, LARGEST, PIXELS, Captioned, lettered


@pytest.fixture(scope="module")
def fonts():
    with plain_fonts() as folder:
        yield folder


def captions(*lines: str) -> list[Captioned]:
    return [Captioned(image=np.zeros((28, 28, 1), dtype=np.uint8), lines=(line,)) for line in lines]


def test_short_captions_have_the_largest_letters(fonts):
    font, items = lettered(captions("3", f"3{ARROW}5"), fonts)
    assert font.size == LARGEST
    assert [item.lines for item in items] == [("3",), (f"3{ARROW}5",)]


@pytest.mark.parametrize("names", [("T-shirt/top", "Ankle boot"), ("automobile", "airplane")])
def test_long_names_stand_in_two_lines(fonts, names):
    font, (item,) = lettered(captions(ARROW.join(names)), fonts)
    assert item.lines == (names[0], f"{ARROW.lstrip()}{names[1]}")
    assert all(font.getlength(line) <= PIXELS for line in item.lines)


def test_no_name_is_too_long(fonts):
    assert lettered(captions(ascii_lowercase), fonts)[1][0].lines == (ascii_lowercase,)
