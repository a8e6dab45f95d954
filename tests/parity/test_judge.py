"""How the checks hang together, on made-up evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import effective, parity_arrays, parity_result, parity_spec, pipeline_sample

from reportgen.analysis.results import ParityCheck
from reportgen.parity.base import Pair, Side, within
from reportgen.parity.judge import checks, judge, skipped
from reportgen.records import Precision

TITLES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}


def side(framework: str, precision: Precision = "float32", arrays: dict[str, Any] | None = None, **changes: Any) -> Side:
    spec = parity_spec(framework=framework, precision=precision)
    return Side(title=TITLES[framework], spec=spec, result=parity_result(spec, **changes), arrays=parity_arrays(spec) | (arrays or {}))


def pair(precision: Precision = "float32", arrays: dict[str, Any] | None = None, **changes: Any) -> Pair:
    """Return two sides of which PyTorch's has changes."""
    first, second = side("tensorflow", precision), side("pytorch", precision, arrays, **changes)
    return Pair(first=first, second=second, precision=precision, train_count=9, class_count=3)


def judged(one: Pair) -> dict[str, ParityCheck]:
    return {check.code: check for check in judge({"float32": one, "float64": "not shown"}) if check.precision != "float64"}


def failed(one: Pair) -> list[str]:
    return [code for code, check in judged(one).items() if check.outcome == "failed"]


def test_codes_are_unique_and_what_a_check_rests_on_comes_before_it() -> None:
    codes = [check.code for check in checks()]
    assert len(set(codes)) == len(codes)
    for check in checks():
        assert all(needed in codes and needed < check.code for needed in check.requires), check.code


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_sound_evidence_passes(precision: Precision) -> None:
    found = judge({"float32": pair(), "float64": pair("float64")})
    assert [check for check in found if check.withholds_claims] == []


def test_what_rests_on_a_failure_is_not_comparable_and_names_it() -> None:
    found = judged(pair(read_back_digest="other", read_back_difference=0.5))
    assert found["P03"].outcome == "failed"
    for code in ("P15", "P16", "P17", "P18", "P20", "P21"):
        assert found[code].outcome == "not comparable"
        assert "P03" in found[code].detail
        assert found[code].value is None
    assert found["P04"].outcome == "equal"


def test_without_evidence_nothing_is_comparable_and_the_reason_is_said() -> None:
    found = judge({"float32": pair(), "float64": "PyTorch broke."})
    missing = [check for check in found if check.outcome == "not comparable"]
    assert {check.precision for check in missing} == {"float64"}
    assert {check.detail for check in missing} == {"PyTorch broke."}
    assert all(check.withholds_claims for check in missing)


def test_what_is_skipped_withholds_nothing() -> None:
    found = skipped("Alone.")
    assert {(check.outcome, check.detail) for check in found} == {("skipped", "Alone.")}
    assert not any(check.withholds_claims for check in found)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"canonical_shapes": ((3, 4),)}, "P01"),
        ({"weights_digest": "other"}, "P03"),
        ({"pipeline": pipeline_sample(images_seen=8)}, "P04"),
        ({"pipeline": pipeline_sample(class_counts=(2, 3, 4))}, "P04"),
        ({"pipeline": pipeline_sample(class_means=(0.2, 0.1, 0.4))}, "P04"),
        ({"pipeline": pipeline_sample(class_means=(0.2, 0.4, 0.8))}, "P05"),
        ({"pipeline": pipeline_sample(batch_size=4)}, "P06"),
        ({"pipeline": pipeline_sample(shuffled=False)}, "P07"),
        ({"effective": effective(settings=dict(effective().settings) | {"epsilon": 1e-8})}, "P08"),
        ({"effective": effective(device="gpu")}, "P08"),
        ({"effective": effective(intra_op_threads=2)}, "P09"),
        ({"effective": effective(loss="cross-entropy of probabilities")}, "P11"),
    ],
    ids=str,
)
def test_a_fact_that_differs_fails_its_check_alone(changes: dict[str, Any], code: str) -> None:
    assert failed(pair(**changes)) == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("scaled_images", "P05"),
        ("zero_loss", "P12"),
        ("evaluation_2", "P13"),
        ("training_mode_2", "P14"),
        ("loss", "P16"),
        ("gradient_0", "P16"),
        ("sgd_losses", "P17"),
        ("sgd_weight_0", "P18"),
        ("optimizer_weights", "P19"),
        ("aligned_losses", "P21"),
    ],
)
def test_a_number_that_differs_fails_its_check_alone(name: str, code: str) -> None:
    sound = parity_arrays(parity_spec())[name] if name != "optimizer_weights" else parity_arrays(parity_spec(framework="pytorch"))[name]
    arrays = {name: sound + np.float32(0.01)}
    if f"{name}_disturbed" in parity_arrays(parity_spec()):
        arrays[f"{name}_disturbed"] = arrays[name]
    if name == "sgd_weight_0":
        arrays["sgd_weight_disturbed_0"] = arrays[name]
    assert failed(pair(arrays=arrays)) == [code]


def test_a_difference_of_the_forward_pass_leaves_evaluation_alone() -> None:
    changed = parity_arrays(parity_spec())["logits"] + np.float32(0.01)
    names = ("logits", "evaluation_1", "evaluation_2", "training_mode_1", "training_mode_2", "evaluation_mode")
    assert failed(pair(arrays=dict.fromkeys(names, changed))) == ["P15"]


def test_probabilities_are_no_logits() -> None:
    rows = np.exp(parity_arrays(parity_spec())["logits"])
    probabilities = rows / rows.sum(axis=1, keepdims=True)
    names = ("logits", "evaluation_1", "evaluation_2", "training_mode_1", "training_mode_2", "evaluation_mode")
    assert failed(pair(arrays=dict.fromkeys(names, probabilities))) == ["P11"]


def test_a_small_network_that_begins_near_zero_is_not_taken_for_probabilities() -> None:
    rows = np.array([[0.5, 0.5, 0.0004], [0.2, 0.1, 0.3], [0.1, 0.1, 0.1], [0.3, 0.3, 0.3], [0.3, 0.3, 0.4], [1, 0, 0]], dtype=np.float32)
    names = ("logits", "evaluation_1", "evaluation_2", "training_mode_1", "training_mode_2", "evaluation_mode")
    assert "P11" not in failed(pair(arrays=dict.fromkeys(names, rows)))


def test_a_value_that_is_not_finite_fails_and_leaves_no_number() -> None:
    found = judged(pair(arrays={"sgd_losses": np.full(4, np.nan), "sgd_losses_disturbed": np.full(4, np.nan)}))["P17"]
    assert (found.outcome, found.value) == ("failed", None)
    json.loads(found.model_dump_json(), parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))


def test_the_limit_of_training_steps_follows_the_noise_floor() -> None:
    quiet, noisy = pair(), pair()
    losses = noisy.first.arrays["sgd_losses"]
    arrays = dict(noisy.first.arrays) | {"sgd_losses_disturbed": losses + 1e-4}
    noisy = Pair(
        first=Side(title="TensorFlow", spec=noisy.first.spec, result=noisy.first.result, arrays=arrays),
        second=noisy.second,
        precision="float32",
        train_count=9,
        class_count=3,
    )
    limits = [judged(one)["P17"].limit for one in (quiet, noisy)]
    assert limits[0] is not None
    assert limits[1] == pytest.approx(1e-3, rel=0.01)
    assert limits[0] < limits[1]


def test_epsilon_in_another_place_is_declared_and_quantified() -> None:
    found = judged(pair())["P20"]
    assert found.outcome == "declared difference"
    assert "learning rates apart" in found.detail


def test_defaults_that_differ_are_named() -> None:
    found = judged(pair(defaults={"Adam epsilon": "1e-08"}))["P10"]
    assert found.outcome == "declared difference"
    assert "1e-07 in TensorFlow, 1e-08 in PyTorch" in found.detail


@pytest.mark.parametrize(
    ("value", "outcome"), [(0.0, "equal"), (1.0, "equal within tolerance"), (1.1, "failed"), (np.inf, "failed"), (np.nan, "failed")]
)
def test_a_limit_is_the_largest_value_that_passes(value: float, outcome: str) -> None:
    assert within(value, 1.0, "nats", "a thing").outcome == outcome


def test_threads_withhold_times_and_everything_else_withholds_all() -> None:
    found = judged(pair())
    assert "training_time" in found["P09"].blocks_claims
    assert "accuracy" not in found["P09"].blocks_claims
    assert [code for code, check in found.items() if check.blocks_claims] == ["P09"]


def test_a_shared_start_asks_for_the_same_order_and_a_native_one_does_not() -> None:
    other_order = pipeline_sample(order_digests=("c", "d"))
    assert failed(pair(pipeline=other_order)) == []
    native = pair(pipeline=other_order)
    sides = [replace(one, spec=one.spec.model_copy(update={"start": "shared"})) for one in native.sides]
    shared = replace(native, first=sides[0], second=sides[1])
    assert failed(shared) == ["P07"]
    assert "different orders" in judged(shared)["P07"].detail
    assert failed(replace(shared, second=sides[0])) == []


@pytest.mark.parametrize(("floor", "said"), [(1e-3, False), (0.5, True)])
def test_a_chaotic_training_says_that_float32_decides_little(floor: float, said: bool) -> None:
    arrays = {"sgd_losses_disturbed": parity_arrays(parity_spec())["sgd_losses"] + floor}
    found = judged(pair(arrays=arrays))["P17"]
    assert ("float64 decides" in found.detail) is said
    assert found.outcome.startswith("equal")
    assert found.limit == pytest.approx(10 * floor, rel=1e-3)


def test_float64_is_judged_by_a_fixed_limit_however_chaotic_training_is() -> None:
    losses = parity_arrays(parity_spec(precision="float64"))["sgd_losses"]
    both = pair("float64", {"sgd_losses": losses + 1e-6, "sgd_losses_disturbed": losses + 1.0})
    (found,) = [check for check in judge({"float32": pair(), "float64": both}) if (check.code, check.precision) == ("P17", "float64")]
    assert found.outcome == "failed"
