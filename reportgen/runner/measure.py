"""The one protocol by which inference is timed, for frameworks and runtimes alike."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from reportgen.records import InferenceSample

# Enough for a median that does not hang on one slow pass; more would not change it.
TEST_SET_PASSES = 5
# p95 of 1,000 calls rests on 50 calls above it.
LATENCY_CALLS = 1000
# A slow call (Keras takes about a millisecond) must not make a trial minutes long: after this many seconds it stops, with the calls it has.
LATENCY_BUDGET_S = 3.0
# The first calls compile, allocate and fill caches.
WARM_UP_CALLS = 20


def measure_inference(
    predict: Callable[[np.ndarray, int], np.ndarray], images: np.ndarray, batch_size: int, threads: int, call: str
) -> InferenceSample:
    """Time ``predict(images, batch_size)`` over all test images, and over single images one call at a time.

    ``images`` are scaled float32 in the layout that ``predict`` takes. Neither part includes reading, scaling or transposing them.
    """
    predict(images, batch_size)
    passes = [timed(predict, images, batch_size) for _ in range(TEST_SET_PASSES)]
    for index in range(WARM_UP_CALLS):
        predict(images[index % len(images)][None], 1)
    singles = [np.ascontiguousarray(images[index % len(images)][None]) for index in range(LATENCY_CALLS)]
    calls: list[float] = []
    deadline = time.perf_counter() + LATENCY_BUDGET_S
    for single in singles:
        calls.append(timed(predict, single, 1))
        if time.perf_counter() > deadline:
            break
    return InferenceSample(call=call, batch_size=batch_size, threads=threads, test_set_s=tuple(passes), latency_s=tuple(calls))


def timed(predict: Callable[[np.ndarray, int], np.ndarray], images: np.ndarray, batch_size: int) -> float:
    """Return the seconds that one call takes."""
    begin = time.perf_counter()
    predict(images, batch_size)
    return time.perf_counter() - begin
