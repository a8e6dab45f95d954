from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reportgen.runner import measure
from reportgen.runner.measure import LATENCY_CALLS, TEST_SET_PASSES, WARM_UP_CALLS, measure_inference

Images = NDArray[np.float32]
IMAGES = np.arange(7 * 4, dtype=np.float32).reshape(7, 2, 2, 1)


class Model:
    """Notes every call; the clock stands still between calls and moves by ``seconds`` within one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float = 0.001) -> None:
        self.calls: list[tuple[int, int, float]] = []
        self.seconds = seconds
        self.time_s = 0.0
        monkeypatch.setattr(time, "perf_counter", lambda: self.time_s)

    def predict(self, images: Images, batch_size: int) -> Images:
        assert images.flags.c_contiguous
        assert images.dtype == np.float32
        self.calls.append((len(images), batch_size, float(images.ravel()[0])))
        self.time_s += self.seconds * len(self.calls)
        return images


def measured(model: Model, **changes: Any) -> Any:
    arguments: dict[str, Any] = {"images": IMAGES, "batch_size": 3, "threads": 2, "call": "predict()"}
    return measure_inference(model.predict, **(arguments | changes))


def test_every_sample_is_the_duration_of_one_call_and_warm_up_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(monkeypatch, seconds=1e-9)
    sample = measured(model)
    assert (sample.call, sample.batch_size, sample.threads) == ("predict()", 3, 2)
    assert len(sample.test_set_s) == TEST_SET_PASSES
    assert len(sample.latency_s) == LATENCY_CALLS
    assert len(model.calls) == 1 + TEST_SET_PASSES + WARM_UP_CALLS + LATENCY_CALLS
    # The n-th call takes n nanoseconds, so the samples say which calls they are.
    assert np.allclose(np.array(sample.test_set_s) / 1e-9, np.arange(2, 2 + TEST_SET_PASSES))
    first = 2 + TEST_SET_PASSES + WARM_UP_CALLS
    assert np.allclose(np.array(sample.latency_s) / 1e-9, np.arange(first, first + LATENCY_CALLS))


def test_passes_take_the_whole_test_set_and_latency_one_image_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(monkeypatch, seconds=1e-9)
    measured(model)
    passes, singles = model.calls[: 1 + TEST_SET_PASSES], model.calls[1 + TEST_SET_PASSES :]
    assert {(count, batch) for count, batch, _ in passes} == {(7, 3)}
    assert {(count, batch) for count, batch, _ in singles} == {(1, 1)}
    assert {first for _, _, first in singles} == set(IMAGES[:, 0, 0, 0].tolist()), "all images take their turn"


def test_slow_calls_stop_at_the_budget_with_what_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "LATENCY_BUDGET_S", 1.0)
    model = Model(monkeypatch, seconds=0.0)
    original = model.predict

    def slow(images: Images, batch_size: int) -> Images:
        model.time_s += 0.3
        return original(images, batch_size)

    sample = measure_inference(slow, IMAGES, 3, 1, "predict()")
    assert len(sample.latency_s) == 4
    assert sample.latency_s == pytest.approx((0.3,) * 4)


def test_one_endless_call_still_gives_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "LATENCY_BUDGET_S", 0.0)
    assert len(measured(Model(monkeypatch)).latency_s) == 1


def test_images_in_another_memory_order_reach_the_model_contiguous(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(monkeypatch, seconds=1e-9)
    turned = np.ascontiguousarray(np.arange(7 * 12, dtype=np.float32).reshape(7, 3, 2, 2).transpose(0, 2, 3, 1))
    measured(model, images=turned)
    assert len(model.calls) > LATENCY_CALLS
