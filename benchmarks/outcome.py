"""What every measured program is told, and the one line that it prints: so that a baseline program stays a plain script."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: ``ru_maxrss`` is in bytes on macOS, in units of this many bytes elsewhere.
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass
class Laps:
    """Equal pieces of work: for each the wall time, and the processor time of this process and of the children it waited for, in seconds."""

    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    begun: tuple[float, float] = (0.0, 0.0)

    def begin(self) -> None:
        """Begin a piece."""
        self.begun = (time.perf_counter(), cpu_s())

    def end(self) -> None:
        """Note the piece that was begun last."""
        self.wall_s.append(time.perf_counter() - self.begun[0])
        self.cpu_s.append(cpu_s() - self.begun[1])

    def without_first(self) -> Laps:
        """Return all pieces but the first, which includes what is done only once; the first where it is alone."""
        return Laps(wall_s=self.wall_s[1:] or self.wall_s, cpu_s=self.cpu_s[1:] or self.cpu_s)


def cpu_s() -> float:
    """Return the processor time so far: on a machine that others use too, it says more than the clock on the wall."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one process measured: its epochs; passes over all test images; the fraction of these that it got right; what it compiled before."""

    epochs: Laps
    inference: Laps
    accuracy: float
    compile_s: float
    peak_memory_bytes: int


def arguments() -> argparse.Namespace:
    """Return what a baseline program is told: ``data`` (a folder), ``epochs``, ``batch_size``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, help="folder with mnist.npz and MNIST/raw")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--softmax", action="store_true", help="repeat the mistake of a softmax before a loss on logits (PyTorch)")
    return parser.parse_args()


def print_outcome(epochs: Laps, accuracy: float, inference: Laps, compile_s: float = 0.0) -> None:
    """Print the measurements as one line of JSON, the last that a program prints; the peak memory is that of this process so far."""
    outcome = Outcome(
        epochs=epochs,
        inference=inference,
        accuracy=float(accuracy),
        compile_s=compile_s,
        peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT_BYTES,
    )
    print(json.dumps(asdict(outcome)))


def read_outcome(output: str) -> Outcome:
    """Return what a program printed as its last line."""
    values = json.loads(output.strip().splitlines()[-1])
    return Outcome(**{**values, "epochs": Laps(**values["epochs"]), "inference": Laps(**values["inference"])})
