"""The scores of a framework's trials, by task: what only classes have is left empty where numbers are to be found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from reportgen.analysis import regression
from reportgen.analysis.choose_examples import predicted_images
from reportgen.analysis.classification import class_scores, confused_pairs, confusion, misclassified, score
from reportgen.analysis.inputs import RunRecords, Training
from reportgen.analysis.results import ClassScore, ConfusedPair, Confusion, LossAfter, Misclassified, PredictedImage, StepLosses, Summary
from reportgen.analysis.statistics import optional, summarise


class Scores(TypedDict):
    """The fields of :class:`~reportgen.analysis.results.FrameworkResult` that say how well the models do."""

    accuracy: Summary | None
    macro_f1: Summary | None
    test_loss: Summary | None
    classes: tuple[ClassScore, ...]
    confusion: Confusion | None
    confused_pairs: tuple[ConfusedPair, ...]
    misclassified: tuple[Misclassified, ...]
    predicted_images: tuple[PredictedImage, ...]
    step_losses: StepLosses | None
    losses_after: tuple[LossAfter, ...]


def scores_of(records: RunRecords, trials: Sequence[Training]) -> tuple[Scores, tuple[float | None, ...]]:
    """Return the scores over trials, and what the list of trials shows of each: its accuracy, or its mean squared error."""
    if records.plan.dataset.task == "regression":
        return regression_scores(records, trials)
    class_names = records.plan.dataset.class_names
    found = [score(trial.spec.trial, trial.logits, records.test_labels, len(class_names)) for trial in trials]
    return Scores(
        accuracy=summarise([trial.accuracy for trial in found], "fraction"),
        macro_f1=summarise([trial.macro_f1 for trial in found], "fraction"),
        test_loss=optional([trial.loss for trial in found], "nats"),
        classes=class_scores(found, class_names),
        confusion=confusion(found),
        confused_pairs=confused_pairs(found, class_names),
        misclassified=misclassified([trial.logits for trial in trials], records.test_labels, class_names),
        predicted_images=predicted_images(trials[0].logits, records.test_labels, class_names),
        step_losses=None,
        losses_after=(),
    ), tuple(trial.accuracy for trial in found)


def regression_scores(records: RunRecords, trials: Sequence[Training]) -> tuple[Scores, tuple[float | None, ...]]:
    """Return the scores where numbers are to be found."""
    errors = tuple(regression.mean_squared_error(trial.spec.trial, trial.logits, records.test_targets) for trial in trials)
    return Scores(
        accuracy=None,
        macro_f1=None,
        test_loss=optional(errors, "squared error"),
        classes=(),
        confusion=None,
        confused_pairs=(),
        misclassified=(),
        predicted_images=(),
        step_losses=regression.step_losses(trials),
        losses_after=regression.losses_after(trials),
    ), errors
