"""Every worker draws the same global batches, and the shares make them up."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.experiments.scaling.shares import even_batch, global_batches, share


def test_the_shares_of_all_workers_make_up_the_batch() -> None:
    for batch in global_batches(100, 32, 5, seed=1):
        halves = [share(batch, rank, 2) for rank in range(2)]
        assert [len(half) for half in halves] == [16, 16]
        assert np.array_equal(np.concatenate(halves), batch)


def test_batches_go_on_after_the_last_image_without_a_gap() -> None:
    drawn = np.concatenate(list(global_batches(10, 4, 5, seed=1)))
    assert sorted(drawn[:10]) == sorted(drawn[10:]) == list(range(10))


def test_a_batch_may_be_larger_than_the_data() -> None:
    (batch,) = global_batches(10, 24, 1, seed=1)
    assert len(batch) == 24
    assert np.bincount(batch).min() >= 2


def test_batches_depend_on_the_seed_alone() -> None:
    first, again, other = ([batch.tolist() for batch in global_batches(50, 8, 3, seed)] for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(("batch", "even"), [(32, 32), (33, 32), (1, 2)])
def test_a_batch_can_be_shared_equally(batch: int, even: int) -> None:
    assert even_batch(batch, 2) == even
