"""Scores from stored predictions: scikit-learn's, per trial and over trials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from reportgen.analysis.inputs import Labels, Logits
from reportgen.analysis.results import ClassScore, ConfusedPair, Confusion, Misclassified
from reportgen.analysis.statistics import summarise
from reportgen.errors import ReportgenError
from reportgen.language import marked

# What a page can show, and a reader take in.
MOST_MISCLASSIFIED = 20
MOST_CONFUSED_PAIRS = 10


@dataclass(frozen=True, kw_only=True)
class TrialScores:
    """Scores of one trial. ``counts`` is int (true class, predicted class); per-class arrays are float (classes,)."""

    accuracy: float
    macro_f1: float
    loss: float | None
    counts: Labels
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    support: Labels


def score(trial: str, logits: Logits, labels: Labels, class_count: int) -> TrialScores:
    """Score logits (images, ``class_count``) against labels (images,); a class that was never predicted has precision 0.

    A model that diverged gives values that are not finite: it keeps its place in the scores, and has no loss.

    Raises :class:`ReportgenError` when the predictions cannot belong to the labels, or the scores contradict each other: nothing may be
    reported then.
    """
    if logits.shape != (len(labels), class_count):
        raise ReportgenError(
            marked(
                "The predictions of the trial '{trial}' are not {rows} rows of {class_count} logits. Delete its folder, "
                "and measure it again with: python -m reportgen run --resume RUN"
            ),
            trial=trial,
            rows=len(labels),
            class_count=class_count,
        )
    classes = np.arange(class_count)
    finite = bool(np.all(np.isfinite(logits)))
    predicted = predicted_classes(logits)
    counts = confusion_matrix(labels, predicted, labels=classes)
    precision, recall, f1, support = precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
    scores = TrialScores(
        accuracy=float(accuracy_score(labels, predicted)),
        macro_f1=float(np.mean(f1)),
        loss=mean_cross_entropy(logits, labels) if finite else None,
        counts=counts,
        precision=precision,
        recall=recall,
        f1=f1,
        support=support,
    )
    check_invariants(trial, scores, len(labels))
    return scores


def predicted_classes(logits: Logits) -> Labels:
    """Return the class with the largest logit for each image (images,); a value that is no number is smaller than any that is."""
    classes: Labels = np.where(np.isnan(logits), -np.inf, logits).argmax(axis=1)
    return classes


def mean_cross_entropy(logits: Logits, labels: Labels) -> float:
    """Return the mean over images of ln(sum of exp(logits)) minus the logit of the true class, in nats."""
    return float(np.mean(logsumexp(logits.astype(np.float64), axis=1) - logits[np.arange(len(labels)), labels]))


def check_invariants(trial: str, scores: TrialScores, image_count: int) -> None:
    """Raise :class:`ReportgenError` unless accuracy is the trace of the confusion matrix over N, and supports sum to N."""
    if not np.isclose(np.trace(scores.counts) / image_count, scores.accuracy, rtol=0, atol=1e-12):
        raise ReportgenError(marked("The accuracy of the trial '{trial}' contradicts its confusion matrix. No report is made from it."), trial=trial)
    if int(scores.support.sum()) != image_count or int(scores.counts.sum()) != image_count:
        raise ReportgenError(
            marked("The class counts of the trial '{trial}' do not sum to its {image_count} test images. No report is made from it."),
            trial=trial,
            image_count=image_count,
        )


def class_scores(trials: Sequence[TrialScores], class_names: Sequence[str]) -> tuple[ClassScore, ...]:
    """Summarise each class's scores over trials."""
    return tuple(
        ClassScore(
            class_name=name,
            precision=summarise([float(trial.precision[index]) for trial in trials], "fraction"),
            recall=summarise([float(trial.recall[index]) for trial in trials], "fraction"),
            f1=summarise([float(trial.f1[index]) for trial in trials], "fraction"),
            support=int(trials[0].support[index]),
        )
        for index, name in enumerate(class_names)
    )


def confusion(trials: Sequence[TrialScores]) -> Confusion:
    """Add up the confusion matrices of the trials."""
    total = np.sum([trial.counts for trial in trials], axis=0)
    return Confusion(trials=len(trials), counts=as_rows(total), first_trial_counts=as_rows(trials[0].counts))


def as_rows(matrix: Labels) -> tuple[tuple[int, ...], ...]:
    """Return an integer matrix as nested tuples."""
    return tuple(tuple(int(value) for value in row) for row in matrix)


def confused_pairs(trials: Sequence[TrialScores], class_names: Sequence[str]) -> tuple[ConfusedPair, ...]:
    """Return the most frequent confusions of a true with a predicted class, most frequent first."""
    mean = np.mean([trial.counts for trial in trials], axis=0)
    np.fill_diagonal(mean, 0.0)
    order = np.argsort(-mean, axis=None, kind="stable")[:MOST_CONFUSED_PAIRS]
    pairs = [np.unravel_index(flat, mean.shape) for flat in order]
    return tuple(
        ConfusedPair(true_class=class_names[true], predicted_class=class_names[predicted], mean_count=float(mean[true, predicted]))
        for true, predicted in pairs
        if mean[true, predicted] > 0
    )


def misclassified(all_logits: Sequence[Logits], labels: Labels, class_names: Sequence[str]) -> tuple[Misclassified, ...]:
    """Return the test images that most trials got wrong, with the class that they were taken for most often."""
    predictions = np.stack([predicted_classes(logits) for logits in all_logits])
    wrong = (predictions != labels).sum(axis=0)
    order = [int(index) for index in np.argsort(-wrong, kind="stable")[:MOST_MISCLASSIFIED] if wrong[index] > 0]
    return tuple(
        Misclassified(
            index=index,
            true_class=class_names[labels[index]],
            predicted_class=class_names[commonest_mistake(predictions[:, index], int(labels[index]))],
            wrong_trials=int(wrong[index]),
            trials=len(all_logits),
        )
        for index in order
    )


def commonest_mistake(predicted: Labels, label: int) -> int:
    """Return the wrong class that was predicted most often; the smallest of equals."""
    mistakes = Counter(int(value) for value in predicted if value != label)
    return min(mistakes, key=lambda value: (-mistakes[value], value))
