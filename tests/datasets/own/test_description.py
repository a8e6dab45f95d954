"""``dataset.toml``: everything in it is optional, and a mistake is named with its line."""

import pytest

from reportgen.datasets import load
from reportgen.errors import ReportgenError

TEXT = """\
title = "Pets of our street"
description = "Photographs of cats and dogs"
licence = "CC0 1.0"
citation = "Doe, J. (2026). Pets."
class_names = ["Cat", "Dog"]
image_size = [4, 8]
channels = 3
"""


def test_everything_in_it_is_used(images):
    (images / "dataset.toml").write_text(TEXT)
    data = load(str(images))
    assert (data.title, data.licence, data.citation) == ("Pets of our street", "CC0 1.0", "Doe, J. (2026). Pets.")
    assert data.class_names == ("Cat", "Dog")
    assert data.image_shape == (4, 8, 3)
    assert data.description.startswith("Photographs of cats and dogs. 40 images in 2 classes. All images were turned into colour images.")
    assert "resampled to 4 x 8 pixels" in data.description


def test_beside_a_file_it_describes_the_file(save, arrays, tmp_path):
    (tmp_path / "dataset.toml").write_text('title = "Letters of a friend"\nclass_names = ["a", "b", "c"]\n')
    data = load(str(save(arrays)))
    assert (data.title, data.class_names, data.name) == ("Letters of a friend", ("a", "b", "c"), "letters")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('licens = "MIT"', "licens: unknown key. Did you mean licence?"),
        ("title = 3", "title: 3 is not accepted. Accepted: text on one line"),
        ('class_names = ["a", "a"]', 'class_names: ["a", "a"] is not accepted'),
        ("image_size = [28]", "image_size: [28] is not accepted. Accepted: a height and a width"),
        ("image_size = [28, 0]", "image_size: [28, 0] is not accepted"),
        ("channels = 4", "channels: 4 is not accepted. Accepted: 1 (grey) or 3 (colour)."),
        ('class_names = ["cat", "dog", "owl"]', "class_names has 3 names, and there are 2 folders"),
        ("title = ", "this is not TOML"),
    ],
)
def test_a_mistake_is_named(images, line, said):
    (images / "dataset.toml").write_text(f"# a comment\n{line}\n")
    with pytest.raises(ReportgenError) as caught:
        load(str(images))
    message = str(caught.value)
    assert said in message
    assert str(images / "dataset.toml") in message
    assert ", line 2" in message or "class_names has" in message


def test_all_mistakes_are_named_at_once(images):
    (images / "dataset.toml").write_text('titel = "x"\nlicence = 1\n')
    with pytest.raises(ReportgenError) as caught:
        load(str(images))
    assert len(str(caught.value).splitlines()) == 2


def test_class_names_stand_in_one_place(save, arrays, tmp_path):
    import numpy as np

    (tmp_path / "dataset.toml").write_text('class_names = ["a", "b", "c"]\n')
    with pytest.raises(ReportgenError, match=r"in this file and in dataset\.toml"):
        load(str(save(arrays | {"class_names": np.array(["a", "b", "c"])})))
