"""The program of a workload that writes its steps out: no model object, no optimiser, only arrays and functions of the workload."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Protocol, TypedDict

import numpy as np

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.errors import ReportgenError
from reportgen.frameworks import descent
from reportgen.frameworks.base import Layout
from reportgen.frameworks.mode import Mode
from reportgen.language import marked
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Layer,
    Parameter,
    Precision,
    Source,
)
from reportgen.runner.device import Device
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import Workload, describe_source

OPTIMIZER = "gradient descent by hand"
LOSS = "mean squared error"
# Digits of the learning rate that a float32 step still shows.
RATE_DIGITS = 4


class Place(TypedDict):
    """The fields of :class:`~reportgen.records.Effective` that say where and how precisely is computed."""

    device: str
    device_name: str | None
    tensor_float_32: bool | None
    mixed_precision: bool | None


class Engine(Protocol):
    """What a framework has to do with arrays for such a program."""

    def prepare(self, threads: int, seed: int, device: DeviceKind) -> Device:
        """Fix threads, device and seed, before the first operation."""

    def tensor(self, array: np.ndarray) -> Any:
        """Return an array as the framework's own."""

    def array(self, tensor: Any) -> np.ndarray:
        """Return the framework's own as an array."""

    def threads(self) -> tuple[int, int]:
        """Read back how many threads are used within an operation and between operations."""

    def place(self, tensor: Any) -> Place:
        """Read back where the framework's own array lies."""

    def versions(self) -> dict[str, str]:
        """Return the versions that the loaded libraries say of themselves."""


class ByHandProgram:
    """Drives one workload in one mode with one seed; see :class:`reportgen.frameworks.base.Program` for what each method must do.

    Every step is taken on the same batch: the first samples of the training data.
    """

    layout: Layout = "channels_last"
    model: Any = None

    def __init__(
        self,
        *,
        engine: Engine,
        workload: Workload,
        mode: Mode,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
        device: DeviceKind = "cpu",
        precision: Precision = "float32",
    ) -> None:
        """Fix the seed and the thread counts before the framework's first operation."""
        self.device = engine.prepare(threads, seed, device)
        self.engine = engine
        self.mode = mode
        self.training = mode.training_module()
        self.network: ModuleType = workload.code(mode.code)
        self.settings = hyperparameters
        self.steps_per_epoch = max(1, workload.steps_per_epoch)
        self.precision = precision

    def load_data(self, arrays: Arrays, order: SharedOrder | None = None) -> None:  # noqa: ARG002
        """Keep the samples as they are; with one batch there is no order to them."""
        if arrays.task != "regression" or len(arrays.image_shape) != 1:
            raise ReportgenError(
                marked(
                    "{file} takes samples of numbers with numbers as targets, and this data set has other ones. Choose another "
                    "with --dataset, for instance random."
                ),
                file=self.network.__file__,
            )
        size = self.settings.batch_size
        self.parts = {
            "train": (arrays.train_images[:size], arrays.train_labels[:size]),
            "validation": (arrays.validation_images, arrays.validation_labels),
            "test": (arrays.test_images, arrays.test_labels),
        }
        self.parts = {
            name: (x.astype(self.precision), y.astype(self.precision))
            for name, (x, y) in self.parts.items()
        }

    def build(self) -> None:
        """Draw fresh weights."""
        x, y = self.parts["train"]
        drawn = self.network.initial_weights(x.shape[1], y.shape[1])
        self.import_weights([self.engine.array(weight) for weight in drawn])

    def export_weights(self) -> list[np.ndarray]:
        """Return the weights, which are in the same layout everywhere."""
        return [weight.copy() for weight in self.weights]

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Set the weights."""
        self.keep(weights)
        self.initial = tuple(
            Parameter(
                name=f"w{index}",
                shape=weight.shape,
                initial_minimum=float(weight.min()),
                initial_maximum=float(weight.max()),
            )
            for index, weight in enumerate(self.weights, start=1)
        )

    def keep(self, weights: Sequence[np.ndarray]) -> None:
        """Hold weights, also as the framework's own for predictions."""
        self.weights = [np.array(weight, dtype=self.precision) for weight in weights]
        self.tensors = [self.engine.tensor(weight) for weight in self.weights]

    def train_model(self, watch: Stopwatch) -> None:
        """Take all steps in the loop that every framework shares."""
        weights = descent.train(
            lambda: self.descent(*self.parts["train"], self.settings.learning_rate),
            self.error,
            self.settings.epochs,
            self.steps_per_epoch,
            watch,
            self.mode.compiles,
        )
        self.keep(weights)

    def descent(
        self, x: np.ndarray, y: np.ndarray, learning_rate: float
    ) -> tuple[descent.Step, descent.Read]:
        """Return what takes steps from the present weights, as the mode makes it."""
        made: tuple[descent.Step, descent.Read] = self.training.build_descent(
            self.network, x, y, self.weights, learning_rate
        )
        return made

    def error(self, weights: list[np.ndarray], part: str) -> float:
        """Return the mean squared error of a part of the data."""
        x, y = self.parts[part]
        tensors = [self.engine.tensor(weight) for weight in weights]
        outputs = self.engine.array(
            self.network.predict(self.engine.tensor(x), *tensors)
        )
        return float(np.mean(np.square(outputs.astype(np.float64) - y)))

    def passes(self) -> Mapping[str, Callable[[], None]]:
        """Without pipeline and optimiser, there is nothing to take apart; no mode of these has a profile."""
        return {}

    def evaluate(self) -> np.ndarray:
        """Predict the test samples."""
        return self.predict(self.parts["test"][0], len(self.parts["test"][0]))

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Call the workload's function, batch by batch."""
        starts = range(0, len(images), batch_size)
        return np.concatenate(
            [
                self.engine.array(
                    self.network.predict(
                        self.engine.tensor(images[start : start + batch_size]),
                        *self.tensors,
                    )
                )
                for start in starts
            ]
        )

    def call_name(self) -> str:
        """Name the function that :meth:`predict` calls."""
        return "predict of the workload, operation by operation"

    def layers(self) -> tuple[Layer, ...]:
        """Describe each weight as the layer that it makes."""
        last = len(self.weights)
        return tuple(
            Layer(
                name=f"w{index}",
                kind="matrix product" if index == last else "matrix product, ReLU",
                output_shape=(weight.shape[1],),
                parameters=weight.size,
            )
            for index, weight in enumerate(self.weights, start=1)
        )

    def parameters(self) -> tuple[Parameter, ...]:
        """Return what was noted when the weights were set."""
        return self.initial

    def effective(self) -> Effective:
        """Read back; the learning rate from what one step does to the weights, since no object holds it."""
        intra, inter = self.engine.threads()
        return Effective(
            optimizer=OPTIMIZER,
            settings={"learning_rate": self.observed_rate()},
            loss=LOSS,
            batch_size=len(self.parts["train"][0]),
            steps_per_epoch=self.steps_per_epoch,
            shuffled=False,
            dtype=str(self.weights[0].dtype),
            **self.engine.place(self.tensors[0]),
            intra_op_threads=intra,
            inter_op_threads=inter,
        )

    def observed_rate(self) -> float:
        """Return the step of the weight with the largest gradient, divided by that gradient.

        It is taken from weights of zero-mean noise, since at the end of a training gradients are too small to see a step.
        """
        x, y = self.parts["train"]
        draw = np.random.default_rng(0)
        before = [
            (draw.standard_normal(weight.shape) * weight.shape[0] ** -0.5).astype(
                self.precision
            )
            for weight in self.weights
        ]
        tensors = [self.engine.tensor(weight) for weight in before]
        _, slope, *_ = self.network.gradients(
            self.engine.tensor(x), self.engine.tensor(y), *tensors
        )
        gradient = self.engine.array(slope).astype(np.float64)
        step, read = self.training.build_descent(
            self.network, x, y, before, self.settings.learning_rate
        )
        step()
        place = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
        moved = float(before[0][place]) - float(read()[0][place])
        return float(f"{moved / gradient[place]:.{RATE_DIGITS}g}")

    def sources(self) -> tuple[Source, ...]:
        """Return the network, the mode and the loop as they ran."""
        return (
            describe_source("Model", self.network),
            describe_source("Training step", self.training),
            describe_source("Training loop", descent),
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return self.engine.versions()
