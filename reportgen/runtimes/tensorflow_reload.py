"""TensorFlow itself, serving a SavedModel."""

from __future__ import annotations

from pathlib import Path

from reportgen.runtimes.base import ModelContext, OpenModel, Runtime


def open_model(path: Path, threads: int, context: ModelContext) -> OpenModel:  # noqa: ARG001
    """Open a SavedModel folder."""
    from reportgen.frameworks.tensorflow.reopen import SavedModel

    return SavedModel(path, threads)


RUNTIME = Runtime(name="tensorflow", title="TensorFlow", distribution="tensorflow", suffixes=("",), open=open_model)
