"""Pictures beside the numbers: training images before and after augmentation, and predictions of single test images."""

from __future__ import annotations

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.report.format import enumeration, plural
from reportgen.report.sections.elements import Figure, Register


def augmentation_figure(results: Results, register: Register) -> Figure | None:
    """The figure of augmented images; None where no program augments."""
    shown = results.augmented_images
    if shown is None:
        return None
    titles = enumeration(framework.title for framework in results.frameworks if framework.name in shown.trials)
    return register.figure(
        "augmentation",
        "Training images before and after augmentation",
        f"The first {plural(shown.count, 'training image')} as stored, and once as the training pipeline of {titles} hands them to the model, "
        "each with random numbers of its own; the next epoch changes them in another way. Validation and test images are never changed.",
        f"Rows of {plural(shown.count, 'small image')}: the originals, and the same images slightly turned, scaled and shifted by {titles}.",
        "augmentation",
        width_percent=74,
    )


def predictions_figure(results: Results, register: Register) -> Figure | None:
    """The figure of predicted test images; None where no predictions were kept."""
    if not any(framework.predicted_images for framework in results.frameworks):
        return None
    return register.figure(
        "predictions",
        "Predictions of test images",
        "Of each framework's first trial: the first test image of each class that it got right, and the first images that it got wrong. Below each: "
        "actual class \u2192 predicted class.",
        f"Rows of small test images. {' '.join(told(framework) for framework in results.frameworks)}",
        "predictions",
    )


def told(framework: FrameworkResult) -> str:
    """Return a framework's predictions in words."""
    right = sum(item.right for item in framework.predicted_images)
    wrong = [f"{item.true_class} taken for {item.predicted_class}" for item in framework.predicted_images if not item.right]
    mistakes = f"; wrong: {', '.join(wrong)}" if wrong else ""
    return f"{framework.title}: {plural(right, 'image')} right{mistakes}."
