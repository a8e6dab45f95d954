"""The arithmetic of one training step, counted from the shapes of the network: what no program can leave out.

A dense layer is one matrix product forward and two backward (for the weights, and for what came in); a convolution is the same products over
all its places. The first layer has no use for the gradient of what came in, so it has two products, not three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod


@dataclass(frozen=True, kw_only=True)
class Product:
    """A matrix product (rows, inner) x (inner, columns)."""

    rows: int
    inner: int
    columns: int

    @property
    def flops(self) -> int:
        """A multiplication and an addition for each term."""
        return 2 * self.rows * self.inner * self.columns


@dataclass(frozen=True, kw_only=True)
class LayerShape:
    """A layer with weights: ``places`` an image (1 where it is dense, height x width of the output where it is a convolution)."""

    inputs: int
    outputs: int
    places: int = 1


@dataclass(frozen=True, kw_only=True)
class Network:
    """A network as the arithmetic sees it. ``drawn`` is how many random numbers dropout takes for an image."""

    layers: tuple[LayerShape, ...]
    image_shape: tuple[int, int, int] = (28, 28, 1)
    drawn: int = 0

    @property
    def parameter_count(self) -> int:
        """Weights and biases."""
        return sum((layer.inputs + 1) * layer.outputs for layer in self.layers)

    @property
    def pixels(self) -> int:
        """Numbers in an image."""
        return prod(self.image_shape)

    def products(self, batch_size: int) -> tuple[Product, ...]:
        """Return the matrix products of a step forward and backward on ``batch_size`` images."""
        found: list[Product] = []
        for number, layer in enumerate(self.layers):
            rows = batch_size * layer.places
            found.append(Product(rows=rows, inner=layer.inputs, columns=layer.outputs))
            found.append(Product(rows=layer.inputs, inner=rows, columns=layer.outputs))
            if number > 0:
                found.append(Product(rows=rows, inner=layer.outputs, columns=layer.inputs))
        return tuple(found)

    def flops(self, batch_size: int) -> int:
        """Return the floating-point operations of these products."""
        return sum(product.flops for product in self.products(batch_size))


def dense(*widths: int) -> tuple[LayerShape, ...]:
    """Return dense layers from each width to the next."""
    return tuple(LayerShape(inputs=inputs, outputs=outputs) for inputs, outputs in pairwise(widths))


#: By the name of the workload, whose layers a test compares with these.
NETWORKS = {
    "mlp": Network(layers=dense(784, 64, 10)),
    "mlp-tanh": Network(layers=dense(784, 64, 128, 10), drawn=64 + 128),
    "cnn": Network(
        layers=(
            LayerShape(inputs=3 * 3 * 1, outputs=32, places=26 * 26),
            LayerShape(inputs=3 * 3 * 32, outputs=64, places=11 * 11),
            *dense(5 * 5 * 64, 128, 10),
        ),
        drawn=13 * 13 * 32 + 5 * 5 * 64 + 128,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What parts of one step take at this machine's own speed, in seconds, one thread: see :mod:`benchmarks.limits`."""

    flops: int
    products_s: float
    update_s: float
    reading_s: float
    drawing_s: float

    @property
    def arithmetic_s(self) -> float:
        """The products and the optimiser's update: what the distance to the limit refers to."""
        return self.products_s + self.update_s

    @property
    def gflops(self) -> float:
        """The rate of the products, in thousand millions of operations a second."""
        return self.flops / self.products_s / 1e9

    def epoch_s(self, images: int, batch_size: int) -> float:
        """Return the arithmetic of an epoch; a last batch that is smaller counts by its share."""
        return self.arithmetic_s * images / batch_size


def median(values: Sequence[float]) -> float:
    """Return the median; of an even number, the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
