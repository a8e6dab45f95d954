from itertools import islice

import numpy as np
import pytest

from reportgen.datasets.order import SharedOrder


def one_pass(order, batch_size=4):
    return np.concatenate(list(order.batches(batch_size)))


def test_a_pass_brings_every_image_once_and_the_next_one_in_another_order():
    order = SharedOrder(10, seed=3)
    first, second = one_pass(order), one_pass(order)
    assert sorted(first) == sorted(second) == list(range(10))
    assert first.tolist() != second.tolist()


def test_the_seed_alone_makes_the_orders_whatever_the_size_of_the_batches():
    one, other, third = SharedOrder(10, seed=3), SharedOrder(10, seed=3), SharedOrder(10, seed=4)
    for _ in range(3):
        found = one_pass(one, 4)
        assert found.tolist() == one_pass(other, 3).tolist()
        assert found.tolist() != one_pass(third, 4).tolist()


def test_a_look_at_the_first_batches_uses_up_no_order():
    order, untouched = SharedOrder(10, seed=3), SharedOrder(10, seed=3)
    list(islice(order.batches(4), 2))
    assert one_pass(order).tolist() == one_pass(untouched).tolist()


def test_a_pass_is_made_when_its_last_batch_is_taken_even_if_nobody_asks_for_more():
    order = SharedOrder(10, seed=3)
    list(islice(order.batches(4), order.length(4)))
    assert order.passes == 1


@pytest.mark.parametrize(("count", "batch_size", "length"), [(10, 4, 3), (8, 4, 2), (3, 4, 1)])
def test_the_number_of_batches(count, batch_size, length):
    order = SharedOrder(count, seed=0)
    assert order.length(batch_size) == len(list(order.batches(batch_size))) == length
