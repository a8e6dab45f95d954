"""The networks that are measured, and their data: the same numbers for every framework and style."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Weights are scaled by their fan-in, so one rate suits every size: twice the largest
# curvature, about the hidden width over 3, stays below 1 / rate.
LEARNING_RATE = 0.001


@dataclass(frozen=True, kw_only=True)
class Size:
    """A network: samples in a batch, and the widths of its input, hidden layer and output."""

    samples: int
    inputs: int
    hidden: int
    outputs: int

    @property
    def flops(self) -> int:
        """Floating-point operations of the five matrix products of a step; two for each multiplication with its addition.

        Forward: inputs x hidden and hidden x outputs. Backward: hidden x outputs for the second weights and again for the hidden layer, and inputs x
        hidden for the first weights. What is done element by element is left out: it is below a tenth from the smallest network on.
        """
        inner = self.inputs * self.hidden
        outer = self.hidden * self.outputs
        return 2 * self.samples * (2 * inner + 3 * outer)

    @property
    def parameters(self) -> dict[str, float]:
        """The size as a record has it."""
        return {
            "samples": self.samples,
            "inputs": self.inputs,
            "hidden": self.hidden,
            "outputs": self.outputs,
            "flops": self.flops,
        }


# The network of the published comparison. It comes first, so that its first call is what a reader meets: with everything that a process does once.
PUBLISHED = Size(samples=64, inputs=1000, hidden=100, outputs=10)
SIZES = (
    PUBLISHED,
    Size(samples=1, inputs=16, hidden=16, outputs=10),
    Size(samples=4, inputs=64, hidden=16, outputs=10),
    Size(samples=16, inputs=256, hidden=32, outputs=10),
    Size(samples=256, inputs=1500, hidden=150, outputs=10),
    Size(samples=1024, inputs=2000, hidden=200, outputs=10),
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Data and initial weights, float32.

    ``x`` (samples, inputs), ``y`` (samples, outputs), ``w1`` (inputs, hidden), ``w2`` (hidden, outputs).
    """

    x: Floats
    y: Floats
    w1: Floats
    w2: Floats


def make_problem(size: Size, seed: int) -> Problem:
    """Return standard normal data, and weights whose variance is one over their fan-in."""
    draw = np.random.default_rng([seed, size.samples, size.inputs, size.hidden])

    def normal(rows: int, columns: int, scale: float = 1.0) -> Floats:
        return (draw.standard_normal((rows, columns)) * scale).astype(np.float32)

    return Problem(
        x=normal(size.samples, size.inputs),
        y=normal(size.samples, size.outputs),
        w1=normal(size.inputs, size.hidden, size.inputs**-0.5),
        w2=normal(size.hidden, size.outputs, size.hidden**-0.5),
    )
