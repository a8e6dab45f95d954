"""What a workload is: a task, its hyperparameters, and where the model code of each framework lies."""

from __future__ import annotations

import hashlib
import inspect
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from reportgen.records import Hyperparameters, Source


@dataclass(frozen=True, kw_only=True)
class Workload:
    """One thing that is compared.

    ``package`` holds a module per framework (``tensorflow``, ``pytorch``), each offering the same functions:

    * ``build_model(input_shape, class_count)``: the network, returning logits; ``input_shape`` is (height, width, channels);
    * ``build_optimizer(...)``: the optimiser with the given :class:`~reportgen.records.Hyperparameters`;
    * ``build_loss()``: the loss, taking logits and integer labels.
    """

    name: str
    title: str
    description: str
    task: str
    package: str
    hyperparameters: Hyperparameters

    def code(self, framework: str) -> ModuleType:
        """Import and return the module of this workload for ``framework``; only a child process of that framework calls this."""
        return import_module(f"{self.package}.{framework}")


def describe_source(title: str, module: ModuleType) -> Source:
    """Return the source of a loaded module with its digest: what ran is what is printed."""
    text = inspect.getsource(module)
    return Source(
        title=title,
        module=module.__name__,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
