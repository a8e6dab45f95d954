"""What the checks say of a mode beside the main one of its framework, on made-up evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builders import effective, mode_parity_arrays, parity_result, parity_spec, pipeline_sample

from reportgen.analysis.parity import part
from reportgen.analysis.results import ParityCheck
from reportgen.parity.base import Pair, Side
from reportgen.parity.judge import checks_of, judge
from reportgen.records import Precision

CODES = ["P23", "P24", "P25", "P26", "P27", "P28"]


def pair(precision: Precision = "float32", arrays: dict[str, Any] | None = None, **changes: Any) -> Pair:
    """Return two modes that train alike, but for what the second one has instead."""
    spec = parity_spec(mode="xla", precision=precision)
    found = mode_parity_arrays(spec) | (arrays or {})
    main, mode = parity_result(spec), parity_result(spec, **changes)
    first = Side(title="Keras fit", spec=spec, result=main, arrays=part(found, "reference_"))
    second = Side(title="XLA", spec=spec, result=mode, arrays=part(found, "mode_"))
    return Pair(first=first, second=second, precision=precision, train_count=9, class_count=3)


def judged(one: Pair) -> dict[str, ParityCheck]:
    found = judge({"float32": one, "float64": "not shown"}, modes=True)
    return {check.code: check for check in found if check.precision != "float64"}


def test_checks_of_modes_and_of_frameworks_are_apart() -> None:
    assert [check.code for check in checks_of(modes=True)] == CODES
    assert not {check.code for check in checks_of(modes=False)} & set(CODES)


def test_modes_that_train_alike_pass() -> None:
    found = judge({"float32": pair(), "float64": pair("float64")}, modes=True)
    assert [check for check in found if check.withholds_claims] == []
    assert {check.code for check in found} == set(CODES)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pipeline": pipeline_sample(images_seen=8)}, "P23"),
        ({"pipeline": pipeline_sample(batch_size=4)}, "P23"),
        ({"pipeline": pipeline_sample(shuffled=False)}, "P23"),
        ({"effective": effective(settings=dict(effective().settings) | {"epsilon": 1e-8})}, "P24"),
        ({"effective": effective(optimizer="SGD")}, "P24"),
        ({"effective": effective(steps_per_epoch=2)}, "P24"),
        ({"effective": effective(dtype="bfloat16")}, "P24"),
        ({"effective": effective(intra_op_threads=2)}, "P24"),
    ],
)
def test_a_mode_that_does_something_else_fails_the_check_that_names_it(changes: dict[str, Any], code: str) -> None:
    failed = [check.code for check in judged(pair(**changes)).values() if check.outcome == "failed"]
    assert failed == [code]


@pytest.mark.parametrize(("name", "code"), [("losses", "P25"), ("weight_0", "P26"), ("logits", "P27")])
def test_what_differs_by_more_than_rounding_fails(name: str, code: str) -> None:
    values = mode_parity_arrays(parity_spec(mode="xla"))[f"mode_{name}"]
    found = judged(pair(arrays={f"mode_{name}": values + np.float32(1e-3)}))
    assert [check.code for check in found.values() if check.outcome == "failed"] == [code]
    assert [other for other in CODES if found[other].outcome == "not comparable"] == [later for later in ("P26", "P27") if later > code]


def test_float64_allows_for_nothing_but_its_own_rounding() -> None:
    values = mode_parity_arrays(parity_spec(mode="xla", precision="float64"))["mode_losses"]
    found = judge({"float32": pair(), "float64": pair("float64", arrays={"mode_losses": values + 1e-8})}, modes=True)
    assert [(check.code, check.precision) for check in found if check.outcome == "failed"] == [("P25", "float64")]


def test_a_mode_that_augments_in_another_way_fails() -> None:
    draw = np.random.default_rng(1)
    changed = draw.normal(size=(2048, 4)) * [0.1, 1.0, 0.1, 5.0]
    alone = judged(pair(arrays={"reference_augmentation_changes": changed}))
    assert alone["P28"].outcome == "failed"
    both = judged(pair(arrays={"reference_augmentation_changes": changed, "mode_augmentation_changes": changed}))
    assert both["P28"].outcome == "declared difference"
