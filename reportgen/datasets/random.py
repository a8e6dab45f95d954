"""Random numbers: what published comparisons of static and dynamic graphs train on, since their question is time and not learning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets.base import Dataset, DatasetSource, ProgressCallback
from reportgen.language import marked

#: The sizes of the published comparison: samples in its one batch, inputs, outputs.
SAMPLES, INPUTS, TARGETS = 64, 1000, 10

#: Fixed for ever: all runs of all frameworks train on the same numbers.
SEED = 64_1000_10


def read(progress: ProgressCallback) -> Dataset:
    """Return three independent parts of standard normal samples and targets, float32."""
    progress("drawing random numbers", 0, None)
    # RandomState, as in the splits: its stream is frozen, so that the digest stays what it is.
    draw = np.random.RandomState(SEED)

    def normal(columns: int) -> NDArray[np.float32]:
        return draw.standard_normal((SAMPLES, columns)).astype(np.float32)

    train, validation, test = ((normal(INPUTS), normal(TARGETS)) for _ in range(3))
    return Dataset(
        name=DATASET.name,
        title=DATASET.title,
        description=marked(
            "64 training samples of 1,000 numbers with 10 targets each, and as many for validation and for testing: all drawn from the standard "
            "normal distribution, inputs and targets independently of each other. There is nothing to generalise from: a network can learn the "
            "training samples by heart, and its error on other samples cannot fall below the variance of the targets, which is 1."
        ),
        licence=marked("none needed: the numbers are drawn by the program"),
        citation=(
            "Matsumoto, M. & Nishimura, T. (1998). Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator. "
            "ACM Transactions on Modeling and Computer Simulation, 8(1), 3\u201330. https://doi.org/10.1145/272991.272995"
        ),
        source=marked("Drawn by numpy's legacy generator (Mersenne Twister) from a fixed seed; the digest says which numbers."),
        requested=DATASET.name,
        class_names=(),
        train_images=train[0],
        train_labels=train[1],
        validation_images=validation[0],
        validation_labels=validation[1],
        test_images=test[0],
        test_labels=test[1],
    )


DATASET = DatasetSource(name="random", title=marked("Random numbers"), read=read)
