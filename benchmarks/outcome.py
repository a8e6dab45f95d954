"""What every measured program is told, and the one line that it prints: so that a baseline program stays a plain script."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

#: ``ru_maxrss`` is in bytes on macOS, in units of this many bytes elsewhere.
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one process measured. Times are in seconds; the first of ``epochs_s`` includes what is done only once, such as compiling.

    ``inference_s`` are passes over all test images; ``accuracy`` is a fraction of the test images.
    """

    epochs_s: tuple[float, ...]
    accuracy: float
    inference_s: tuple[float, ...]
    peak_memory_bytes: int

    @property
    def later_epochs_s(self) -> tuple[float, ...]:
        """All epochs but the first, or that one where there is no other."""
        return self.epochs_s[1:] or self.epochs_s

    @property
    def first_epoch_extra_s(self) -> float:
        """How much longer the first epoch took than the fastest other one: compiling, tracing, warming up."""
        return max(0.0, self.epochs_s[0] - min(self.later_epochs_s))


def arguments() -> argparse.Namespace:
    """Return what a baseline program is told: ``data`` (a folder), ``epochs``, ``batch_size``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, help="folder with mnist.npz and MNIST/raw")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--softmax", action="store_true", help="repeat the mistake of a softmax before a loss on logits (PyTorch)")
    return parser.parse_args()


def print_outcome(epochs_s: Sequence[float], accuracy: float, inference_s: Sequence[float]) -> None:
    """Print the measurements as one line of JSON, the last that a program prints; the peak memory is that of this process so far."""
    outcome = Outcome(
        epochs_s=tuple(epochs_s),
        accuracy=float(accuracy),
        inference_s=tuple(inference_s),
        peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT_BYTES,
    )
    print(json.dumps(asdict(outcome)))


def read_outcome(output: str) -> Outcome:
    """Return what a program printed as its last line."""
    values = json.loads(output.strip().splitlines()[-1])
    return Outcome(
        epochs_s=tuple(values["epochs_s"]),
        accuracy=values["accuracy"],
        inference_s=tuple(values["inference_s"]),
        peak_memory_bytes=values["peak_memory_bytes"],
    )
