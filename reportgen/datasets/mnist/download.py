"""Fetching MNIST from whichever mirror answers, without keeping a machine waiting that has no network.

What a mirror serves counts for nothing until its content has been verified; only then does a file appear under its name in the cache.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportgen.datasets.base import ProgressCallback
from reportgen.datasets.mnist.formats import PARTS, Content, Part, UnusableFileError, read_idx, read_npz
from reportgen.datasets.mnist.places import KERAS_FILE

#: A mirror that has not answered a request for headers by then is passed over. All are asked at once, so this is all that a machine
#: without a network waits: it bounds name resolution too, which no time-out of an HTTP library does. In seconds.
PROBE_TIMEOUT_S = 3.0

#: A transfer is given up when no byte arrives for so long. In seconds.
STALL_TIMEOUT_S = 15.0

#: The largest file in either form has 11.5 million bytes; whatever goes on beyond this is not MNIST. In bytes.
SIZE_LIMIT_BYTES = 64_000_000

CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """A place on the network: four gzip-compressed IDX files under ``address``, or Keras' single file at it."""

    address: str
    form: Literal["idx", "npz"]

    def file_address(self, part: Part) -> str:
        """Return the address of the file that holds ``part``."""
        return self.address if self.form == "npz" else f"{self.address}{part.idx_name}.gz"


MIRRORS = (
    Mirror(address="https://ossci-datasets.s3.amazonaws.com/mnist/", form="idx"),
    Mirror(address="https://storage.googleapis.com/cvdf-datasets/mnist/", form="idx"),
    Mirror(address="https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz", form="npz"),
)


class _TooLargeError(Exception):
    """A transfer that goes on beyond any size that the file could have."""


class _TransferError(Exception):
    """A file that a mirror did not deliver."""


@dataclass(kw_only=True)
class _Progress:
    """What pooch expects of a progress bar, passed on to a callback; also the guard against a file without end."""

    what: str
    callback: ProgressCallback
    total: int = 0
    done_bytes: int = 0

    def update(self, count: int) -> None:
        self.done_bytes += count
        if self.done_bytes > SIZE_LIMIT_BYTES:
            raise _TooLargeError(f"more than {SIZE_LIMIT_BYTES:,} bytes")
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
    reason: str


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
    silent = _unreachable(mirrors)
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
                failures.append(Failure(address=mirror.file_address(part), reason=str(error)))
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

    bar = _Progress(what=f"downloading {address}", callback=progress)
    downloader = pooch.HTTPDownloader(progressbar=bar, chunk_size=CHUNK_BYTES, timeout=(PROBE_TIMEOUT_S, STALL_TIMEOUT_S))
    try:
        downloader(address, str(target), None)
    except (requests.RequestException, _TooLargeError) as error:
        raise _TransferError(_in_short(error)) from error


def _unreachable(mirrors: Sequence[Mirror]) -> dict[str, str]:
    """Return, by address, why mirrors are passed over: those that did not answer a request for headers in time.

    The threads are daemons: one that hangs in name resolution does not keep the program from ending.
    """
    answers: dict[str, str | None] = {}
    threads = [threading.Thread(target=_probe, args=(mirror, answers), daemon=True) for mirror in mirrors]
    deadline = time.monotonic() + PROBE_TIMEOUT_S
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    waited = f"no answer within {PROBE_TIMEOUT_S:g} s"
    heard = dict(answers)
    return {mirror.address: reason for mirror in mirrors if (reason := heard.get(mirror.address, waited)) is not None}


def _probe(mirror: Mirror, answers: dict[str, str | None]) -> None:
    import requests

    try:
        # Any answer will do: whether the file itself is there is seen when it is fetched.
        requests.head(mirror.file_address(PARTS[0]), timeout=PROBE_TIMEOUT_S, allow_redirects=True).close()
    except requests.RequestException as error:
        answers[mirror.address] = _in_short(error)
    else:
        answers[mirror.address] = None


def _in_short(error: Exception) -> str:
    """Return what a person needs of a network library's error, which otherwise nests five deep."""
    import requests

    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text:
        return "its name cannot be resolved"
    if "refused" in text.lower():
        return "connection refused"
    if isinstance(error, requests.exceptions.SSLError):
        return "no trusted connection (TLS)"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"it answers {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy cannot be reached"
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "the connection broke"
    return text or type(error).__name__
