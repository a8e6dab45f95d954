from __future__ import annotations

from typing import Any

import pytest
from builders import training_result, training_spec

from reportgen.analysis.settings import initial_ranges, setting_rows
from reportgen.records import Parameter, TrainingResult


def trained(framework: str = "tensorflow", **effective: Any) -> TrainingResult:
    result = training_result(training_spec(framework=framework))
    return result.model_copy(update={"effective": result.effective.model_copy(update=effective)})


def rows(*results: TrainingResult) -> dict[str, tuple[tuple[str, ...], bool]]:
    return {row.name: (row.values, row.same) for row in setting_rows(results)}


def test_equal_programs_agree_in_every_row() -> None:
    found = rows(trained(), trained("pytorch"))
    assert found
    assert all(same for _, same in found.values())


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"optimizer": "SGD"}, "Optimiser"),
        ({"settings": {"learning_rate": 0.01, "epsilon": 1e-7}}, "Learning rate"),
        ({"loss": "cross-entropy from probabilities"}, "Loss"),
        ({"batch_size": 64}, "Batch size"),
        ({"steps_per_epoch": 4}, "Steps per epoch"),
        ({"shuffled": False}, "New random order every epoch"),
        ({"dtype": "float16"}, "Number type"),
        ({"device": "GPU"}, "Device"),
        ({"device_name": "NVIDIA Example"}, "Device"),
        ({"tensor_float_32": True}, "TensorFloat-32"),
        ({"mixed_precision": True}, "Mixed precision"),
        ({"intra_op_threads": 2}, "Threads within an operation"),
        ({"inter_op_threads": 2}, "Threads between operations"),
    ],
)
def test_a_difference_shows_in_its_own_row_and_in_no_other(change: dict[str, Any], name: str) -> None:
    found = rows(trained(), trained("pytorch", **change))
    assert [row for row, (_, same) in found.items() if not same] == [name]


def test_a_setting_that_only_one_framework_has_is_no_agreement() -> None:
    found = rows(trained(), trained("pytorch", settings={"learning_rate": 0.001, "epsilon": 1e-7, "weight_decay": 0.0}))
    assert found["Weight decay"] == (("not set", "0"), False)


def test_values_that_differ_only_by_float32_rounding_are_the_same() -> None:
    rounded = {"learning_rate": 0.0010000000474974513, "epsilon": 1.0000000116860974e-07}
    assert rows(trained(settings=rounded), trained("pytorch"))["Learning rate"] == (("0.001", "0.001"), True)
    assert rows(trained(settings=rounded), trained("pytorch"))["ε (epsilon)"][1]


def test_keras_and_pytorch_defaults_of_epsilon_are_not_the_same() -> None:
    found = rows(trained(), trained("pytorch", settings={"learning_rate": 0.001, "epsilon": 1e-8}))
    assert found["ε (epsilon)"] == (("1e-07", "1e-08"), False)


def test_another_number_of_parameters_or_of_epochs_shows() -> None:
    other = trained("pytorch").model_copy(update={"parameter_count": 16, "epochs": trained().epochs[:2]})
    found = rows(trained(), other)
    assert found["Trainable parameters"] == (("15", "16"), False)
    assert found["Epochs"] == (("3", "2"), False)


def parameter(low: float, high: float) -> Parameter:
    return Parameter(name="p", shape=(4,), initial_minimum=low, initial_maximum=high)


def test_initial_values_show_the_bound_of_their_distribution() -> None:
    result = trained().model_copy(update={"parameters": (parameter(-0.0841, 0.0839), parameter(0.0, 0.0))})
    assert initial_ranges(result) == "±0.08, 0"


def test_zeros_and_small_uniform_values_are_not_the_same() -> None:
    zeros = trained().model_copy(update={"parameters": (parameter(0.0, 0.0),)})
    uniform = trained("pytorch").model_copy(update={"parameters": (parameter(-0.036, 0.036),)})
    assert not rows(zeros, uniform)["Initial values of the weights"][1]


def test_one_framework_alone_agrees_with_itself() -> None:
    assert all(same for _, same in rows(trained()).values())
