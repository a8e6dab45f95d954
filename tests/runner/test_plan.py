from __future__ import annotations

import random
from collections import Counter

import pytest

from reportgen.runner.plan import attempt_suffix, inference_name, order_in_blocks, plan_parity, plan_trials, trial_name

PAIR = ("tensorflow", "pytorch")


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
    trials = plan_trials(PAIR, 3, 100, 0, dict.fromkeys(PAIR, ()))
    assert {(trial.block, trial.seed) for trial in trials} == {(1, 100), (2, 101), (3, 102)}
    assert [trial.position for trial in trials] == [1, 2] * 3
    assert [trial.block for trial in trials] == [1, 1, 2, 2, 3, 3]


def test_only_the_first_blocks_are_exported() -> None:
    formats = {"tensorflow": ("tflite", "keras"), "pytorch": ("onnx",)}
    trials = plan_trials(PAIR, 3, 1, 2, formats)
    assert {(trial.block, trial.framework): trial.exports for trial in trials} == {
        (1, "tensorflow"): ("tflite", "keras"),
        (1, "pytorch"): ("onnx",),
        (2, "tensorflow"): ("tflite", "keras"),
        (2, "pytorch"): ("onnx",),
        (3, "tensorflow"): (),
        (3, "pytorch"): (),
    }


def test_names_of_trials_are_distinct_and_say_what_they_are() -> None:
    assert trial_name(3, "pytorch", 1) == "block-03-pytorch"
    assert trial_name(3, "pytorch", 2) == "block-03-pytorch-attempt-2"
    assert trial_name(123, "pytorch", 1) == "block-123-pytorch"
    assert inference_name("block-03-pytorch", "state_dict", 1) == "block-03-pytorch-export-state-dict"
    assert inference_name("block-03-pytorch-attempt-2", "onnx", 3) == "block-03-pytorch-attempt-2-export-onnx-attempt-3"
    assert attempt_suffix(1) == ""
    trials = plan_trials(PAIR, 120, 1, 0, dict.fromkeys(PAIR, ()))
    assert len({trial.trial for trial in trials}) == len(trials) == 240


def test_the_first_two_frameworks_show_what_they_compute_in_both_precisions_with_one_seed() -> None:
    planned = plan_parity(("a", "b", "c"), 7)
    assert [(one.framework, one.precision) for one in planned] == [("a", "float32"), ("b", "float32"), ("a", "float64"), ("b", "float64")]
    assert {one.seed for one in planned} == {7}
    assert len({one.trial for one in planned}) == 4


def test_one_framework_alone_has_no_parity() -> None:
    assert plan_parity(("a",), 7) == ()
