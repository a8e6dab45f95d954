"""The figures as files of their own, as pictures of their numbers, and for eyes that see few colours."""

import csv
import io
import os
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from golden_cases import drawings, functions_that_draw, functions_with_a_case, sheets
from PIL import Image

from reportgen.forms.base import Material
from reportgen.forms.figures import make
from reportgen.report.colours import FRAMEWORK_COLOURS, FRAMEWORK_MARKERS
from reportgen.report.comparison_figures import PART_COLOURS
from reportgen.report.drawing import drawing_style, plain_fonts
from reportgen.report.drawings import make_resources
from reportgen.report.view import view

GOLDEN = Path(__file__).parent / "golden"
#: Pixels. So small that a letter is a shade of grey, whatever its font, while a line or a dot in another place is not.
WIDTH = 160
#: Of 255. Letters of another version of the font library change a figure by less, a framework in the other's place by more.
MOST_MEAN, MOST_ANYWHERE = 1.5, 60
MOST_BYTES = 25_000  # of a picture that is kept
#: How people see who lack one kind of cone: Machado, Oliveira & Fernandes (2009), severity 1.0, for linear RGB.
DEUTERANOPIA = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
PROTANOPIA = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]


@pytest.fixture(scope="module")
def material(example) -> Material:
    content = view(example.results, example.config)
    resources = make_resources(example.results, example.pictures, content)
    return Material(results=example.results, content=content, resources=resources, config=example.config, results_json=b"")


@pytest.fixture(scope="module")
def files(material) -> dict[str, bytes]:
    return dict(make(material))


def test_each_figure_is_written_in_two_kinds_with_its_data(material, files):
    stems = [f"figures/{one.number:02d}-{one.key}" for one in material.content.figures]
    assert list(files) == [f"{stem}{suffix}" for stem in stems for suffix in (".svg", ".png", ".csv")]
    for stem in stems:
        root = ElementTree.fromstring(files[f"{stem}.svg"])
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        with Image.open(io.BytesIO(files[f"{stem}.png"])) as picture:
            across, down = (float(value) for value in root.attrib["viewBox"].split()[2:])
            assert picture.width >= 900
            assert picture.width / picture.height == pytest.approx(across / down, rel=0.02)
        lines = list(csv.reader(io.StringIO(files[f"{stem}.csv"].decode(), newline="")))
        assert len(lines) > 1
        assert len({len(line) for line in lines}) == 1


def test_the_data_are_those_of_the_results_at_full_precision(example, files):
    rows = list(csv.DictReader(io.StringIO(next(content for name, content in files.items() if name.endswith("-times.csv")).decode())))
    for framework in example.results.frameworks:
        assert [float(row["training time (s)"]) for row in rows if row["framework"] == framework.title] == list(framework.training_time.values)
    parts = list(csv.DictReader(io.StringIO(next(content for name, content in files.items() if name.endswith("-epoch-parts.csv")).decode())))
    assert sum(float(row["share of the epoch"]) for row in parts) == pytest.approx(len(example.results.profiles))


def test_figures_are_written_the_same_every_time(material, files):
    assert dict(make(material)) == files


def small(png: bytes) -> Image.Image:
    """Return a figure so small that its letters are shades of grey."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").resize((WIDTH, round(WIDTH * picture.height / picture.width)), Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two pictures are apart on average, and at most, where each place is the mean of the nine around it."""
    apart = np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean(axis=2)
    padded = np.pad(apart, 1, mode="edge")
    around = sum(padded[down : down + apart.shape[0], across : across + apart.shape[1]] for down in range(3) for across in range(3)) / 9
    return float(apart.mean()), float(around.max())


@pytest.fixture(scope="module")
def drawn(example_results, example_pictures, example_run_folder) -> dict[str, Image.Image]:
    """Every picture of the golden cases, small, by the name of its file."""
    with plain_fonts() as fonts, drawing_style(fonts):
        made = {name: draw().png for name, draw in drawings(example_results, example_run_folder).items()}
        made |= {name: draw() for name, draw in sheets(example_results, example_pictures, fonts).items()}
    return {name: small(png) for name, png in made.items()}


def test_every_function_that_draws_has_a_picture_to_be_held_against():
    known = functions_that_draw()
    assert {"reportgen.report.figures.times_figure", "reportgen.report.images.sample_sheet"} <= set(known)
    assert set(known) - functions_with_a_case() == set(), "add a case to tests/golden_cases.py"


def test_every_picture_is_of_a_case_and_small(drawn):
    """To see and keep a new look: REPORTGEN_GOLDEN=write pytest tests/report/test_figures.py, in the checkout."""
    if os.environ.get("REPORTGEN_GOLDEN") == "write":
        for name, picture in drawn.items():
            picture.save(GOLDEN / f"{name}.png", optimize=True)
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(drawn)
    assert max(path.stat().st_size for path in GOLDEN.glob("*.png")) < MOST_BYTES


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.png")), ids=lambda path: path.stem)
def test_a_figure_looks_as_it_did(drawn, path):
    with Image.open(path) as golden:
        kept = golden.convert("RGB")
    assert drawn[path.stem].size == kept.size
    mean, most = differences(drawn[path.stem], kept)
    assert mean <= MOST_MEAN
    assert most <= MOST_ANYWHERE


@pytest.mark.parametrize("name", ["curves", "times", "exported", "modes"])
def test_frameworks_in_each_other_s_place_are_seen(example_results, example_run_folder, name):
    swapped = example_results.model_copy(update={"frameworks": example_results.frameworks[::-1]})
    with plain_fonts() as fonts, drawing_style(fonts), Image.open(GOLDEN / f"{name}.png") as golden:
        other, kept = small(drawings(swapped, example_run_folder)[name]().png), golden.convert("RGB")
    assert other.size != kept.size or differences(other, kept)[0] > MOST_MEAN or differences(other, kept)[1] > MOST_ANYWHERE


def lab(colour: str, matrix: list[list[float]] | None) -> np.ndarray:
    """Return a colour in CIELAB (D65), as it is or as somebody sees it who lacks a kind of cone."""
    rgb = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if matrix is not None:
        linear = np.clip(np.array(matrix) @ linear, 0, 1)
    xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]) @ linear
    scaled = xyz / np.array([0.95047, 1.0, 1.08883])
    root = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("seen", [None, DEUTERANOPIA, PROTANOPIA], ids=["all cones", "deuteranopia", "protanopia"])
@pytest.mark.parametrize("colours", [FRAMEWORK_COLOURS[:4], PART_COLOURS], ids=["frameworks", "parts"])
def test_colours_are_told_apart_without_one_kind_of_cone(colours, seen):
    """A difference of 2.3 is just seen by those who compare two patches side by side; here it is six times that."""
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(lab(one, seen) - lab(other, seen)) > 15, (one, other)


def test_frameworks_differ_without_any_colour():
    assert len(set(FRAMEWORK_MARKERS[:4])) == 4
