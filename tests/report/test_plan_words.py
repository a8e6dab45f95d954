"""What a plan says in English of data, device and processes is told in the language of the report, whoever made the sentence."""

import re

import numpy as np
import pytest
from PIL import Image
from unmade import unmade, unmarked

from reportgen import datasets, devices, jobs, languages
from reportgen.language import spoken
from reportgen.report.plan_words import in_language
from reportgen.runner.forking import unsupported

WORD = re.compile(r"[A-Za-z]{3,}")


def words_left(recorded):
    """Return the words of a sentence that went through no catalogue."""
    with spoken(unmade()):
        return WORD.findall(unmarked(in_language(recorded)))


@pytest.fixture
def arrays(tmp_path):
    """Three classes of floats, so many that a thousand has its comma, of which one image stands in both parts."""
    images = np.random.default_rng(1).random((1200, 4, 4), dtype=np.float32)
    labels = np.tile(np.arange(3), 400).astype(np.uint8)
    path = tmp_path / "letters.npz"
    np.savez_compressed(path, x_train=images, y_train=labels, x_test=images[:30], y_test=labels[:30])
    return datasets.load(str(path)).record()


@pytest.fixture
def pictures(tmp_path):
    """A folder of images by class, brought to one size and to grey, with a description of the author's."""
    folder = tmp_path / "pets"
    for name in ("cat", "dog"):
        (folder / name).mkdir(parents=True)
        for number in range(20):
            colours = np.random.default_rng(number).integers(0, 256, (6, 5, 3)).astype(np.uint8)
            Image.fromarray(colours).save(folder / name / f"{number}.png")
    (folder / "dataset.toml").write_text('description = "Pets of our street"\nimage_size = [8, 8]\nchannels = 1\n')
    return datasets.load(str(folder)).record()


def test_everything_said_of_own_data_is_known(arrays, pictures):
    assert words_left(arrays.description) == []
    assert words_left(arrays.source) == ["letters", "npz"]
    assert words_left(pictures.description) == ["Pets", "our", "street"]


def test_german_counts_and_percentages(arrays, pictures):
    with spoken(languages.find("de")):
        told = in_language(arrays.description)
        assert "1230 Bilder in 3 Klassen." in told
        assert "27 der 30 Testbilder kommen auch unter den Trainingsbildern vor" in told
        assert "Pets of our street. 40 Bilder in 2 Klassen. Alle Bilder wurden in Graustufen umgewandelt." in in_language(pictures.description)
        assert in_language(arrays.description.replace("1,230", "12,300")).startswith("12\u202f300 Bilder")
    assert in_language(arrays.description) == arrays.description


@pytest.mark.parametrize(
    "recorded",
    [
        "Found in /data/mnist.",
        "Downloaded from https://a.example/x, https://b.example/y into /data.",
        devices.choose("cpu", ()).reason,
        jobs.VARIANTS_ARE_FRESH,
        unsupported("cuda"),
        "it was asked for",
    ],
)
def test_other_sentences_of_a_plan(recorded):
    assert set(words_left(recorded)) <= {"data", "mnist", "https", "example"}


def test_why_others_stand_in_for_mnist():
    recorded = "MNIST was not found in 3 folders of this machine, and not downloaded (all mirrors: no answer)."
    with spoken(languages.find("de")):
        assert in_language(recorded) == "MNIST wurde in 3 Ordnern dieser Maschine nicht gefunden und nicht heruntergeladen (all mirrors: no answer)."
