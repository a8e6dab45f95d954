"""Times of a training trial, derived from its phases and epochs. The four figures of docs/methods.md are never mixed."""

from __future__ import annotations

import numpy as np

from reportgen.analysis.results import TrialRow
from reportgen.records import InferenceResult, InferenceSample, Phase, TrainingResult, TrainingSpec

# The first epoch also pays for compilation, allocation and cold caches; a fixed number is dropped, whatever the figures look like.
DROPPED_EPOCHS = 1
# Halves of the remaining epochs that differ by more than this are not a steady state.
STEADY_TOLERANCE = 0.05
# A trial may take up to half an hour by default. Trials of a block that begin further apart than this did not meet the same machine.
BLOCK_SPAN_S = 2 * 3600.0
LEAST_CALLS_FOR_P99 = 1000
COLD_START_PHASES = ("start", "import", "data", "build", "compile", "first step")
# What a trial that was forked has not done itself.
SHARED_PHASES = {"start", "import"}
TRAINING_PHASES = ("first step", "training")


def wall_s(result: TrainingResult, names: tuple[str, ...]) -> float:
    """Return the wall time of the named phases together."""
    return sum(phase.wall_s for phase in result.phases if phase.name in names)


def phase(result: TrainingResult, name: str) -> Phase:
    """Return the phase called ``name``; raises ``LookupError`` when the trial has none."""
    for candidate in result.phases:
        if candidate.name == name:
            return candidate
    raise LookupError(f"{result.trial} has no phase {name!r}")


def training_s(result: TrainingResult) -> float:
    """Return the total training time: all epochs with their first step, without validation."""
    return sum(epoch.train_s for epoch in result.epochs)


def steady_epochs_s(result: TrainingResult) -> list[float]:
    """Return the training times of the epochs after the dropped ones; of the only epoch where there is one."""
    times = [epoch.train_s for epoch in result.epochs]
    return times[DROPPED_EPOCHS:] or times


def steady_epoch_s(result: TrainingResult) -> float:
    """Return the mean of the steady epochs' training times."""
    return float(np.mean(steady_epochs_s(result)))


def is_unsteady(result: TrainingResult) -> bool:
    """Say whether the two halves of the steady epochs differ by more than :data:`STEADY_TOLERANCE`."""
    times = steady_epochs_s(result)
    half = len(times) // 2
    if half == 0:
        return False
    early, late = float(np.mean(times[:half])), float(np.mean(times[-half:]))
    return abs(late - early) > STEADY_TOLERANCE * min(early, late)


def data_s(result: TrainingResult) -> float | None:
    """Return the time spent waiting for batches during training, or ``None`` where the framework's loop does not show it."""
    waits = [epoch.data_s for epoch in result.epochs]
    known = [wait for wait in waits if wait is not None]
    return sum(known) if len(known) == len(waits) else None


def cold_start_s(result: TrainingResult) -> float:
    """Return the time from the start of the process to the end of its first training step."""
    return wall_s(result, COLD_START_PHASES)


def effective_cores(result: TrainingResult) -> float:
    """Return processor time over wall time of the training: how many cores were really busy."""
    cpu_s = sum(part.cpu_s for part in result.phases if part.name in TRAINING_PHASES)
    return cpu_s / wall_s(result, TRAINING_PHASES)


def peak_memory_bytes(result: TrainingResult | InferenceResult) -> int | None:
    """Return the peak resident memory of the process, or ``None`` where it is unknown."""
    return max((part.peak_memory_bytes for part in result.phases if part.peak_memory_bytes is not None), default=None)


def peak_device_memory_bytes(result: TrainingResult) -> int | None:
    """Return the peak memory in use on an accelerator, or ``None`` where there is none or its framework does not tell."""
    return max((part.peak_device_memory_bytes for part in result.phases if part.peak_device_memory_bytes is not None), default=None)


def trial_row(
    spec: TrainingSpec, result: TrainingResult, accuracy: float | None, cold_start: float | None, test_loss: float | None = None
) -> TrialRow:
    """Return a trial's line for the appendix; ``cold_start`` is that of its framework in its block, where one was measured."""
    return TrialRow(
        trial=spec.trial,
        block=spec.block,
        position=spec.position,
        attempt=spec.attempt,
        seed=spec.seed,
        started_at=result.started_at,
        training_s=training_s(result),
        steady_epoch_s=steady_epoch_s(result),
        cold_start_s=cold_start,
        evaluation_s=phase(result, "evaluation").wall_s,
        effective_cores=effective_cores(result),
        peak_memory_bytes=peak_memory_bytes(result),
        accuracy=accuracy,
        test_loss=test_loss,
    )


def median_latency_s(sample: InferenceSample) -> float:
    """Return the median time of a call with one image."""
    return float(np.median(sample.latency_s))


def p95_latency_s(sample: InferenceSample) -> float:
    """Return the 95th percentile of the time of a call with one image (linear interpolation)."""
    return float(np.percentile(sample.latency_s, 95))


def p99_latency_s(sample: InferenceSample) -> float | None:
    """Return the 99th percentile, or ``None`` for fewer calls than it can rest on: of 1,000, ten lie above it."""
    return float(np.percentile(sample.latency_s, 99)) if len(sample.latency_s) >= LEAST_CALLS_FOR_P99 else None


def test_set_s(sample: InferenceSample) -> float:
    """Return the median time of a pass over the test set."""
    return float(np.median(sample.test_set_s))
