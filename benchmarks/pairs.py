"""From the outcomes of pairs of runs to the figures of the table: pure functions, so that they can be tested without measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.arithmetic import Limit, median
from benchmarks.outcome import Laps, Outcome


@dataclass(frozen=True, kw_only=True)
class Range:
    """A median with the smallest and the largest value."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Range:
        """Summarise at least one value."""
        return cls(middle=median(values), low=min(values), high=max(values))


@dataclass(frozen=True, kw_only=True)
class Side:
    """One program over all its runs: seconds per epoch and for inference on the test images, accuracy, and what it pays once."""

    epoch_s: Range
    epoch_cpu_s: Range
    inference_s: Range
    accuracy: Range
    compile_s: float
    peak_memory_bytes: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A tuned program beside the baseline program of the same framework; a ratio says how many times faster the tuned one is."""

    workload: str
    framework: str
    mode: str
    images: int
    batch_size: int
    baseline: Side
    tuned: Side
    training_ratio: Range
    training_cpu_ratio: Range
    inference_ratio: Range
    inference_cpu_ratio: Range
    limit: Limit

    @property
    def limit_s(self) -> float:
        """The arithmetic of an epoch at this machine's speed, in seconds."""
        return self.limit.epoch_s(self.images, self.batch_size)

    @property
    def distance(self) -> float:
        """How many times as long as its arithmetic the tuned training takes, in processor time: on one thread that of a quiet machine."""
        return self.tuned.epoch_cpu_s.middle / self.limit_s

    def shares(self) -> dict[str, float]:
        """Return where the processor time of a tuned epoch goes, in seconds; ``rest`` is calls, element-wise operations, losses and metrics."""
        steps = self.images / self.batch_size
        known = {
            "products": self.limit.products_s * steps,
            "update": self.limit.update_s * steps,
            "reading": self.limit.reading_s * steps,
            "dropout": self.limit.drawing_s * steps,
        }
        return {**known, "rest": self.tuned.epoch_cpu_s.middle - sum(known.values())}


def summarise(outcomes: Sequence[Outcome]) -> Side:
    """Return one program's figures: of each run the median of its later epochs, and over the runs the median and range."""
    return Side(
        epoch_s=Range.of([wall(outcome.epochs) for outcome in outcomes]),
        epoch_cpu_s=Range.of([cpu(outcome.epochs) for outcome in outcomes]),
        inference_s=Range.of([wall(outcome.inference) for outcome in outcomes]),
        accuracy=Range.of([outcome.accuracy for outcome in outcomes]),
        compile_s=median([outcome.compile_s for outcome in outcomes]),
        peak_memory_bytes=max(outcome.peak_memory_bytes for outcome in outcomes),
    )


def wall(laps: Laps) -> float:
    """Return the wall time of a lap: the median without the first."""
    return median(laps.without_first().wall_s)


def cpu(laps: Laps) -> float:
    """Return the processor time of a lap: the median without the first."""
    return median(laps.without_first().cpu_s)


def compare(
    pairs: Sequence[tuple[Outcome, Outcome]], *, workload: str, framework: str, mode: str, images: int, batch_size: int, limit: Limit
) -> Comparison:
    """Compare pairs of (baseline, tuned) runs that followed each other; ratios are taken within a pair, so that drift cancels."""
    return Comparison(
        workload=workload,
        framework=framework,
        mode=mode,
        images=images,
        batch_size=batch_size,
        baseline=summarise([baseline for baseline, _ in pairs]),
        tuned=summarise([tuned for _, tuned in pairs]),
        training_ratio=Range.of([wall(baseline.epochs) / wall(tuned.epochs) for baseline, tuned in pairs]),
        training_cpu_ratio=Range.of([cpu(baseline.epochs) / cpu(tuned.epochs) for baseline, tuned in pairs]),
        inference_ratio=Range.of([wall(baseline.inference) / wall(tuned.inference) for baseline, tuned in pairs]),
        inference_cpu_ratio=Range.of([cpu(baseline.inference) / cpu(tuned.inference) for baseline, tuned in pairs]),
        limit=limit,
    )
