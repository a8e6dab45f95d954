from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import CLASS_NAMES, LABELS, Logits, logits_of
from sklearn import metrics

from reportgen.analysis.classification import (
    MOST_CONFUSED_PAIRS,
    MOST_MISCLASSIFIED,
    TrialScores,
    check_invariants,
    class_scores,
    commonest_mistake,
    confused_pairs,
    confusion,
    misclassified,
    score,
)
from reportgen.errors import ReportgenError

LABEL_ARRAY = np.array(LABELS, dtype=np.int64)


def scores(*predicted: int) -> TrialScores:
    return score("trial", logits_of(*predicted), LABEL_ARRAY, len(CLASS_NAMES))


def random_logits(seed: int, count: int = 500, classes: int = 10) -> tuple[Logits, np.ndarray]:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, classes, count)
    logits = generator.normal(0, 3, (count, classes)).astype(np.float32)
    logits[np.arange(count), labels] += 3
    return logits, labels


def test_scores_by_hand() -> None:
    # Class 0: 1 of 2 right; class 1: both; class 2: 1 of 2, the other taken for 1; image 1 taken for 2.
    found = scores(0, 2, 1, 1, 1, 2)
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.counts.tolist() == [[1, 0, 1], [0, 2, 0], [0, 1, 1]]
    assert found.precision.tolist() == pytest.approx([1, 2 / 3, 1 / 2])
    assert found.recall.tolist() == pytest.approx([1 / 2, 1, 1 / 2])
    assert found.f1.tolist() == pytest.approx([2 / 3, 4 / 5, 1 / 2])
    assert found.macro_f1 == pytest.approx((2 / 3 + 4 / 5 + 1 / 2) / 3)
    assert found.support.tolist() == [2, 2, 2]


def test_the_loss_is_the_mean_cross_entropy_in_nats() -> None:
    # Right: -ln(e^4 / (e^4 + 2)); wrong: -ln(1 / (e^4 + 2)).
    right, wrong = -np.log(np.exp(4) / (np.exp(4) + 2)), -np.log(1 / (np.exp(4) + 2))
    assert scores(0, 2, 1, 1, 1, 2).loss == pytest.approx((4 * right + 2 * wrong) / 6)


def test_the_loss_of_huge_logits_does_not_overflow() -> None:
    found = score("trial", logits_of(1, 0, 1, 1, 2, 2, certainty=1000.0), LABEL_ARRAY, 3)
    assert found.loss == pytest.approx(1000 / 6)


@pytest.mark.parametrize("seed", range(3))
def test_scores_agree_with_an_independent_route(seed: int) -> None:
    logits, labels = random_logits(seed)
    found = score("trial", logits, labels, 10)
    predicted = logits.argmax(axis=1)
    report = metrics.classification_report(labels, predicted, output_dict=True, zero_division=0)
    assert found.accuracy == pytest.approx(report["accuracy"])
    assert found.macro_f1 == pytest.approx(report["macro avg"]["f1-score"])
    assert found.recall.tolist() == pytest.approx([report[str(name)]["recall"] for name in range(10)])
    probabilities = np.exp(logits.astype(np.float64))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    assert found.loss == pytest.approx(metrics.log_loss(labels, probabilities), rel=1e-9)


def test_a_class_that_is_never_predicted_has_precision_zero_and_stays_in_the_mean() -> None:
    found = scores(0, 0, 1, 1, 1, 1)
    assert found.precision.tolist() == [1.0, 0.5, 0.0]
    assert found.f1[2] == 0.0
    assert found.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_a_class_without_test_images_stays_in_the_matrix() -> None:
    found = score("trial", logits_of(0, 0, 1), np.array([0, 0, 1]), 3)
    assert found.counts.shape == (3, 3)
    assert found.support.tolist() == [2, 1, 0]


@pytest.mark.parametrize(
    "logits",
    [
        logits_of(0, 0, 1, 1, 2),
        logits_of(*LABELS)[:, :2],
        np.hstack([logits_of(*LABELS), np.zeros((6, 1), dtype=np.float32)]),
        logits_of(*LABELS).ravel(),
    ],
    ids=["too few images", "too few classes", "too many classes", "flat"],
)
def test_predictions_that_cannot_belong_to_the_labels_stop_the_report(logits: Logits) -> None:
    with pytest.raises(ReportgenError, match="block-07-pytorch"):
        score("block-07-pytorch", logits, LABEL_ARRAY, 3)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_diverged_model_keeps_its_place_in_the_scores_and_has_no_loss(value: float) -> None:
    logits = logits_of(*LABELS)
    logits[:, 0] = value
    found = score("trial", logits, LABEL_ARRAY, 3)
    assert found.loss is None
    # Infinity is the largest value and always wins; what is no number never does.
    assert found.counts.sum(axis=0)[0] == (6 if np.isinf(value) else 0)


def test_an_accuracy_that_contradicts_the_confusion_matrix_stops_the_report() -> None:
    found = scores(0, 2, 1, 1, 1, 2)
    check_invariants("trial", found, 6)
    with pytest.raises(ReportgenError, match="accuracy of the trial 'trial' contradicts"):
        check_invariants("trial", replace(found, accuracy=found.accuracy + 1e-6), 6)


def test_counts_that_do_not_sum_to_the_test_images_stop_the_report() -> None:
    found = scores(*LABELS)
    with pytest.raises(ReportgenError, match="do not sum to its 6"):
        check_invariants("trial", replace(found, support=np.array([2, 2, 1])), 6)
    # One image too many in a wrong cell: the trace still agrees with the accuracy.
    more = found.counts.copy()
    more[0, 1] += 1
    with pytest.raises(ReportgenError, match="do not sum to its 6"):
        check_invariants("trial", replace(found, counts=more), 6)


def test_class_scores_are_summarised_over_trials() -> None:
    first, second = scores(*LABELS), scores(0, 2, 1, 1, 1, 2)
    found = class_scores([first, second], CLASS_NAMES)
    assert [one.class_name for one in found] == list(CLASS_NAMES)
    assert found[0].recall.values == (1.0, 0.5)
    assert found[1].precision.mean == pytest.approx((1 + 2 / 3) / 2)
    assert [one.support for one in found] == [2, 2, 2]


def test_confusion_adds_up_and_keeps_the_first_trial() -> None:
    found = confusion([scores(0, 2, 1, 1, 1, 2), scores(*LABELS)])
    assert found.trials == 2
    assert found.counts == ((3, 0, 1), (0, 4, 0), (0, 1, 3))
    assert found.first_trial_counts == ((1, 0, 1), (0, 2, 0), (0, 1, 1))


def test_confused_pairs_are_means_over_trials_most_frequent_first() -> None:
    found = confused_pairs([scores(2, 2, 1, 1, 1, 2), scores(2, 0, 1, 1, 2, 2)], CLASS_NAMES)
    assert [(one.true_class, one.predicted_class, one.mean_count) for one in found] == [("ant", "cat", 1.5), ("cat", "bee", 0.5)]


def test_without_mistakes_there_are_no_pairs_and_no_pictures() -> None:
    assert confused_pairs([scores(*LABELS)], CLASS_NAMES) == ()
    assert misclassified([logits_of(*LABELS)], LABEL_ARRAY, CLASS_NAMES) == ()


def test_pairs_and_pictures_are_no_more_than_a_page_holds() -> None:
    labels = np.arange(100) % 10
    logits = np.zeros((100, 10), dtype=np.float32)
    logits[np.arange(100), (labels + 1 + np.arange(100) // 10) % 10] = 1
    names = [str(name) for name in range(10)]
    assert len(confused_pairs([score("trial", logits, labels, 10)], names)) == MOST_CONFUSED_PAIRS
    assert len(misclassified([logits], labels, names)) == MOST_MISCLASSIFIED


def test_misclassified_images_are_those_that_most_trials_got_wrong() -> None:
    trials = [logits_of(1, 2, 1, 1, 2, 2), logits_of(2, 2, 1, 1, 2, 2), logits_of(0, 2, 1, 0, 2, 2)]
    found = misclassified(trials, LABEL_ARRAY, CLASS_NAMES)
    assert [(one.index, one.true_class, one.predicted_class, one.wrong_trials, one.trials) for one in found] == [
        (1, "ant", "cat", 3, 3),
        (0, "ant", "bee", 2, 3),
        (3, "bee", "ant", 1, 3),
    ]


def test_the_commonest_mistake_passes_over_right_answers() -> None:
    assert commonest_mistake(np.array([0, 0, 0, 2, 1, 2]), 0) == 2
    assert commonest_mistake(np.array([2, 1]), 0) == 1
