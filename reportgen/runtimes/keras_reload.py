"""Keras itself, reloading its own file."""

from __future__ import annotations

from pathlib import Path

from reportgen.runtimes.base import ModelContext, OpenModel, Runtime


def open_model(path: Path, threads: int, context: ModelContext) -> OpenModel:  # noqa: ARG001
    """Open a ``.keras`` file."""
    from reportgen.frameworks.tensorflow.reopen import KerasFile

    return KerasFile(path, threads)


RUNTIME = Runtime(name="keras", title="Keras", distribution="keras", suffixes=(".keras",), open=open_model)
