"""A measured program that is a mode of ``reportgen``: the code that users get, driven as a trial drives it.

``python -m benchmarks.tuned DATA WORKLOAD FRAMEWORK MODE --epochs N`` reads the images that :func:`benchmarks.data.write_for_students` wrote, and
prints what a baseline program prints.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.outcome import Laps, print_outcome
from reportgen import frameworks, workloads
from reportgen.datasets import Arrays
from reportgen.runner.images import scaled
from reportgen.runner.phases import PhaseClock
from reportgen.runner.stopwatch import Stopwatch

#: Passes over the test images, after one that warms up.
INFERENCE_PASSES = 3
#: Images at a time in them: enough that calls cost nothing, few enough that a convolution's maps take no gigabytes.
INFERENCE_BATCH = 1000


class LapWatch(Stopwatch):
    """A stopwatch that notes the epochs as a baseline program does, too: training alone, by the wall clock and in processor time."""

    def __init__(self) -> None:
        """Begin without an epoch."""
        super().__init__(on_epoch=lambda _: None)
        self.laps = Laps()

    def epoch_begins(self) -> None:
        """Begin a lap."""
        super().epoch_begins()
        self.laps.begin()

    def training_ends(self) -> None:
        """End it."""
        self.laps.end()
        super().training_ends()

    def compile_s(self) -> float:
        """Return the processor time of what was compiled ahead of the first epoch."""
        clock = PhaseClock(announce=lambda _: None)
        self.enter_compilation(clock)
        return sum(phase.cpu_s for phase in clock.phases)


def read_arrays(path: Path) -> Arrays:
    """Return the images as a trial gets them. Validation, which a baseline program does without, is on the test images, and not timed."""
    with np.load(path) as data:
        parts: dict[str, NDArray[np.uint8]] = {name: data[name] for name in data.files}
    train, test = parts["x_train"][..., np.newaxis], parts["x_test"][..., np.newaxis]
    labels, test_labels = parts["y_train"].astype(np.int64), parts["y_test"].astype(np.int64)
    return Arrays(
        class_names=tuple(str(digit) for digit in range(10)),
        train_images=train,
        train_labels=labels,
        validation_images=test,
        validation_labels=test_labels,
        test_images=test,
        test_labels=test_labels,
    )


def main() -> None:
    """Train, evaluate, predict and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("workload")
    parser.add_argument("framework")
    parser.add_argument("mode")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    workload = workloads.find(options.workload)
    program = frameworks.find(options.framework).load()(
        workload=workload,
        mode=frameworks.find_mode(options.framework, options.mode),
        hyperparameters=workload.hyperparameters.model_copy(update={"epochs": options.epochs, "batch_size": options.batch_size}),
        seed=1,
        threads=options.threads,
    )
    arrays = read_arrays(options.data / "mnist.npz")
    program.load_data(arrays)
    program.build()
    watch = LapWatch()
    program.train_model(watch)
    accuracy = float(np.mean(np.argmax(program.evaluate(), axis=1) == arrays.test_labels))

    images = scaled(arrays.test_images, program.layout)
    inference = Laps()
    for _ in range(1 + INFERENCE_PASSES):
        inference.begin()
        program.predict(images, INFERENCE_BATCH)
        inference.end()
    print_outcome(watch.laps, accuracy, inference, watch.compile_s())


if __name__ == "__main__":
    main()
