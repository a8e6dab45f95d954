"""Fetching MNIST from whichever mirror serves it.

What a mirror serves counts for nothing until its content has been verified; only then does a file appear under its name in the cache.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.datasets.base import ProgressCallback
from reportgen.datasets.mnist.formats import Content, Part, UnusableFileError, read_idx, read_npz
from reportgen.datasets.mnist.mirrors import MIRRORS, PROBE_TIMEOUT_S, Mirror, in_short, unreachable
from reportgen.datasets.mnist.places import KERAS_FILE
from reportgen.errors import WordedError
from reportgen.language import marked
from reportgen.records import Sentence

#: A transfer is given up when no byte arrives for so long. In seconds.
STALL_TIMEOUT_S = 15.0

#: A transfer that has not ended by then is given up: it is slower than 20 kB/s, and another mirror may be faster. In seconds.
TRANSFER_TIMEOUT_S = 600.0

#: The largest file in either form has 11.5 million bytes; whatever goes on beyond this is not MNIST. In bytes.
SIZE_LIMIT_BYTES = 64_000_000

#: How much is read between two looks at the clock: little enough that a trickle of bytes does not keep the looks apart. In bytes.
CHUNK_BYTES = 1 << 14


class _EndlessError(WordedError):
    """A transfer that goes on beyond any size that the file could have, or any time that it should take."""


class _TransferError(WordedError):
    """A file that a mirror did not deliver."""


@dataclass(kw_only=True)
class _Progress:
    """What pooch expects of a progress bar, passed on to a callback; also the guard against a file without end."""

    what: str
    callback: ProgressCallback
    deadline: float
    total: int = 0
    done_bytes: int = 0

    def update(self, count: int) -> None:
        self.done_bytes += count
        if self.done_bytes > SIZE_LIMIT_BYTES:
            raise _EndlessError(marked("more than {count:,} bytes"), count=SIZE_LIMIT_BYTES)
        if time.monotonic() > self.deadline:
            raise _EndlessError(marked("not done within {timeout_s:g} s"), timeout_s=TRANSFER_TIMEOUT_S)
        total_bytes = self.total or None
        self.callback(self.what, min(self.done_bytes, total_bytes or self.done_bytes), total_bytes)

    def reset(self) -> None:
        self.done_bytes = 0

    def close(self) -> None:
        """Do nothing: a callback has no end."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a mirror, a file on it, or the folder to write to (``address``) was of no use."""

    address: str
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class Download:
    """What the mirrors yielded: verified ``parts`` by key, the mirrors that served any, and every failure."""

    parts: dict[str, Content] = field(default_factory=dict)
    used: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def fetch(folder: Path, missing: Sequence[Part], progress: ProgressCallback, mirrors: Sequence[Mirror] = MIRRORS) -> Download:
    """Download the ``missing`` parts into ``folder``, each from the first mirror that serves it whole and genuine.

    Raises ``OSError`` where ``folder`` cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress("asking the mirrors of MNIST", 0, None)
    silent = unreachable(mirrors)
    parts: dict[str, Content] = {}
    used: dict[str, None] = {}
    failures: list[Failure] = []
    for mirror in mirrors:
        wanted = [part for part in missing if part.key not in parts]
        if not wanted:
            break
        if mirror.address in silent:
            failures.append(Failure(address=mirror.address, reason=silent[mirror.address]))
            continue
        for part in wanted:
            try:
                parts[part.key] = _fetch_part(folder, mirror, part, progress)
            except (UnusableFileError, _TransferError) as error:
                failures.append(Failure(address=mirror.file_address(part), reason=Sentence.of(error)))
                break
            used[mirror.address] = None
    return Download(parts=parts, used=tuple(used), failures=tuple(failures))


def _fetch_part(folder: Path, mirror: Mirror, part: Part, progress: ProgressCallback) -> Content:
    """Return ``part`` from ``mirror``, after its file has taken its place in ``folder``."""
    address = mirror.file_address(part)
    target = folder / (KERAS_FILE if mirror.form == "npz" else f"{part.idx_name}.gz")
    read: Callable[[Path, Part], Content] = read_npz if mirror.form == "npz" else read_idx
    if mirror.form == "npz" and target.exists():
        try:
            return read(target, part)
        except UnusableFileError:
            target.unlink()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=folder)
    os.close(descriptor)
    partial = Path(name)
    try:
        _transfer(address, partial, progress)
        content = read(partial, part)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return content


def _transfer(address: str, target: Path, progress: ProgressCallback) -> None:
    import pooch
    import requests

    bar = _Progress(what=f"downloading {address}", callback=progress, deadline=time.monotonic() + TRANSFER_TIMEOUT_S)
    downloader = pooch.HTTPDownloader(progressbar=bar, chunk_size=CHUNK_BYTES, timeout=(PROBE_TIMEOUT_S, STALL_TIMEOUT_S))
    try:
        downloader(address, str(target), None)
    except (requests.RequestException, _EndlessError) as error:
        short = in_short(error)
        raise _TransferError(short.sentence, **short.values) from error
