"""What is measured again: the flagged metrics' own trials, and nothing else."""

import pytest
from builders import make_plan
from nights import cell

from reportgen.nightly.again import plan_again
from reportgen.records.night import CellKind

MODES = {"tensorflow": ("keras-fit", "graph"), "pytorch": ("dataloader", "compile")}


@pytest.fixture
def plan():
    return make_plan(blocks=4, export_blocks=2, modes=MODES, parity=True, forked=True)


def again(plan, *codes, last_block=4):
    kinds = []
    for code in codes:
        parts = ("training_time:pytorch", "training_time:tensorflow") if code.startswith("ratio") else ()
        made = cell(code, 1.0, framework="" if parts else code.split(":")[1], parts=parts)
        kinds.append(CellKind.model_validate(made.model_dump(exclude={"values"})))
    return plan_again(plan, kinds, last_block)


def trials(plan):
    return {(trial.framework, trial.mode) for trial in plan.trials}


def test_a_training_time_is_measured_in_as_many_blocks_of_its_framework_alone(plan):
    found = again(plan, "training_time:pytorch")
    assert found.frameworks == ("pytorch",)
    assert trials(found) == {("pytorch", "dataloader")}
    assert [trial.block for trial in found.trials] == [1, 2, 3, 4]
    assert not any(trial.exports for trial in found.trials)
    assert (found.parity, found.profiles, found.experiments, found.cold_starts) == ((), (), (), ())


def test_a_ratio_is_measured_with_both_sides(plan):
    found = again(plan, "ratio:training_time")
    assert found.frameworks == ("tensorflow", "pytorch")
    assert trials(found) == {("tensorflow", "keras-fit"), ("pytorch", "dataloader")}


def test_a_further_mode_is_measured_beside_its_main_one(plan):
    assert trials(again(plan, "training_time:pytorch:compile")) == {("pytorch", "dataloader"), ("pytorch", "compile")}


def test_an_export_is_measured_in_the_blocks_that_exported_it(plan):
    found = again(plan, "export_latency:pytorch:onnx")
    assert [trial.exports for trial in found.trials] == [("onnx",), ("onnx",), (), ()]
    throughput = again(plan, "export_throughput:tensorflow:tflite:32")
    assert [trial.exports for trial in throughput.trials] == [("tflite",), ("tflite",), (), ()]


def test_a_cold_start_is_measured_by_trials_of_its_own(plan):
    found = again(plan, "cold_start:tensorflow", "training_time:pytorch")
    assert found.frameworks == ("tensorflow", "pytorch")
    assert {one.framework for one in found.cold_starts} == {"tensorflow"}
    assert len(found.cold_starts) == 4


def test_a_study_that_stopped_early_is_repeated_as_far_as_it_came(plan):
    assert {trial.block for trial in again(plan, "training_time:pytorch", last_block=2).trials} == {1, 2}
