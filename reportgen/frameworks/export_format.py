"""What an export format is: a way out of a framework, described without importing it, and what an exporter is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np

from reportgen.errors import WordedError
from reportgen.frameworks.base import Layout
from reportgen.language import marked
from reportgen.workloads.base import Workload

#: Where a file has room for the card that says what it is: as a member of a zip archive, beside the graph of a SavedModel, as a property of an
#: ONNX graph, as runtime information of an OpenVINO graph, or nowhere.
Room = Literal["zip", "folder", "onnx", "openvino", "none"]


class NotAvailableError(WordedError):
    """A format cannot be written from this model, or on this machine; the message says why. It is tried anew at every export."""


def need(package: str) -> None:
    """Raise :class:`NotAvailableError` unless a package that comes as an extra of this program is installed."""
    if find_spec(package) is None:
        raise NotAvailableError(
            marked(
                "the package {package} is not installed; it comes with: pip install 'reportgen[{package}]'"
            ),
            package=package,
        )


@dataclass(frozen=True, kw_only=True)
class ExportSource:
    """What an exporter may need beside the model object.

    ``image_shape`` is (height, width, channels). ``calibration_images()`` returns scaled training images float32 in the framework's own layout, for
    the range of whatever is computed from them; never test images. ``weights()`` returns the trainable arrays in TensorFlow's layout.
    """

    workload: Workload
    image_shape: tuple[int, ...]
    class_count: int
    calibration_images: Callable[[], np.ndarray]
    weights: Callable[[], list[np.ndarray]]


@dataclass(frozen=True, kw_only=True)
class ExportFormat:
    """A way out of a framework: how a model is written, and which runtime opens it again.

    ``export(model, path, source)`` writes the model to ``path`` (a file or a folder); it raises :class:`NotAvailableError` where that cannot be done.
    ``precision`` is that of the weights, and of the computation where the title says no more. ``weight_bytes`` is the storage of one weight, for the
    check that the weights really are in the file. ``fault(path)`` looks for what a converter is known to do wrong without a word, and returns it.
    A format that is ``repeated`` is exported in every block that exports; the others, of which a study has many, in the first of them.
    """

    name: str
    title: str
    framework: str
    precision: str
    file_name: str
    runtime: str
    layout: Layout
    weight_bytes: float
    room: Room
    export: Callable[[Any, Path, ExportSource], None]
    fault: Callable[[Path], str | None] = lambda _: None
    repeated: bool = False


@contextmanager
def on_the_way(
    export: Callable[[Any, Path, ExportSource], None], model: Any, source: ExportSource
) -> Iterator[Path]:
    """Yield the model as ``export`` writes it, a file that another format is made from and that is then gone."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "float32.onnx")
        export(model, path, source)
        yield path
