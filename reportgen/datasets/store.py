"""A data set on disk in the form that a measuring process opens fastest: one ``.npy`` file per array, and ``dataset.json`` beside them.

The parent stores the arrays once; every trial opens them with numpy alone, so that no trial pays for decompression, for a download or
for the import of scikit-learn, and all trials read the same bytes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from reportgen.datasets.base import ARRAY_NAMES, Arrays, Dataset
from reportgen.datasets.cache import CACHE_VARIABLE, cache_folder
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import marked
from reportgen.records import Record, Sentence, made

SCHEMA_VERSION = 1
MANIFEST = "dataset.json"

#: What a process left half-written when it was killed is cleared away once no process can still be writing it. In seconds.
ABANDONED_AFTER_S = 3600.0


class StoredArray(Record):
    """One array of the folder: its file, the size of that file, and what numpy must find in it."""

    file: str
    size_bytes: int
    dtype: str
    shape: tuple[int, ...]


class Manifest(Record):
    """``dataset.json``: which data the folder holds. Written last, into a folder that appears under its name only when complete."""

    schema_version: int = SCHEMA_VERSION
    name: str
    digest: str
    class_names: tuple[str, ...]
    arrays: dict[str, StoredArray]


def stored_folder(dataset: Dataset) -> Path:
    """Return where the arrays of ``dataset`` belong in this user's cache: a folder named by their digest."""
    return cache_folder() / "arrays" / dataset.digest


def store(dataset: Dataset, folder: Path) -> Path:
    """Make sure that ``folder`` holds the arrays of ``dataset``, and return it.

    A folder that already does is left alone; a damaged one is replaced. The folder appears whole or not at all, and two processes may
    store the same data at once. Raises :class:`ReportgenError` where it cannot be written.
    """
    if _is_intact(folder, dataset.digest):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{folder.name[:12]}-"
        _clear_abandoned(folder.parent, prefix)
        building = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
        try:
            _write(dataset, building)
            _put_in_place(building, folder, dataset.digest)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise ReportgenError(
            marked(
                "The data set '{name}' cannot be stored in {folder}: {error}. Make room or make it writable, or set {variable} to another folder."
            ),
            name=dataset.name,
            folder=folder,
            error=error.strerror or error,
            variable=CACHE_VARIABLE,
        ) from error
    return folder


def open_arrays(folder: Path, digest: str) -> Arrays:
    """Return the arrays stored in ``folder``, read into memory and verified against ``digest``.

    The whole SHA-256 is checked: about 0.03 s for MNIST, against many seconds of training on the wrong bytes.
    Raises :class:`DamagedRecordError` where anything differs.
    """
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        opened: dict[str, Any] = {name: _open_array(folder, manifest.arrays[name]) for name in ARRAY_NAMES}
        arrays = Arrays(class_names=manifest.class_names, **opened)
    except (OSError, ValidationError, ValueError, KeyError, EOFError) as error:
        raise _damaged(folder, Sentence.of(error)) from error
    if arrays.digest != digest:
        raise _damaged(folder, made(marked("its content has the digest {found}, and {wanted} is wanted"), found=arrays.digest, wanted=digest))
    return arrays


def _open_array(folder: Path, stored: StoredArray) -> NDArray[np.generic]:
    path = folder / stored.file
    size_bytes = path.stat().st_size
    if size_bytes != stored.size_bytes:
        said = marked("{file} has {found} bytes instead of {wanted}")
        raise _damaged(folder, made(said, file=stored.file, found=size_bytes, wanted=stored.size_bytes))
    array: NDArray[np.generic] = np.load(path, allow_pickle=False)
    if array.dtype.str != stored.dtype or array.shape != stored.shape:
        said = marked("{file} holds {found} of shape {shape} instead of {wanted} of shape {wanted_shape}")
        facts = {"found": array.dtype.str, "shape": array.shape, "wanted": stored.dtype, "wanted_shape": stored.shape}
        raise _damaged(folder, made(said, file=stored.file, **facts))
    return array


def _damaged(folder: Path, reason: Sentence) -> DamagedRecordError:
    return DamagedRecordError(
        marked("The stored data set in {folder} cannot be used: {reason}. Start the run again: it is then stored anew."), folder=folder, reason=reason
    )


def _is_intact(folder: Path, digest: str) -> bool:
    try:
        open_arrays(folder, digest)
    except DamagedRecordError:
        return False
    return True


def _clear_abandoned(parent: Path, prefix: str) -> None:
    for path in parent.glob(f"{prefix}*"):
        if time.time() - path.stat().st_mtime > ABANDONED_AFTER_S:
            shutil.rmtree(path, ignore_errors=True)


def _write(dataset: Dataset, folder: Path) -> None:
    arrays: dict[str, StoredArray] = {}
    for name in ARRAY_NAMES:
        array = np.ascontiguousarray(getattr(dataset, name))
        path = folder / f"{name}.npy"
        with path.open("wb") as file:
            np.save(file, array, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
        arrays[name] = StoredArray(file=path.name, size_bytes=path.stat().st_size, dtype=array.dtype.str, shape=array.shape)
    manifest = Manifest(name=dataset.name, digest=dataset.digest, class_names=dataset.class_names, arrays=arrays)
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(building: Path, folder: Path, digest: str) -> None:
    """Rename ``building`` to ``folder``. What lies there is damaged and goes, unless another process has just stored the same data."""
    building.chmod(0o755)
    if folder.exists() and not _is_intact(folder, digest):
        shutil.rmtree(folder)
    try:
        building.replace(folder)
    except OSError:
        if not _is_intact(folder, digest):
            raise
