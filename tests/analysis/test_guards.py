from __future__ import annotations

from typing import Literal

import pytest
from builders import make_environment, make_training

from reportgen.analysis.guards import (
    blocks_guard,
    cores_guard,
    device_guard,
    environment_guard,
    export_guard,
    parity_guard,
    spread_guard,
    steady_guard,
)
from reportgen.analysis.sameness import ParityCheck, ParityOutcome
from reportgen.records import Environment


@pytest.mark.parametrize(("n", "passed"), [(1, False), (5, False), (6, True), (10, True)])
def test_five_blocks_are_too_few(n: int, passed: bool) -> None:
    guard = blocks_guard(n)
    assert guard.passed is passed
    assert ("a claim needs 6" in guard.reason) is not passed


@pytest.mark.parametrize(
    ("first", "second", "passed"), [(1.0, 1.0, True), (1.0, 1.09, True), (1.09, 1.0, True), (1.0, 1.2, False), (2.0, 1.0, False)]
)
def test_cores_may_differ_by_a_tenth_either_way(first: float, second: float, passed: bool) -> None:
    guard = cores_guard("TensorFlow", first, "PyTorch", second)
    assert guard.passed is passed
    assert f"TensorFlow {first:.2f}, PyTorch {second:.2f}" in guard.reason


def test_cores_are_not_judged_where_a_gpu_computes() -> None:
    guard = device_guard("cuda")
    assert guard.passed
    assert "not judged" in guard.reason


def test_rounding_is_no_scatter() -> None:
    assert not spread_guard(1e-17).passed
    assert spread_guard(1e-4).passed


def changed(part: str, **values: object) -> Environment:
    environment = make_environment()
    return environment.model_copy(update={part: getattr(environment, part).model_copy(update=values)})


def test_one_environment_is_constant() -> None:
    trials = [make_training(block=block).result for block in (1, 2)]
    assert environment_guard([make_environment(), changed("hardware")], {"TensorFlow": trials}).passed


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (changed("hardware", cpu_model="Other"), "the run was continued on another machine"),
        (changed("software", python="3.12.0"), "Python changed while the run was continued"),
        (changed("software", packages={"numpy": "2.5"}), "numpy changed while the run was continued"),
    ],
)
def test_going_on_elsewhere_is_another_environment(later: Environment, reason: str) -> None:
    guard = environment_guard([make_environment(), later], {})
    assert not guard.passed
    assert guard.reason == f"another environment: {reason}"


def test_trials_that_read_back_something_else_are_another_environment() -> None:
    first = make_training().result
    other_version = make_training(versions={"tensorflow": "9"}).result
    other_device = first.model_copy(update={"effective": first.effective.model_copy(update={"device": "GPU"})})
    other_threads = first.model_copy(update={"effective": first.effective.model_copy(update={"intra_op_threads": 4})})
    for result, what in ((other_version, "version"), (other_device, "device"), (other_threads, "number of threads")):
        guard = environment_guard([make_environment()], {"TensorFlow": [first, result]})
        assert guard.reason == f"another environment: TensorFlow's {what} changed between trials"


def test_unsteady_trials_are_named_and_kept() -> None:
    guard = steady_guard(["block-01-tensorflow", "block-02-pytorch"])
    assert guard.passed
    assert "block-01-tensorflow and block-02-pytorch" in guard.reason


def test_no_exports_disagree() -> None:
    assert export_guard([]).passed


def parity_check(outcome: ParityOutcome, precision: Literal["float32", "float64", "-"] = "float64", blocks: tuple[str, ...] = ()) -> ParityCheck:
    return ParityCheck(
        code="P15",
        name="Forward pass",
        precision=precision,
        outcome=outcome,
        value=None,
        limit=None,
        unit="",
        detail="It broke.",
        blocks_claims=blocks,
    )


def test_what_was_not_comparable_in_one_precision_is_not_shown_by_the_other() -> None:
    guard = parity_guard([parity_check("not comparable", "float32"), parity_check("equal")], "accuracy")
    assert not guard.passed
    assert "P15" in guard.reason
    assert guard.reason.endswith("It broke")


def test_a_failed_check_is_named_before_what_rests_on_it() -> None:
    guard = parity_guard([parity_check("not comparable", "float32"), parity_check("failed")], "accuracy")
    assert not guard.passed
    assert guard.reason == "parity failed: P15 (Forward pass)"


def test_parity_withholds_only_the_metrics_that_depend_on_it() -> None:
    checks = [parity_check("failed", blocks=("training_time",)), parity_check("equal")]
    assert parity_guard(checks, "accuracy").passed
    assert not parity_guard(checks, "training_time").passed
