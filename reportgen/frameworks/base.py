"""What a framework is to the rest of the program: a description that costs nothing, and a program that a child process loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, Protocol

import numpy as np

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.recipe import Recipe
from reportgen.parity.probe import ProbeFactory
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Layer,
    Parameter,
    Source,
)
from reportgen.runner.device import Device
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import Workload

# Whether a new order is drawn every epoch is seen from the labels of this many batches in two passes: hundreds of labels never agree by chance.
PROBED_BATCHES = 20

Layout = Literal["channels_last", "channels_first"]
#: Training data as a mode has them: batches of images and labels, in the framework's own tensors.
Batches = Iterable[tuple[Any, Any]]


class Program(Protocol):
    """One framework's program for one workload, one mode and one seed, as a training process drives it, from top to bottom."""

    layout: Layout
    #: Where the model computes, as clocks see it.
    device: Device

    def load_data(
        self, arrays: Arrays, order: SharedOrder | None = None, augment: bool = True
    ) -> None:
        """Bring the arrays (uint8 images, channels last) into the framework's own input pipeline.

        Without an ``order``, training images come in one that the framework draws itself, anew every epoch. With ``augment``, they go through
        the workload's augmentation, if it has one.
        """

    def build(self) -> None:
        """Make the model with fresh initial weights, the optimiser and the loss."""

    def export_weights(self) -> list[np.ndarray]:
        """Return the trainable arrays in TensorFlow's layout."""

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Set the trainable arrays, given in TensorFlow's layout; :meth:`parameters` then describes these."""

    def train_model(self, watch: Stopwatch) -> None:
        """Train for the given number of epochs, validating after each, and telling ``watch`` when what happens."""

    def passes(self) -> Mapping[str, Callable[[], None]]:
        """Return passes over the training data for a profile; only where the mode :attr:`~Mode.has_profile`.

        They ``read`` the batches; ``differentiate`` too; ``update`` too; and the ``program`` is one epoch as it is measured.
        """

    def evaluate(self) -> np.ndarray:
        """Return the logits float32 (test images, classes), through the framework's own input pipeline, in evaluation mode."""

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return the logits for scaled images float32 in memory, in the framework's layout, in batches of ``batch_size``."""

    def call_name(self) -> str:
        """Return the framework's call that :meth:`predict` makes, as a reader knows it."""

    def layers(self) -> tuple[Layer, ...]:
        """Describe the model layer by layer."""

    def parameters(self) -> tuple[Parameter, ...]:
        """Describe every trainable array as it was before training."""

    def effective(self) -> Effective:
        """Read back what was really used, from the framework's own objects."""

    def sources(self) -> tuple[Source, ...]:
        """Return the code that ran: the model, and the training program."""

    def versions(self) -> dict[str, str]:
        """Return the versions that the loaded libraries say of themselves, and the precise build."""

    @property
    def model(self) -> Any:
        """The framework's model object, for its exporters."""


class ProgramFactory(Protocol):
    """How a child process obtains a program; importing the module that holds it imports the framework."""

    def __call__(
        self,
        *,
        workload: Workload,
        mode: Mode,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
        device: DeviceKind = "cpu",
    ) -> Program:
        """Return a program that has loaded nothing and built nothing yet."""


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A framework's description. ``program``, ``parity`` and ``devices`` name the module and the function that a child process loads.

    ``devices`` returns the names of the CUDA devices on which the framework really computes. ``imported_later`` are modules of the framework that
    it imports by itself when it is first used: a process from which trials are forked imports them at once, without using them. ``recipe`` names
    the lines that a program of its own needs, see :class:`reportgen.frameworks.recipe.Recipe`; without one, none can be handed in.
    """

    name: str
    title: str
    distribution: str
    program: str
    parity: str
    devices: str
    recipe: str = ""
    imported_later: tuple[str, ...] = ()

    def load(self, mode: Mode | None = None) -> ProgramFactory:
        """Import the framework and return its program factory, or that of a mode that has its own. Only a child process calls this."""
        own = "" if mode is None else mode.program
        factory: ProgramFactory = named_function(own or self.program)
        return factory

    def load_parity(self, mode: Mode) -> ProbeFactory:
        """Import the framework and return the factory of its probe for parity trials. Only a child process calls this."""
        factory: ProbeFactory = named_function(mode.probe or self.parity)
        return factory

    def load_recipe(self) -> Recipe | None:
        """Return the lines that a program of its own needs, where there are any; the framework is not imported."""
        recipe: Recipe | None = named_function(self.recipe) if self.recipe else None
        return recipe

    def load_devices(self) -> Callable[[], tuple[str, ...]]:
        """Import the framework and return its function that looks for CUDA devices. Only a child process calls this."""
        function: Callable[[], tuple[str, ...]] = named_function(self.devices)
        return function


def named_function(name: str) -> Any:
    """Import a module and return a function of it, given as "module:function"."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)
