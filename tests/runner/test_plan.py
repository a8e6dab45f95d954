from __future__ import annotations

import random
from collections import Counter

import pytest

from reportgen.runner.plan import (
    attempt_suffix,
    contenders_of,
    inference_name,
    order_in_blocks,
    plan_parity,
    plan_profiles,
    plan_trials,
    trial_name,
)

PAIR = ("tensorflow", "pytorch")
MAIN = {"tensorflow": ("keras-fit",), "pytorch": ("dataloader",)}
MORE = {"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader", "compile", "in-memory")}


@pytest.mark.parametrize("blocks", [2, 4, 10, 20])
@pytest.mark.parametrize("seed", range(5))
def test_each_order_occurs_equally_often(blocks: int, seed: int) -> None:
    counts = Counter(order_in_blocks(PAIR, blocks, seed))
    assert counts == {PAIR: blocks // 2, PAIR[::-1]: blocks // 2}


@pytest.mark.parametrize("blocks", [1, 3, 7])
def test_with_an_odd_number_of_blocks_one_order_occurs_once_more(blocks: int) -> None:
    counts = Counter(order_in_blocks(PAIR, blocks, seed=1))
    assert abs(counts[PAIR] - counts[PAIR[::-1]]) == 1


def test_blocks_come_in_pairs_of_an_order_and_its_reverse() -> None:
    orders = order_in_blocks(PAIR, 10, seed=5)
    for first, second in zip(orders[::2], orders[1::2], strict=True):
        assert second == first[::-1]


def test_the_seed_decides_which_order_comes_first() -> None:
    assert {order_in_blocks(PAIR, 1, seed)[0] for seed in range(20)} == {PAIR, PAIR[::-1]}


def test_the_same_seed_gives_the_same_plan_whatever_else_draws_random_numbers() -> None:
    random.seed(1)
    first = order_in_blocks(PAIR, 10, seed=3)
    random.random()
    assert order_in_blocks(PAIR, 10, seed=3) == first


def test_a_shorter_study_is_the_beginning_of_a_longer_one() -> None:
    assert order_in_blocks(PAIR, 10, seed=3)[:4] == order_in_blocks(PAIR, 4, seed=3)


@pytest.mark.parametrize("frameworks", [("a",), ("a", "b"), ("a", "b", "c")])
def test_every_block_holds_every_framework_once(frameworks: tuple[str, ...]) -> None:
    for order in order_in_blocks(frameworks, 9, seed=0):
        assert sorted(order) == sorted(frameworks)


def test_trials_of_a_block_share_the_seed_and_seeds_count_up() -> None:
    trials = plan_trials(PAIR, MAIN, 3, 100, 0, dict.fromkeys(PAIR, ()))
    assert {(trial.block, trial.seed) for trial in trials} == {(1, 100), (2, 101), (3, 102)}
    assert [trial.position for trial in trials] == [1, 2] * 3
    assert [trial.block for trial in trials] == [1, 1, 2, 2, 3, 3]


def test_only_the_first_blocks_are_exported() -> None:
    formats = {"tensorflow": ("tflite", "keras"), "pytorch": ("onnx",)}
    trials = plan_trials(PAIR, MAIN, 3, 1, 2, formats)
    assert {(trial.block, trial.framework): trial.exports for trial in trials} == {
        (1, "tensorflow"): ("tflite", "keras"),
        (1, "pytorch"): ("onnx",),
        (2, "tensorflow"): ("tflite", "keras"),
        (2, "pytorch"): ("onnx",),
        (3, "tensorflow"): (),
        (3, "pytorch"): (),
    }


def test_names_of_trials_are_distinct_and_say_what_they_are() -> None:
    assert trial_name(3, "pytorch", "", 1) == "block-03-pytorch"
    assert trial_name(3, "pytorch", "in-memory", 2) == "block-03-pytorch-in-memory-attempt-2"
    assert trial_name(123, "pytorch", "", 1) == "block-123-pytorch"
    assert inference_name("block-03-pytorch", "state_dict", 1) == "block-03-pytorch-export-state-dict"
    assert inference_name("block-03-pytorch-attempt-2", "onnx", 3) == "block-03-pytorch-attempt-2-export-onnx-attempt-3"
    assert attempt_suffix(1) == ""
    trials = plan_trials(PAIR, MAIN, 120, 1, 0, dict.fromkeys(PAIR, ()))
    assert len({trial.trial for trial in trials}) == len(trials) == 240


def test_the_first_two_frameworks_show_what_they_compute_in_both_precisions_with_one_seed() -> None:
    planned = plan_parity(("a", "b", "c"), {name: (f"{name}-main",) for name in "abc"}, 7)
    assert [(one.framework, one.precision) for one in planned] == [("a", "float32"), ("b", "float32"), ("a", "float64"), ("b", "float64")]
    assert {one.seed for one in planned} == {7}
    assert len({one.trial for one in planned}) == 4


def test_one_framework_alone_has_no_parity() -> None:
    assert plan_parity(("a",), {"a": ("main",)}, 7) == ()


def test_a_block_holds_every_framework_in_every_mode_once_with_one_seed() -> None:
    trials = plan_trials(PAIR, MORE, 4, 100, 4, {"tensorflow": ("tflite",), "pytorch": ("onnx",)})
    for block in range(1, 5):
        mine = [trial for trial in trials if trial.block == block]
        assert sorted((trial.framework, trial.mode) for trial in mine) == sorted(contenders_of(PAIR, MORE))
        assert [trial.position for trial in mine] == [1, 2, 3, 4, 5]
        assert {trial.seed for trial in mine} == {100 + block - 1}
    forward, backward = ([(one.framework, one.mode) for one in trials if one.block == block] for block in (1, 2))
    assert backward == forward[::-1]


def test_only_models_of_main_modes_are_exported() -> None:
    trials = plan_trials(PAIR, MORE, 2, 1, 2, {"tensorflow": ("tflite",), "pytorch": ("onnx",)})
    assert {(trial.framework, trial.mode): trial.exports for trial in trials if trial.exports} == {
        ("tensorflow", "keras-fit"): ("tflite",),
        ("pytorch", "dataloader"): ("onnx",),
    }


def test_formats_that_are_not_repeated_are_exported_in_the_first_block_alone() -> None:
    once = {"pytorch": ("onnx_float16",)}
    trials = plan_trials(PAIR, MORE, 2, 1, 2, {"tensorflow": ("tflite",), "pytorch": ("onnx",)}, once)
    assert {(trial.block, trial.framework): trial.exports for trial in trials if trial.exports} == {
        (1, "tensorflow"): ("tflite",),
        (1, "pytorch"): ("onnx", "onnx_float16"),
        (2, "tensorflow"): ("tflite",),
        (2, "pytorch"): ("onnx",),
    }
    assert not [trial for trial in plan_trials(PAIR, MORE, 2, 1, 0, dict.fromkeys(PAIR, ()), once) if trial.exports]


def test_names_of_further_modes_say_the_mode() -> None:
    trials = plan_trials(PAIR, MORE, 1, 1, 0, dict.fromkeys(PAIR, ()))
    assert {trial.trial for trial in trials} == {
        "block-01-tensorflow",
        "block-01-tensorflow-xla",
        "block-01-pytorch",
        "block-01-pytorch-compile",
        "block-01-pytorch-in-memory",
    }


def test_every_further_mode_is_checked_against_its_frameworks_main_one_in_both_precisions() -> None:
    planned = [one for one in plan_parity(PAIR, MORE, 7) if one.reference]
    assert [(one.framework, one.mode, one.reference, one.precision) for one in planned] == [
        (framework, mode, MORE[framework][0], precision) for framework in PAIR for mode in MORE[framework][1:] for precision in ("float32", "float64")
    ]
    assert len({one.trial for one in plan_parity(PAIR, MORE, 7)}) == 4 + 6


def test_the_modes_of_one_framework_alone_are_checked() -> None:
    assert [one.trial for one in plan_parity(PAIR[:1], MORE, 7)] == ["parity-tensorflow-xla-float32", "parity-tensorflow-xla-float64"]


def test_profiles_are_taken_of_the_modes_that_are_wanted() -> None:
    planned = plan_profiles(PAIR, MORE, lambda _, mode: mode in ("keras-fit", "compile"))
    assert [(one.trial, one.framework, one.mode) for one in planned] == [
        ("profile-tensorflow", "tensorflow", "keras-fit"),
        ("profile-pytorch-compile", "pytorch", "compile"),
    ]
