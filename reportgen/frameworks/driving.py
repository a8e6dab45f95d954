"""What the programs of all frameworks do alike with a mode: find its functions, and give way to a workload's own."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from reportgen.errors import ReportgenError
from reportgen.frameworks.mode import Mode
from reportgen.language import marked
from reportgen.workloads.base import preferred, preferred_both

#: The name of a call as a reader knows it, and the function (images, batch_size) -> logits that makes it.
Predictor = tuple[str, Callable[[np.ndarray, int], np.ndarray]]
Builder = Callable[..., Any]
# A workload that has one of these has an input pipeline of its own, which every mode must respect.
PIPELINES = ("build_loader", "build_dataset")


def builders(mode: Mode, code: ModuleType) -> tuple[Builder, Builder]:
    """Return what makes the training data of a mode: in an order of its own, and in a given one. A workload's own functions win.

    Raises :class:`ReportgenError` where the workload has an input pipeline of its own and the mode another kind of training data: the mode's
    own would prepare the images in another way.
    """
    own = next((name for name in PIPELINES if hasattr(code, name)), None)
    if own is not None and own != mode.builder and not hasattr(code, mode.builder):
        raise ReportgenError(
            marked(
                "{file} has {own} of its own, so the mode '{name}' needs {builder} there too."
            ),
            file=code.__file__,
            own=own,
            name=mode.name,
            builder=mode.builder,
        )
    data = mode.data_module()
    free = getattr(data, mode.builder)
    ordered = getattr(data, mode.ordered_builder)

    def build_ordered(*arguments: Any, **options: Any) -> Any:
        # Looked for only when it is needed: a workload with a pipeline of its own need not support a shared order.
        return preferred_both(code, free, ordered)(*arguments, **options)

    return preferred(code, free), build_ordered


def predictor(training: ModuleType, model: Any) -> Predictor | None:
    """Return the mode's own way to predict, where it has one."""
    build = getattr(training, "build_predictor", None)
    return None if build is None else build(model)
