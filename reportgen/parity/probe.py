"""What a framework shows of itself in a parity trial. Weights and gradients cross in TensorFlow's layout, images channels last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.records import DeviceKind, Effective, Hyperparameters, Parameter, PipelineSample, Precision
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import Workload

if TYPE_CHECKING:
    # A framework's description names its probe, so this module cannot wait for frameworks to be there.
    from reportgen.frameworks.mode import Mode

Floats = NDArray[np.floating]
Weights = list[Floats]


class Probe(Protocol):
    """One framework's program for a workload in one precision, opened up for questions."""

    def load_data(self, arrays: Arrays, order: SharedOrder | None = None) -> None:
        """Bring the arrays into the framework's own input pipeline, in a given order of the training images if any, and build the model.

        Training images are not augmented: what is random cannot be compared image by image.
        """

    def parameters(self) -> tuple[Parameter, ...]:
        """Describe the trainable arrays with their native initial ranges, in the framework's own names and layout."""

    def export_weights(self) -> Weights:
        """Return the trainable arrays in TensorFlow's layout."""

    def import_weights(self, weights: Sequence[Floats]) -> None:
        """Put arrays in TensorFlow's layout into the model."""

    def logits(self, images: Floats, training: bool = False) -> Floats:
        """Return the outputs (images, classes) for scaled images (count, height, width, channels), in evaluation or in training mode."""

    def evaluate(self) -> Floats:
        """Return the outputs for the test images as a training trial computes them: through the framework's own pipeline."""

    def loss_and_gradients(self, images: Floats, labels: NDArray[np.int64]) -> tuple[float, Weights]:
        """Return the workload's own loss on a batch, and its gradients, in evaluation mode."""

    def descend(self, images: Floats, labels: NDArray[np.int64], learning_rate: float) -> Floats:
        """Take plain steps of gradient descent on batches (steps, batch, ...), in evaluation mode; return the loss before each step (steps,)."""

    def train(self, images: Floats, labels: NDArray[np.int64], aligned: bool) -> Floats:
        """Do the same with a fresh optimiser of the workload's own kind.

        ``aligned``: with Keras' form of the optimiser's formula, where the framework's own differs and its settings can express it.
        """

    def optimizer_steps(self, weights: Floats, gradients: Floats) -> Floats:
        """Return weights (steps, n) after each step of a fresh optimiser of the workload's own kind, given gradients (steps, n)."""

    def silence_dropout(self) -> None:
        """Let every image keep all units in training: dropout draws numbers of its own in each program, and could not be compared."""

    def train_epochs(self, watch: Stopwatch) -> None:
        """Train as a training trial of the probe's mode does."""

    def pipeline(self, arrays: Arrays) -> PipelineSample:
        """Pass over the framework's own training pipeline, and say what came."""

    def scaled_images(self, count: int) -> Floats:
        """Return the first ``count`` test images as the pipeline hands them to the model (count, height, width, channels)."""

    def augmented_images(self, images: NDArray[np.uint8]) -> Floats | None:
        """Return images (count, height, width, channels) as training sees them, in their order; ``None`` where the workload does not augment."""

    def effective(self) -> Effective:
        """Read back what is really used; changes the weights."""

    def defaults(self) -> Mapping[str, str]:
        """Return what the library does where nobody says otherwise, by the name that the other framework's probe gives it too."""

    def versions(self) -> dict[str, str]:
        """Return the versions that the loaded libraries say of themselves."""


class ProbeFactory(Protocol):
    """How a child process obtains a probe."""

    def __call__(
        self,
        *,
        workload: Workload,
        mode: Mode,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
        precision: Precision,
        device: DeviceKind = "cpu",
    ) -> Probe:
        """Return a probe that has loaded nothing and built nothing yet."""
