"""The report of a workload that finds numbers: losses stand where classes would, and nothing speaks of classes or images of digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import effective, epochs, make_plan, make_records, make_training

from reportgen import datasets
from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.config import load_config
from reportgen.report.drawings import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.view import view

STEPS = 3


def numbers(framework: str, block: int, *, with_steps: bool = True):
    """Return a training of two epochs whose loss falls by half at every step."""
    run = []
    for index, plain in enumerate(epochs(1.0, 0.5)):
        losses = tuple(0.5 ** (STEPS * index + step) * block for step in range(STEPS))
        run.append(
            plain.model_copy(
                update={
                    "train_loss": float(np.mean(losses)),
                    "train_accuracy": None,
                    "validation_accuracy": None,
                    "step_losses": losses if with_steps else (),
                    "end_loss": losses[-1] / 2 if with_steps else None,
                }
            )
        )
    outputs = np.zeros((64, 10), dtype=np.float32)
    return make_training(block=block, framework=framework, logits=outputs, epochs=tuple(run), effective=effective(steps_per_epoch=STEPS))


def results_of(**options: bool) -> Results:
    data = datasets.load("random")
    plan = make_plan(blocks=2).model_copy(update={"dataset": data.record(), "workload": "two-layer"})
    trainings = [numbers(framework, block, **options) for block in (1, 2) for framework in ("tensorflow", "pytorch")]
    return analyse(make_records(trainings, plan=plan, test_labels=np.zeros(0, dtype=np.int64), test_targets=data.test_labels))


@pytest.fixture
def page(tmp_path: Path):
    def build(results: Results) -> str:
        config = load_config(None, {}).model_copy(update={"folder": tmp_path})
        content = view(results, config)
        none = Pictures(samples=np.zeros((0, 1, 1, 1), dtype=np.uint8), sample_labels=(), test_images={})
        return to_markup(content, make_resources(results, none, content), "screen", tmp_path / "templates")

    return build


def test_results_hold_losses_in_place_of_scores_by_class() -> None:
    results = results_of()
    for framework in results.frameworks:
        assert framework.accuracy is framework.macro_f1 is framework.confusion is None
        assert framework.classes == framework.misclassified == ()
        assert [one.steps for one in framework.losses_after] == [STEPS, 2 * STEPS]
        assert framework.step_losses is not None
        assert len(framework.step_losses.median) == 2 * STEPS
        # Predictions of zero: the error is the mean square of the targets.
        assert framework.test_loss is not None
        assert framework.test_loss.median == pytest.approx(float(np.mean(datasets.load("random").test_labels ** 2)), rel=1e-6)
        assert all(row.accuracy is None and row.test_loss is not None for row in framework.trials)
    assert not [one for one in results.findings if one.metric == "accuracy"]
    assert results.findings[0].metric == "training_time"
    assert Results.model_validate_json(results.model_dump_json()) == results


def test_the_page_has_losses_and_no_classes(page) -> None:
    text = page(results_of())
    assert 'id="losses"' in text
    assert 'id="classes"' not in text
    assert 'id="confusion"' not in text
    assert "Mean squared error" in text
    assert "there are none to be confused" in text
    assert "1000 numbers as inputs and 10 numbers as targets" in text
    assert 'id="figure-samples"' not in text


def test_without_losses_of_steps_the_curves_are_those_of_epochs(page) -> None:
    text = page(results_of(with_steps=False))
    assert "Loss per epoch on a logarithmic axis" in text
    assert 'id="figure-curves"' in text
