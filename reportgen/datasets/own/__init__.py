"""A person's own data: an ``.npz`` file, or a folder of images by class, given as a path where a name of a data set is accepted too."""

from __future__ import annotations

from pathlib import Path

from reportgen.datasets.base import Dataset, ProgressCallback
from reportgen.errors import ReportgenError

#: What a workload's folder may carry, in the order in which it is looked for.
CARRIED = ("data.npz", "data")

SUFFIX = ".npz"


def is_there(name: str | Path) -> bool:
    """Tell whether ``name`` is the path of a file or folder; a name that none can have is not."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def carried_by(folder: Path) -> Path | None:
    """Return the data that a workload's folder brings along, or ``None``."""
    return next((folder / name for name in CARRIED if (folder / name).exists()), None)


def read(path: Path, progress: ProgressCallback) -> Dataset:
    """Read, check and return the data at ``path``; raises :class:`ReportgenError` that says what is wrong with them, and what to do."""
    # Here and not above: every process that measures imports this room, and none of them reads raw data.
    from reportgen.datasets.own.assemble import assemble
    from reportgen.datasets.own.description import read_description

    path = path.resolve()
    if path.is_dir():
        from reportgen.datasets.own.folder import read_folder

        description = read_description(path)
        return assemble(path, read_folder(path, description, progress), description)
    if path.suffix.lower() == SUFFIX and path.is_file():
        from reportgen.datasets.own.npz import read_npz

        description = read_description(path.parent)
        progress(f"reading {path.name}", 0, None)
        return assemble(path, read_npz(path, description), description)
    if not is_there(path):
        raise ReportgenError(f"{path}: there is no such data. Bring it back, or correct the path.")
    raise ReportgenError(f"{path}: data are an .npz file or a folder of images by class, and this is neither. docs/datasets.md describes both.")
