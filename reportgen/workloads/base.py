"""What a workload is: a task, its hyperparameters, and where the model code of each framework lies."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, cast

from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.records import Hyperparameters, Source, Task
from reportgen.workloads.folder import load_module

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, kw_only=True)
class Workload:
    """One thing that is compared.

    ``package`` holds a module per framework (``tensorflow``, ``pytorch``; ``tensorflow_module`` for the model in plain TensorFlow), each offering
    the same functions:

    * ``build_model(input_shape, class_count)``: the network, returning logits; ``input_shape`` is (height, width, channels);
    * ``build_optimizer(...)``: the optimiser with the given :class:`~reportgen.records.Hyperparameters`;
    * ``build_loss()``: the loss, taking logits and integer labels.

    ``tensorflow_module`` is the same network without Keras layers, with the same functions; its model has ``trainable_variables`` in the order
    and the layout of the Keras model's.

    Each module may offer ``build_augmentation()``: what changes training images at random, and these alone. In TensorFlow it is called on a batch of
    images float32 in [0, 1], with ``training=True``; in PyTorch on one image (PIL or float32), as torchvision's transforms are, and where it has
    a method ``batch``, modes that hold their data in memory call that on a batch of images float32 (batch, channels, height, width).

    It may also offer functions that the framework's program has of its own; the program then uses the workload's (see :func:`preferred`):

    * ``build_loader`` (PyTorch) or ``build_dataset`` (TensorFlow): the input pipeline, and for a shared start ``build_ordered_loader`` or
      ``build_ordered_dataset``; for modes that hold their data in memory ``build_arrays`` and ``build_ordered_arrays``;
    * ``predict_batches``: the logits of the test images, from that pipeline;
    * ``set_threads``: how the number of threads is fixed;
    * ``import_weights``: how weights in TensorFlow's layout are put into the model.

    ``modes`` names, for each framework, the modes that the workload supports, the idiomatic one first, and ``tuned`` the fastest of them that
    computes the same mathematics. A framework that is missing there is driven as :mod:`reportgen.modes` says of workloads in general.

    A workload of modes that are ``by_hand`` offers other functions instead, on arrays alone: ``initial_weights(input_count, output_count)``,
    ``predict(x, *weights)``, ``gradients(x, y, *weights)`` (the loss and a gradient for each weight) and ``descend(x, y, *weights,
    learning_rate)``, which takes one step in place and returns the loss before it; ``steps_per_epoch`` says how many are called an epoch.

    ``dataset`` names the data that it is made for, where any others would not do; images need at least ``least_side`` rows and columns. A
    person's own workload lies in ``folder`` instead of a package.
    """

    name: str
    title: str
    description: str
    task: Task
    package: str = ""
    hyperparameters: Hyperparameters
    dataset: str = ""
    steps_per_epoch: int = 0
    modes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tuned: Mapping[str, str] = field(default_factory=dict)
    least_side: int = 1
    folder: Path | None = None

    @property
    def reference(self) -> str:
        """What a plan names the workload by: its name, or the absolute path of its folder."""
        return self.name if self.folder is None else str(self.folder)

    def check_images(self, shape: Sequence[int]) -> None:
        """Raise :class:`ReportgenError` where images of ``shape`` (height, width, ...) are too small for the network."""
        if min(shape[:2]) < self.least_side:
            size = " x ".join(str(side) for side in shape[:2])
            raise ReportgenError(
                marked(
                    "The workload '{name}' takes images of at least {least_side} x {least_side} pixels, and these have {size}. "
                    "Choose another workload, or enlarge the images."
                ),
                name=self.name,
                least_side=self.least_side,
                size=size,
            )

    def code(self, name: str) -> ModuleType:
        """Import and return the module called ``name`` of this workload; only a child process of its framework calls this."""
        if self.folder is not None:
            return load_module(self.folder, name)
        return import_module(f"{self.package}.{name}")

    def code_path(self, name: str) -> Path | None:
        """Return where the module called ``name`` lies, or ``None`` where there is none; nothing of it is imported."""
        if self.folder is not None:
            path = self.folder / f"{name}.py"
            return path if path.is_file() else None
        found = find_spec(f"{self.package}.{name}")
        return Path(found.origin) if found and found.origin else None


def preferred(code: ModuleType, own: Function) -> Function:
    """Return the workload's function where ``code`` has one of the name of ``own``, else ``own``."""
    return cast(Function, getattr(code, own.__name__, own))


def preferred_both(
    code: ModuleType, free: Callable[..., object], ordered: Function
) -> Function:
    """Return what :func:`preferred` says of ``ordered``, which goes with ``free``: a workload with its own pipeline must bring both.

    Raises :class:`ReportgenError` where it brings ``free`` alone, since the program's own would then scale the images in another way.
    """
    if hasattr(code, free.__name__) and not hasattr(code, ordered.__name__):
        raise ReportgenError(
            marked(
                "{file} has {own} of its own, so a shared start needs {needed} there too."
            ),
            file=code.__file__,
            own=free.__name__,
            needed=ordered.__name__,
        )
    return preferred(code, ordered)


def augmentation_of(code: ModuleType) -> Callable[..., Any] | None:
    """Return a new augmentation of training images as the workload has it, or ``None`` where these stay as they are."""
    build = getattr(code, "build_augmentation", None)
    return None if build is None else build()


def describe_source(title: str, module: ModuleType) -> Source:
    """Return the source of a loaded module with its digest: what ran is what is printed."""
    text = inspect.getsource(module)
    return Source(
        title=title,
        module=module.__name__,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
