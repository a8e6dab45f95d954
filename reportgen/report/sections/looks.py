"""Pictures beside the numbers: training images before and after augmentation, and predictions of single test images."""

from __future__ import annotations

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.report.format import enumeration
from reportgen.report.sections.elements import Figure, Register


def augmentation_figure(results: Results, register: Register) -> Figure | None:
    """The figure of augmented images; None where no program augments."""
    shown = results.augmented_images
    if shown is None:
        return None
    titles = enumeration(framework.title for framework in results.frameworks if framework.name in shown.trials)
    return register.figure(
        "augmentation",
        gettext("Training images before and after augmentation"),
        ngettext(
            "The first training image as stored, and once as the training pipeline of {titles} hands it to the "
            "model, each with random numbers of its own; the next epoch changes it in another way. "
            "Validation and test images are never changed.",
            "The first {count} training images as stored, and once as the training pipeline of {titles} hands them to the "
            "model, each with random numbers of its own; the next epoch changes them in another way. "
            "Validation and test images are never changed.",
            shown.count,
            count=shown.count,
            titles=titles,
        ),
        ngettext(
            "Rows of {count} small image: the original, and the same image slightly turned, scaled and shifted by {titles}.",
            "Rows of {count} small images: the originals, and the same images slightly turned, scaled and shifted by {titles}.",
            shown.count,
            count=shown.count,
            titles=titles,
        ),
        "augmentation",
        width_percent=74,
    )


def predictions_figure(results: Results, register: Register) -> Figure | None:
    """The figure of predicted test images; None where no predictions were kept."""
    if not any(framework.predicted_images for framework in results.frameworks):
        return None
    return register.figure(
        "predictions",
        gettext("Predictions of test images"),
        gettext(
            "Of each framework's first trial: the first test image of each class that it got right, and the "
            "first images that it got wrong. Below each: actual class \u2192 predicted class."
        ),
        gettext("Rows of small test images. {told}", told=" ".join(told(framework) for framework in results.frameworks)),
        "predictions",
        width_percent=84,
    )


def told(framework: FrameworkResult) -> str:
    """Return a framework's predictions in words."""
    right = sum(item.right for item in framework.predicted_images)
    wrong = [
        gettext("{true_class} taken for {predicted_class}", true_class=item.true_class, predicted_class=item.predicted_class)
        for item in framework.predicted_images
        if not item.right
    ]
    if not wrong:
        return ngettext("{title}: {right} image right.", "{title}: {right} images right.", right, title=framework.title, right=right)
    return ngettext(
        "{title}: {right} image right; wrong: {wrong}.",
        "{title}: {right} images right; wrong: {wrong}.",
        right,
        title=framework.title,
        right=right,
        wrong=", ".join(wrong),
    )
