"""Writing files so that a power cut leaves either the old one or the new one, and reading records so that damage is noticed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import marked
from reportgen.records import FileRecord, Record, migrate

AnyRecord = TypeVar("AnyRecord", bound=Record)


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: temporary file in the same folder, flush, fsync, replace. Raises ``OSError`` and leaves no debris."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files for the owner alone; what this program writes follows the umask like any other file.
        temporary.chmod(0o666 & ~current_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def current_umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def is_disk_full(error: BaseException) -> bool:
    """Say whether an error means that there is no room left on the disk, or in the person's share of it."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def write_record(path: Path, record: Record) -> None:
    """Write a record as indented JSON, atomically."""
    write_atomically(path, (record.model_dump_json(indent=1) + "\n").encode())


def read_record(path: Path, kind: type[AnyRecord]) -> AnyRecord:
    """Return the record in ``path``; raises :class:`DamagedRecordError` naming the file when it is missing, truncated or of another form."""
    try:
        data = migrate(json.loads(path.read_bytes()))
        return kind.model_validate_json(json.dumps(data))
    except FileNotFoundError:
        raise DamagedRecordError(marked("{path} is missing."), path=path) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DamagedRecordError(marked("{path} is damaged: {where}: {problem}."), path=path, where=where, problem=first["msg"]) from error
    except json.JSONDecodeError as error:
        said = marked("{path} is damaged: it is no JSON, from line {line}, column {column} on.")
        raise DamagedRecordError(said, path=path, line=error.lineno, column=error.colno) from error
    except (ValueError, AttributeError) as error:
        raise DamagedRecordError(marked("{path} is damaged: {error}."), path=path, error=error) from error


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def describe_file(path: Path, folder: Path) -> FileRecord:
    """Return the record of one file, its path relative to ``folder``."""
    return FileRecord(path=path.relative_to(folder).as_posix(), size_bytes=path.stat().st_size, sha256=digest(path))


def describe_files(path: Path, folder: Path) -> tuple[FileRecord, ...]:
    """Return the records of a file, or of every file below a folder, in order of their paths."""
    paths = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
    return tuple(describe_file(found, folder) for found in paths)


def verify_files(files: tuple[FileRecord, ...], folder: Path) -> None:
    """Raise :class:`DamagedRecordError` for the first file that is missing or is not what was recorded."""
    for file in files:
        path = folder / file.path
        if not path.is_file():
            raise DamagedRecordError(marked("{path} is missing."), path=path)
        if path.stat().st_size != file.size_bytes or digest(path) != file.sha256:
            raise DamagedRecordError(
                marked("{path} is damaged: it is not the file that was recorded (SHA-256 {sha256}...)."), path=path, sha256=file.sha256[:12]
            )


@contextmanager
def appearing_whole(folder: Path, taken: ReportgenError) -> Iterator[Path]:
    """Yield a hidden folder beside ``folder``, which gets that name in one step when the body ends, and is removed when the body fails.

    Raises ``taken`` where ``folder`` is there already, or another process is making it.
    """
    if folder.exists():
        raise taken
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.with_name(f".{folder.name}.building")
    try:
        building.mkdir()
    except FileExistsError:
        raise taken from None
    try:
        yield building
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
