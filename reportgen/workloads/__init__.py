"""WHAT is compared: a folder each, with plain model code for every framework, variable for variable the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.plugins import choose, discover
from reportgen.records import Hyperparameters
from reportgen.workloads.base import Workload
from reportgen.workloads.folder import DESCRIPTION, load_module
from reportgen.workloads.inspection import inspect_description, shown
from reportgen.workloads.mistakes import in_brief, place_in

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
    path = folder / f"{DESCRIPTION}.py"
    described = description(path) if path.is_file() else None
    if described is not None and not isinstance(described, Workload):
        raise ReportgenError(
            f"WORKLOAD in {path} is not a reportgen.workloads.Workload."
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


def description(path: Path) -> object | None:
    """Return the WORKLOAD of a person's ``__init__.py``, which is run for it; raises :class:`ReportgenError` with the line of a mistake in it."""
    inspect_description(path)
    try:
        return getattr(load_module(path.parent, DESCRIPTION), "WORKLOAD", None)
    except Exception as error:
        place = place_in(path.parent, error)
        where = f"{shown(place.path)}, line {place.line}" if place else shown(path)
        raise ReportgenError(f"{where}: {in_brief(error)}") from error
