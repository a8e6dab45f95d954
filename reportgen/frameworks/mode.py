"""What a mode is: one way of driving a framework, described without importing it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@dataclass(frozen=True, kw_only=True)
class Mode:
    """One way of driving a framework: a package in the framework's ``modes`` room, whose ``__init__.py`` holds this as ``MODE``.

    ``package`` is that package's own name (``__name__``). It offers, each a module that a child process imports and that a report prints:

    * ``training``: ``train(model, optimizer, loss, training_data, validation_data, epochs, watch)``, which tells the stopwatch what happens
      when (see :class:`reportgen.runner.stopwatch.Stopwatch`), and ``predict_batches(model, data)``, the logits; where it has a
      ``build_predictor(model)``, that returns the name of a call and the function (images, batch_size) -> logits that inference is timed with;
      where it has ``prepare(optimizer)``, that is called once after the optimiser was built;
    * ``data``, or the module that is named here: two functions that make the training data, ``builder`` and ``ordered_builder``. What they
      return can be iterated over, batch after batch, in a new order at every pass where it is shuffled;
    * ``profiling``, where the mode has a profile: ``passes(model, optimizer, loss, training_data)``.

    ``code`` is the file of a workload that holds the model for this mode. ``builder`` names a function that a workload may have of its own.
    ``compiles`` says that something is compiled before the first epoch, which is a phase of its own and no part of the training time.
    ``needs_compiler`` says that the system's C++ compiler does that; where there is none, such a mode is nobody's fastest.
    ``imports`` are libraries that this mode needs beside the framework itself; a process from which its trials are forked imports them at once.
    ``program`` and ``probe`` name, as module:function, what a child process loads instead of the framework's own: for workloads that write their
    steps out. Such a mode's ``training`` has ``build_descent(network, samples, targets, weights, learning_rate)`` alone, and needs no ``data``.
    A person types a name alone: where two frameworks have a mode of the same name, both are meant.
    """

    name: str
    title: str
    framework: str
    description: str
    code: str
    package: str
    builder: str = ""
    data: str = ""
    compiles: bool = False
    needs_compiler: bool = False
    imports: tuple[str, ...] = ()
    program: str = ""
    probe: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether the mode is for workloads that write their steps out, and have no model object."""
        return bool(self.program)

    @property
    def ordered_builder(self) -> str:
        """The function that makes training data in an order that is shared with other programs."""
        return self.builder.replace("build_", "build_ordered_", 1)

    @property
    def has_profile(self) -> bool:
        """Whether the mode can take its epoch apart; found without importing the framework."""
        return find_spec(f"{self.package}.profiling") is not None

    def training_module(self) -> ModuleType:
        """Import and return the training program; only a child process of the framework calls this."""
        return import_module(f"{self.package}.training")

    def data_module(self) -> ModuleType:
        """Import and return what makes the training data; only a child process of the framework calls this."""
        return import_module(self.data or f"{self.package}.data")

    def profiling_module(self) -> ModuleType:
        """Import and return the passes of the profile; only a child process of the framework calls this."""
        return import_module(f"{self.package}.profiling")
