"""What both frameworks are given in a parity trial: weights, batches and gradients, made from the seed with numpy alone.

Each process makes them itself; that they are the same in both is checked through their digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets.base import Arrays
from reportgen.parity.probe import Floats, Weights
from reportgen.records import PipelineSample, Precision

# The relative size of the disturbance whose growth is the noise floor: one rounding error of a weight in that precision.
NOISE = {"float32": 1e-7, "float64": 2e-16}
# Steps on given gradients: enough for the bias correction of Adam to change the step, few enough to compare number by number.
OPTIMIZER_STEPS = 20
# From gradients far below every epsilon in use to the largest that a network of this size has.
GRADIENT_DECADES = np.linspace(-9.0, 0.0, 200)
# Steps are compared in units of the learning rate, so the weights begin at 0, where floating point resolves a step best.
OPTIMIZER_START = 0.0
# How many batches of two passes are compared to see whether the order changed: their labels never agree by chance.
ORDER_BATCHES = 20
# Whole batches of an epoch in which modes are compared: with the partial one, 26 steps in two epochs. A wrong formula shows itself in the first
# ones, and rounding has not grown far.
WHOLE_BATCHES = 12


@dataclass(frozen=True, kw_only=True)
class Batches:
    """Images (steps, batch, height, width, channels) scaled to [0, 1] and labels int64 (steps, batch); or samples and targets of numbers."""

    images: Floats
    labels: NDArray[Any]


def initial_weights(shapes: Sequence[tuple[int, ...]], seed: int, precision: Precision) -> Weights:
    """Return shared initial weights in TensorFlow's layout: Glorot's uniform distribution for kernels, small positive values for vectors.

    Vectors (biases, scales) are not zero, so that a bias that is carried to the wrong place is seen. float64 weights are float32 values, so
    that both precisions begin at the same point. Source of the bound: Glorot & Bengio (2010), equation 16.
    """
    draw = np.random.default_rng([seed, 1])
    weights: Weights = []
    for shape in shapes:
        if len(shape) < 2:
            values = draw.uniform(0.01, 0.1, shape)
        else:
            field = int(np.prod(shape[:-2]))
            bound = np.sqrt(6.0 / (field * (shape[-2] + shape[-1])))
            values = draw.uniform(-bound, bound, shape)
        weights.append(values.astype(np.float32).astype(precision))
    return weights


def disturbed(weights: Sequence[Floats], seed: int, precision: Precision) -> Weights:
    """Return the weights with relative noise of one rounding error (:data:`NOISE`)."""
    draw = np.random.default_rng([seed, 2])
    return [(values * (1 + NOISE[precision] * draw.uniform(-1, 1, values.shape))).astype(values.dtype) for values in weights]


def scaled(images: NDArray[Any], precision: Precision) -> Floats:
    """Return pixels in [0, 1]; other numbers as they are.

    Pixels are divided in float32 first, as the pipelines do, so that both precisions see the same numbers.
    """
    if images.dtype != np.uint8:
        unscaled: Floats = images.astype(precision)
        return unscaled
    return (images.astype(np.float32) / np.float32(255)).astype(precision)


def batches(arrays: Arrays, steps: int, batch_size: int, seed: int, precision: Precision) -> Batches:
    """Return training batches, drawn with replacement so that a small data set is enough for any number of steps."""
    chosen = np.random.default_rng([seed, 3]).integers(0, len(arrays.train_labels), (steps, batch_size))
    labels = arrays.train_labels[chosen]
    return Batches(
        images=scaled(arrays.train_images[chosen], precision),
        labels=labels if arrays.task == "classification" else labels.astype(precision),
    )


def excerpt_size(train_count: int, batch_size: int) -> int:
    """Return how many training images a mode is compared on; of a small data set, as many as leave a partial batch."""
    size = min(train_count, WHOLE_BATCHES * batch_size + batch_size // 2 + 1)
    return size - 1 if size > batch_size > 1 and size % batch_size == 0 else size


def gradients(seed: int, precision: Precision) -> Floats:
    """Return gradients (:data:`OPTIMIZER_STEPS`, n) of all sizes from :data:`GRADIENT_DECADES`, with random signs and some spread per step."""
    draw = np.random.default_rng([seed, 4])
    size = (OPTIMIZER_STEPS, len(GRADIENT_DECADES))
    values = 10.0**GRADIENT_DECADES * draw.uniform(0.5, 1.5, size) * draw.choice([-1.0, 1.0], len(GRADIENT_DECADES))
    # Smaller ones at the end: a variant that keeps the largest mean square so far departs from the formula only when the mean square falls.
    values[OPTIMIZER_STEPS // 2 :] *= 0.01
    # As float32 numbers in both precisions: the reference formula then starts from the very same values.
    rounded: Floats = values.astype(np.float32).astype(precision)
    return rounded


def digest(arrays: Sequence[Floats]) -> str:
    """Return the SHA-256 over shapes and values."""
    found = hashlib.sha256()
    for array in arrays:
        found.update(f"{array.shape} {array.dtype.str}\n".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def describe_pipeline(first: Sequence[tuple[Floats, NDArray[np.int64]]], second: Sequence[NDArray[np.int64]], arrays: Arrays) -> PipelineSample:
    """Describe one whole pass over a training pipeline, as (mean pixel of each image, labels) by batch, and the labels that began another."""
    means = np.concatenate([batch for batch, _ in first])
    labels = np.concatenate([batch for _, batch in first])
    classes = len(arrays.class_names)
    counts = np.bincount(labels, minlength=classes)
    sums = np.bincount(labels, weights=means, minlength=classes)
    again = np.concatenate(list(second))
    begin = labels[: len(again)]
    stored = arrays.train_labels[: len(again)]
    return PipelineSample(
        batch_size=len(first[0][1]),
        images_seen=len(labels),
        class_counts=tuple(int(count) for count in counts),
        class_means=tuple(float(value) for value in sums / np.maximum(counts, 1)),
        order_digests=(digest([begin.astype(np.float64)]), digest([again.astype(np.float64)])),
        shuffled=not (np.array_equal(begin, again) or np.array_equal(begin, stored) or np.array_equal(again, stored)),
    )
