"""Pictures of predictions and of augmented images, and the table of epochs."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import AugmentedImages
from reportgen.report.drawing import plain_fonts
from reportgen.report.images import GAP, PIXELS
from reportgen.report.picture_rows import augmentation_sheet, predictions_sheet
from reportgen.report.sections.elements import Register
from reportgen.report.sections.epochs import MOST_ROWS, epoch_table, shown_epochs
from reportgen.report.sections.looks import augmentation_figure, predictions_figure


def opened(sheet: bytes) -> Image.Image:
    return Image.open(io.BytesIO(sheet))


def columns(count: int) -> int:
    return count * (PIXELS + GAP) - GAP


def test_predictions_are_drawn_and_told(example_results, example_pictures):
    figure = predictions_figure(example_results, Register())
    assert figure is not None
    for framework in example_results.frameworks:
        first_wrong = next(item for item in framework.predicted_images if not item.right)
        assert f"{first_wrong.true_class} taken for {first_wrong.predicted_class}" in figure.alternative
        assert all(item.index in example_pictures.test_images for item in framework.predicted_images)
    with plain_fonts() as fonts:
        sheet = predictions_sheet(example_results, example_pictures, fonts)
    assert opened(sheet).width == columns(10)
    assert len(sheet) < 40_000


def test_without_predictions_there_is_no_figure(example_results):
    without = tuple(framework.model_copy(update={"predicted_images": ()}) for framework in example_results.frameworks)
    assert predictions_figure(example_results.model_copy(update={"frameworks": without}), Register()) is None


def test_augmented_images_are_drawn_below_their_originals(example_results, example_pictures):
    names = [framework.name for framework in example_results.frameworks]
    shown = AugmentedImages(count=3, trials={name: f"parity-{name}" for name in names})
    results = example_results.model_copy(update={"augmented_images": shown})
    figure = augmentation_figure(results, Register())
    assert figure is not None
    assert all(framework.title in figure.detail for framework in results.frameworks)
    images = np.zeros((3, 28, 28, 1), dtype=np.uint8)
    pictures: Pictures = replace(example_pictures, originals=images, augmented=dict.fromkeys(names, images + 255))
    with plain_fonts() as fonts:
        sheet = opened(augmentation_sheet(results, pictures, fonts)).convert("L")
    assert sheet.width == columns(3)
    # Grey images are ink on paper: black originals are white, and the rows below are all ink.
    middle = [sheet.getpixel((PIXELS // 2, round((row + 0.6) * sheet.height / 3))) for row in range(3)]
    assert middle == [255, 0, 0]


def test_without_augmentation_there_is_no_figure(example_results):
    assert augmentation_figure(example_results, Register()) is None


def test_every_epoch_has_a_row_with_medians(example_results):
    table = epoch_table(example_results, Register())
    assert [row[0].text for row in table.rows] == [str(epoch + 1) for epoch in range(example_results.hyperparameters.epochs)]
    last = np.median([run[-1] for run in example_results.frameworks[1].curves.validation_accuracy])
    assert table.rows[-1][-1].text == f"{100 * last:.2f}"


@pytest.mark.parametrize("epochs", [1, MOST_ROWS, MOST_ROWS + 1, 1000])
def test_many_epochs_are_thinned_out_to_the_last(epochs):
    shown = shown_epochs(epochs)
    assert (shown[0], shown[-1]) == (1, epochs)
    assert len(shown) == len(set(shown)) == min(epochs, MOST_ROWS)
