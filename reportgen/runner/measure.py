"""The one protocol by which inference is timed, for frameworks and runtimes alike."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from reportgen.records import InferenceSample, ThroughputSample

# Enough for a median that does not hang on one slow pass; more would not change it.
TEST_SET_PASSES = 5
# p95 of 1,000 calls rests on 50 calls above it, p99 on 10.
LATENCY_CALLS = 1000
# A slow call (Keras takes one to four milliseconds) must not make a trial minutes long: after this many seconds it stops, with the calls it has, and
# no 99th percentile is made from them.
LATENCY_BUDGET_S = 8.0
# The first calls compile, allocate and fill caches.
WARM_UP_CALLS = 20
# From one image to what no server collects before it answers, each four times the one before.
THROUGHPUT_BATCHES = (1, 4, 16, 64, 256, 1024)
# Seconds of calls with each size, which for the fastest is thousands of them, and the least number of calls for the slowest.
THROUGHPUT_S = 0.1
LEAST_THROUGHPUT_CALLS = 5
MOST_THROUGHPUT_CALLS = 200


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


def measure_throughput(predict: Callable[[np.ndarray, int], np.ndarray], images: np.ndarray) -> tuple[ThroughputSample, ...]:
    """Time ``predict`` with one batch of each size a call; a test set smaller than a batch is repeated to fill it."""
    samples = []
    for size in THROUGHPUT_BATCHES:
        batch = np.ascontiguousarray(images[np.arange(size) % len(images)])
        # A runtime plans its memory for a new size in the first call.
        predict(batch, size)
        calls: list[float] = []
        deadline = time.perf_counter() + THROUGHPUT_S
        while len(calls) < LEAST_THROUGHPUT_CALLS or (time.perf_counter() < deadline and len(calls) < MOST_THROUGHPUT_CALLS):
            calls.append(timed(predict, batch, size))
        samples.append(ThroughputSample(batch_size=size, call_s=tuple(calls)))
    return tuple(samples)


def timed(predict: Callable[[np.ndarray, int], np.ndarray], images: np.ndarray, batch_size: int) -> float:
    """Return the seconds that one call takes."""
    begin = time.perf_counter()
    predict(images, batch_size)
    return time.perf_counter() - begin
