from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from builders import (
    epochs,
    failed_result,
    inference_spec,
    logits_of,
    make_plan,
    make_records,
    make_reopening,
    make_training,
    phases,
    training_spec,
)

from reportgen.analysis.inputs import Failure, RunRecords, Training
from reportgen.analysis.notices import unequal_starts
from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.errors import ReportgenError
from reportgen.records import Phase


def two_blocks() -> RunRecords:
    return make_records(
        [
            make_training(block=1, framework="tensorflow", epochs=epochs(2.0, 1.0, 1.0)),
            make_training(block=1, framework="pytorch", epochs=epochs(3.0, 2.5, 2.5), logits=logits_of(0, 2, 1, 1, 2, 2)),
            make_training(block=2, framework="tensorflow", epochs=epochs(3.0, 1.5, 1.5)),
            make_training(block=2, framework="pytorch", epochs=epochs(6.0, 3.0, 3.0), logits=logits_of(0, 2, 1, 1, 1, 2)),
        ]
    )


def test_frameworks_stand_in_the_order_of_the_plan_with_their_own_trials() -> None:
    found = analyse(two_blocks())
    assert [(one.name, one.title, one.version, one.n) for one in found.frameworks] == [
        ("tensorflow", "TensorFlow", "1.2.3", 2),
        ("pytorch", "PyTorch", "1.2.3", 2),
    ]
    tensorflow, pytorch = found.frameworks
    assert tensorflow.training_time.values == (4.0, 6.0)
    assert pytorch.training_time.values == (8.0, 12.0)
    assert tensorflow.steady_epoch_time.values == (1.0, 1.5)
    assert tensorflow.accuracy.values == (1.0, 1.0)
    assert pytorch.accuracy.values == pytest.approx((5 / 6, 4 / 6))
    assert [row.block for row in pytorch.trials] == [1, 2]
    assert [row.accuracy for row in pytorch.trials] == list(pytorch.accuracy.values)


def test_ratios_are_those_of_the_second_framework_to_the_first_paired_by_block() -> None:
    ratios = {ratio.metric: ratio for ratio in analyse(two_blocks()).ratios}
    assert list(ratios) == ["training_time", "steady_epoch_time", "cold_start"]
    training = ratios["training_time"]
    assert (training.numerator, training.denominator, training.n) == ("pytorch", "tensorflow", 2)
    assert training.ratio == pytest.approx(2.0)
    # Both blocks have the ratio 2: pairing leaves no spread, although each framework's own times differ by half.
    assert training.interval is not None
    assert (training.interval.low, training.interval.high) == pytest.approx((2.0, 2.0))
    assert ratios["steady_epoch_time"].ratio == pytest.approx(math.sqrt(2.5 * 2.0))


def test_one_framework_alone_has_no_ratio() -> None:
    assert analyse(make_records([make_training()])).ratios == ()


def test_complete_and_planned_blocks_are_told_apart() -> None:
    whole = analyse(two_blocks())
    assert (whole.planned_blocks, whole.complete_blocks, whole.complete) == (2, 2, True)
    half = analyse(replace(two_blocks(), plan=make_plan(blocks=3)))
    assert (half.planned_blocks, half.complete_blocks, half.complete) == (3, 2, False)


def test_without_one_complete_block_there_is_nothing_to_report_and_the_way_on_is_said() -> None:
    with pytest.raises(ReportgenError, match="run --resume example"):
        analyse(make_records([]))


def test_a_contradiction_in_one_trial_stops_the_report() -> None:
    records = make_records([make_training(logits=logits_of(0, 0))])
    with pytest.raises(ReportgenError, match="block-01-tensorflow"):
        analyse(records)


def test_results_survive_json_and_their_json_is_standard() -> None:
    found = analyse(two_blocks())
    text = found.model_dump_json()
    assert Results.model_validate_json(text) == found

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    json.loads(text, parse_constant=refuse)


def test_a_failed_trial_is_listed_with_its_cause() -> None:
    spec = training_spec(block=2, framework="pytorch")
    failure = Failure(spec=spec, result=failed_result(spec, "timeout", "it did not end"), repeated=True)
    (found,) = analyse(replace(two_blocks(), failures=(failure,))).failed_trials
    assert (found.trial, found.block, found.framework, found.status, str(found.cause), found.repeated) == (
        "block-02-pytorch",
        2,
        "pytorch",
        "timeout",
        "it did not end",
        True,
    )


def test_a_failed_reopening_is_listed_too() -> None:
    spec = inference_spec(training_spec(), "tflite")
    (found,) = analyse(replace(two_blocks(), failures=(Failure(spec=spec, result=failed_result(spec), repeated=False),))).failed_trials
    assert found.trial == "block-01-tensorflow-export-tflite"
    assert not found.repeated


def test_a_measure_that_one_trial_lacks_is_not_summarised_over_the_others() -> None:
    first = make_training(block=1, epochs=epochs(2.0, 1.0, data_s=0.25))
    both = analyse(make_records([first, make_training(block=2, epochs=epochs(2.0, 1.0, data_s=0.5))])).frameworks[0]
    assert both.data_time is not None and both.data_time.values == (0.5, 1.0)
    mixed = analyse(make_records([first, make_training(block=2, epochs=epochs(2.0, 1.0))])).frameworks[0]
    assert mixed.data_time is None
    assert mixed.peak_memory is None


def test_phases_keep_their_order_and_their_own_n() -> None:
    one = phases(start=1.0, first_step=1.0, training=1.0, evaluation=1.0, export=9.0)
    two = phases(start=3.0, first_step=1.0, training=1.0, evaluation=1.0)
    found = analyse(make_records([make_training(block=1, phases=one), make_training(block=2, phases=two)])).frameworks[0].phases
    assert [(phase.name, phase.wall.values) for phase in found] == [
        ("start", (1.0, 3.0)),
        ("first step", (1.0, 1.0)),
        ("training", (1.0, 1.0)),
        ("evaluation", (1.0, 1.0)),
        ("export", (9.0,)),
    ]
    assert found[0].cpu.values == (0.5, 1.5)


def test_curves_run_over_trials_then_epochs() -> None:
    curves = analyse(two_blocks()).frameworks[1].curves
    assert curves.train_s == ((3.0, 2.5, 2.5), (6.0, 3.0, 3.0))
    assert curves.validation_loss[0] == pytest.approx((1.1, 0.55, 1.1 / 3))
    assert len(curves.train_accuracy[0]) == len(curves.validation_accuracy[0]) == len(curves.train_loss[0]) == 3


def test_the_seconds_of_every_process_are_listed() -> None:
    training = make_training(phases=(Phase(name="first step", wall_s=2.0, cpu_s=1.0), Phase(name="evaluation", wall_s=3.0, cpu_s=1.0)))
    found = analyse(make_records([training], [make_reopening(training, "tflite", phases=phases(start=1.0, load=0.5))]))
    assert found.trial_seconds == {"block-01-tensorflow": 5.0, "block-01-tensorflow-export-tflite": 1.5}


def test_the_end_of_the_run_is_the_end_of_its_last_process() -> None:
    training = make_training(finished_at="2026-01-02T03:04:15.000+00:00")
    reopening = make_reopening(training, "tflite", finished_at="2026-01-02T03:05:00.000+00:00")
    assert analyse(make_records([training], [reopening])).finished_at == "2026-01-02T03:05:00.000+00:00"


def test_notices_tell_damage_warnings_and_unsteadiness() -> None:
    records = make_records(
        [
            make_training(block=1, warnings=("UserWarning: slow",), epochs=epochs(5.0, 1.0, 2.0)),
            make_training(block=2, warnings=("UserWarning: slow", "UserWarning: old")),
        ],
        damaged=("result.json is damaged",),
    )
    assert analyse(records).notices == (
        "result.json is damaged",
        "TensorFlow warned: UserWarning: slow",
        "TensorFlow warned: UserWarning: old",
        "TensorFlow: in 1 of 2 trials the epoch times were not steady (the means of the two halves differ by more than 5\u202f%).",
    )
    assert analyse(records).frameworks[0].unsteady_trials == ("block-01-tensorflow",)


def test_a_study_of_one_epoch_says_what_its_epoch_time_holds() -> None:
    plan = make_plan(blocks=1, frameworks=("tensorflow",))
    plan = plan.model_copy(update={"hyperparameters": plan.hyperparameters.model_copy(update={"epochs": 1})})
    (notice,) = analyse(make_records([make_training(epochs=epochs(3.0))], plan=plan)).notices
    assert "one epoch" in notice


def test_the_class_scores_and_the_matrix_belong_to_the_same_trials() -> None:
    pytorch = analyse(two_blocks()).frameworks[1]
    assert pytorch.confusion.trials == 2
    assert sum(map(sum, pytorch.confusion.counts)) == 12
    assert [one.support for one in pytorch.classes] == [2, 2, 2]
    assert [(one.true_class, one.predicted_class) for one in pytorch.confused_pairs] == [("ant", "cat"), ("cat", "bee")]
    assert [one.index for one in pytorch.misclassified] == [1, 4]


def test_a_diverged_trial_stays_and_is_named() -> None:
    records = two_blocks()
    first = records.trainings[0]
    diverged = replace(first, logits=np.full_like(first.logits, np.nan))
    found = analyse(replace(records, trainings=(diverged, *records.trainings[1:])))
    framework = next(one for one in found.frameworks if one.name == first.spec.framework)
    assert framework.test_loss is None
    assert framework.accuracy.n == found.complete_blocks
    assert any("diverged" in notice and first.spec.trial in notice for notice in found.notices)


def test_a_block_that_was_measured_in_two_sessions_is_named() -> None:
    records = two_blocks()
    first = records.trainings[0]
    earlier = first.result.model_copy(update={"started_at": "2020-01-01T00:00:00.000+00:00"})
    found = analyse(replace(records, trainings=(replace(first, result=earlier), *records.trainings[1:])))
    assert any(f"Block {first.spec.block}:" in notice and "apart" in notice for notice in found.notices)
    assert not any("apart" in notice for notice in analyse(records).notices)


def test_a_shared_start_with_unequal_weights_is_told_with_its_block() -> None:
    def block(number: int, *digests: str) -> list[Training]:
        names = ("tensorflow", "pytorch")
        return [make_training(block=number, framework=name, start_digest=digest) for name, digest in zip(names, digests, strict=True)]

    assert unequal_starts(make_records(block(1, "a", "a") + block(2, "b", "b"))) == []
    (notice,) = unequal_starts(make_records(block(1, "a", "a") + block(2, "a", "b")))
    assert notice.endswith("these blocks: 2.")


def test_the_folder_of_a_workload_stays_private() -> None:
    plan = make_plan(blocks=1, frameworks=("tensorflow",)).model_copy(update={"workload": "/home/somebody/my-network"})
    assert analyse(make_records([make_training()], plan=plan)).workload == "my-network"


def test_where_data_of_ones_own_lie_stays_private() -> None:
    plan = make_plan(blocks=1, frameworks=("tensorflow",))
    plan = plan.model_copy(update={"dataset": plan.dataset.model_copy(update={"path": "/home/somebody/letters.npz"})})
    assert "somebody" not in analyse(make_records([make_training()], plan=plan)).model_dump_json()
