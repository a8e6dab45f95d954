"""What a program that writes its steps out shows of itself in a parity trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.by_hand import ByHandProgram
from reportgen.parity.material import digest
from reportgen.records import Effective, Parameter, PipelineSample
from reportgen.runner.stopwatch import Stopwatch


class ByHandProbe:
    """See :class:`reportgen.parity.probe.Probe` for what each method must do.

    The training step is bound to one batch, as it is in training, so steps are taken on the first of the given batches.
    """

    def __init__(self, program: ByHandProgram) -> None:
        self.program = program

    def load_data(self, arrays: Arrays, order: SharedOrder | None = None) -> None:
        """Keep the data, and draw weights."""
        self.program.load_data(arrays, order)
        self.program.build()
        self.native = self.program.parameters()

    def parameters(self) -> tuple[Parameter, ...]:
        """Return what was noted of the native weights."""
        return self.native

    def export_weights(self) -> list[np.ndarray]:
        """Read the program's weights."""
        return self.program.export_weights()

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Set the program's weights."""
        self.program.import_weights(weights)

    def logits(self, images: np.ndarray, training: bool = False) -> np.ndarray:  # noqa: ARG002
        """Predict; nothing in such a network knows whether it is being trained."""
        return self.program.predict(images, len(images))

    def evaluate(self) -> np.ndarray:
        """Evaluate as a training trial does."""
        return self.program.evaluate()

    def loss_and_gradients(
        self, images: np.ndarray, labels: np.ndarray
    ) -> tuple[float, list[np.ndarray]]:
        """Call the gradients that the workload works out by hand."""
        engine = self.program.engine
        loss, *slopes = self.program.network.gradients(
            engine.tensor(images), engine.tensor(labels), *self.program.tensors
        )
        return float(loss), [engine.array(slope) for slope in slopes]

    def descend(
        self, images: np.ndarray, labels: np.ndarray, learning_rate: float
    ) -> np.ndarray:
        """Take the workload's own steps in the mode's own way."""
        step, read = self.program.descent(images[0], labels[0], learning_rate)
        losses = np.array(
            [float(step()) for _ in range(len(images))], dtype=images.dtype
        )
        self.program.import_weights(read())
        return losses

    def train(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        aligned: bool,  # noqa: ARG002
    ) -> np.ndarray:
        """Do the same at the workload's own rate: there is one formula."""
        return self.descend(images, labels, self.program.settings.learning_rate)

    def optimizer_steps(self, weights: np.ndarray, gradients: np.ndarray) -> np.ndarray:  # noqa: ARG002
        """Return no step: there is no optimiser that could be given gradients."""
        return np.empty((0, len(weights)), dtype=weights.dtype)

    def silence_dropout(self) -> None:
        """There is none."""

    def train_epochs(self, watch: Stopwatch) -> None:
        """Train as a training trial does."""
        self.program.train_model(watch)

    def augmented_images(self, images: np.ndarray) -> None:  # noqa: ARG002
        """Return nothing: samples of numbers are not augmented."""
        return

    def pipeline(self, arrays: Arrays) -> PipelineSample:  # noqa: ARG002
        """Describe the one batch."""
        x, _ = self.program.parts["train"]
        order = digest([x])
        return PipelineSample(
            batch_size=len(x),
            images_seen=len(x),
            class_counts=(len(x),),
            class_means=(float(x.mean(dtype=np.float64)),),
            order_digests=(order, order),
            shuffled=False,
        )

    def scaled_images(self, count: int) -> np.ndarray:
        """Return test samples, which nothing scales."""
        return self.program.parts["test"][0][:count]

    def effective(self) -> Effective:
        """Read back what a step shows."""
        return self.program.effective()

    def defaults(self) -> Mapping[str, str]:
        """Return none: no default of a library is used."""
        return {}

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return self.program.versions()
