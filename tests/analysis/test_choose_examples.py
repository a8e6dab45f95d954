from __future__ import annotations

from dataclasses import replace

import numpy as np
from builders import CLASS_NAMES, LABELS, logits_of, make_records, parity_arrays, parity_result, parity_spec

from reportgen.analysis.choose_examples import MOST_OF_A_KIND, augmented_images, predicted_images
from reportgen.analysis.inputs import ParityTrial

LABEL_ARRAY = np.array(LABELS, dtype=np.int64)


def test_the_first_right_image_of_each_class_comes_before_the_first_wrong_ones() -> None:
    # True classes are 0, 0, 1, 1, 2, 2.
    found = predicted_images(logits_of(2, 0, 1, 1, 0, 1), LABEL_ARRAY, CLASS_NAMES)
    assert [(item.index, item.true_class, item.predicted_class, item.right) for item in found] == [
        (1, "ant", "ant", True),
        (2, "bee", "bee", True),
        (0, "ant", "cat", False),
        (4, "cat", "ant", False),
        (5, "cat", "bee", False),
    ]


def test_no_more_than_a_row_of_a_kind() -> None:
    labels = np.arange(60, dtype=np.int64) % 30
    names = [str(number) for number in range(30)]
    wrong = np.eye(30, dtype=np.float32)[(labels + 1) % 30]
    half = np.where((np.arange(60) < 30)[:, None], np.eye(30, dtype=np.float32)[labels], wrong)
    found = predicted_images(half, labels, names)
    assert [item.right for item in found] == [True] * MOST_OF_A_KIND + [False] * MOST_OF_A_KIND


def trial(framework: str, count: int, precision: str = "float32") -> ParityTrial:
    spec = parity_spec(framework=framework, precision=precision)
    images = {} if count == 0 else {"augmentation_examples": np.zeros((count, 2, 2, 1))}
    return ParityTrial(spec=spec, result=parity_result(spec), arrays=parity_arrays(spec) | images)


def test_augmented_images_are_those_that_the_trials_hold() -> None:
    records = make_records([])
    shown = (trial("tensorflow", 8), trial("pytorch", 5), trial("pytorch", 3, "float64"))
    found = augmented_images(replace(records, parity=shown))
    assert found is not None
    assert found.count == 5
    assert found.trials == {one.spec.framework: one.spec.trial for one in shown[:2]}


def test_without_augmentation_there_are_none() -> None:
    assert augmented_images(replace(make_records([]), parity=(trial("tensorflow", 0),))) is None
