"""WHAT is compared: a folder each, with plain model code for every framework, variable for variable the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.plugins import choose, discover
from reportgen.records import Hyperparameters
from reportgen.workloads.base import Workload
from reportgen.workloads.folder import load_module

__all__ = ["Workload", "find", "names"]

# What most courses begin with; a folder that wants others says so in its own WORKLOAD.
FOLDER_HYPERPARAMETERS = Hyperparameters(epochs=5, batch_size=32, learning_rate=0.001)


def members() -> dict[str, Workload]:
    """Return every workload by name."""
    return discover("reportgen.workloads", "WORKLOAD", Workload)


def names() -> tuple[str, ...]:
    """Return the names that ``--workload`` accepts beside the path of a folder."""
    return tuple(members())


def find(name: str) -> Workload:
    """Return the workload called ``name``, or that in the folder of this path.

    Raises :class:`~reportgen.errors.ReportgenError` with the accepted names.
    """
    known = members()
    if name and name not in known and Path(name).expanduser().is_dir():
        return in_folder(Path(name).expanduser().resolve())
    if name not in known and ("/" in name or "\\" in name):
        raise ReportgenError(
            f"There is no workload folder {name!r}. Give the path of a folder, or one of the names: {', '.join(sorted(known))}."
        )
    return choose(known, name, "workload")


def in_folder(folder: Path) -> Workload:
    """Return the workload in a person's own folder: the WORKLOAD of its ``__init__.py``, or, without that, one named after the folder."""
    described = (
        getattr(load_module(folder, "__init__"), "WORKLOAD", None)
        if (folder / "__init__.py").is_file()
        else None
    )
    if described is not None and not isinstance(described, Workload):
        raise ReportgenError(
            f"WORKLOAD in {folder / '__init__.py'} is not a reportgen.workloads.Workload."
        )
    if described is None and not any(folder.glob("*.py")):
        raise ReportgenError(
            f"The folder {folder} is no workload: it holds neither tensorflow.py nor pytorch.py."
        )
    title = folder.name.replace("_", " ").replace("-", " ").capitalize()
    workload = described or Workload(
        name=folder.name,
        title=title,
        description="",
        task="classification",
        hyperparameters=FOLDER_HYPERPARAMETERS,
    )
    return replace(workload, folder=folder)
