"""Where MNIST may already lie on this machine, and what is found in each of these folders.

A file that does not hold the published content is named and passed over, and the search goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.datasets.cache import cache_folder
from reportgen.datasets.mnist.formats import PARTS, Content, Part, UnusableFileError, read_idx, read_npz
from reportgen.records import Sentence, made

#: The folder in which a person keeps data for this program.
DATA_VARIABLE = "REPORTGEN_DATA"

KERAS_FILE = "mnist.npz"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one folder held: ``parts`` by key, a line on each unusable file, and which parts are missing."""

    folder: Path
    parts: dict[str, Content] = field(default_factory=dict)
    damaged: tuple[Sentence, ...] = ()

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts of which the folder holds no genuine copy."""
        return tuple(part for part in PARTS if part.key not in self.parts)

    @property
    def outcome(self) -> str:
        """What a person should know about the search in this folder, as the end of a sentence."""
        if not _is_folder(self.folder):
            return "no such folder"
        if len(self.missing) == len(PARTS):
            return "damaged files only" if self.damaged else "no MNIST file"
        return "lacks " + ", ".join(part.idx_name for part in self.missing)


def download_folder() -> Path:
    """Return the folder of this user's cache that downloaded files are kept in."""
    return cache_folder() / "mnist"


def places() -> tuple[Path, ...]:
    """Return the folders to search, in order: the person's own data first, then what other programs and earlier downloads left."""
    found: list[Path] = []
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        data = Path(chosen).expanduser().absolute()
        found += [data / "mnist", data, data / "MNIST" / "raw", data / "mnist" / "MNIST" / "raw"]
    keras = os.environ.get("KERAS_HOME")
    found.append((Path(keras).expanduser().absolute() if keras else _home() / ".keras") / "datasets")
    found.append(download_folder())
    return tuple(found)


def search(folder: Path) -> Finding:
    """Return every genuine part in ``folder``, and a line on every file that has the name of a part and not its content."""
    parts: dict[str, Content] = {}
    damaged: dict[Sentence, None] = {}
    for part in PARTS:
        for path in _candidates(folder, part):
            try:
                parts[part.key] = read_npz(path, part) if path.name == KERAS_FILE else read_idx(path, part)
            except UnusableFileError as error:
                damaged[made("{path}: {error}", path=path, error=error)] = None
            else:
                break
    return Finding(folder=folder, parts=parts, damaged=tuple(damaged))


def _candidates(folder: Path, part: Part) -> Iterator[Path]:
    """Yield the files in ``folder`` that should hold ``part``: with a hyphen or a dot before ``idx``, plain, zipped, or unpacked into a folder."""
    for name in (part.idx_name, part.idx_name.replace("-idx", ".idx")):
        for path in (folder / name, folder / f"{name}.gz", folder / name / name):
            if _is_file(path):
                yield path
    if _is_file(folder / KERAS_FILE):
        yield folder / KERAS_FILE


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a folder that may not be entered holds nothing."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _home() -> Path:
    """Return the home folder; where a container defines none, a relative path, which then simply holds nothing."""
    try:
        return Path.home()
    except RuntimeError:
        return Path()
