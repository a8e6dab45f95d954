"""What is behind the pictures that are made of images: which image each is, what it shows, and what it was taken for."""

from __future__ import annotations

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import FrameworkResult, Results
from reportgen.report.data_tables import DataTable, data
from reportgen.report.sections.mistakes import MOST_IMAGES


def samples_data(results: Results, pictures: Pictures) -> DataTable:
    """Return the class of every sample, in the order of the picture."""
    names = results.dataset.class_names
    return data(("position", "class"), [(position, names[label]) for position, label in enumerate(pictures.sample_labels, start=1)])


def predictions_data(results: Results, pictures: Pictures) -> DataTable:
    """Return what each framework's first trial took the shown test images for."""
    rows = [
        (framework.title, item.index, item.true_class, item.predicted_class)
        for framework in results.frameworks
        for item in framework.predicted_images
        if item.index in pictures.test_images
    ]
    return data(("framework", "index in the test set", "true class", "predicted class"), rows)


def augmentation_data(results: Results, pictures: Pictures) -> DataTable:
    """Return how far the images of each row are from the originals: the mean difference of a pixel, between 0 and 255."""
    titles = results.titles
    rows = [
        (titles.get(name, name), position, float(abs(after.astype(float) - before.astype(float)).mean()))
        for name, images in pictures.augmented.items()
        for position, (before, after) in enumerate(zip(pictures.originals, images, strict=False), start=1)
    ]
    return data(("framework", "position", "mean difference of a pixel"), rows)


def misclassified_data(framework: FrameworkResult, pictures: Pictures) -> DataTable:
    """Return the shown images that a framework's models got wrong, and how often."""
    rows = [
        (item.index, item.true_class, item.predicted_class, item.wrong_trials, item.trials)
        for item in framework.misclassified[:MOST_IMAGES]
        if item.index in pictures.test_images
    ]
    return data(("index in the test set", "true class", "predicted class", "wrong trials", "trials"), rows)
