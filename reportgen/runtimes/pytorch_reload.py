"""PyTorch itself, loading a state dictionary into the workload's model."""

from __future__ import annotations

from pathlib import Path

from reportgen.runtimes.base import ModelContext, OpenModel, Runtime


def open_model(path: Path, threads: int, context: ModelContext) -> OpenModel:
    """Open a state dictionary."""
    from reportgen.frameworks.pytorch.reopen import StateDictionary

    return StateDictionary(path, threads, context.workload, context.image_shape, context.class_count)


RUNTIME = Runtime(name="pytorch", title="PyTorch", distribution="torch", open=open_model)
