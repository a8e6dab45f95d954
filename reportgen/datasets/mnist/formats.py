"""The two forms in which MNIST is passed around, and the one proof that either is genuine.

The four IDX files differ in their gzip wrapping from mirror to mirror, and Keras publishes the same arrays as one ``.npz`` file. What never
differs is the decompressed IDX content; so whatever the form, it is brought to IDX bytes and its SHA-256 is compared with the constants here.
"""

from __future__ import annotations

import gzip
import hashlib
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import WordedError
from reportgen.language import marked

Content = NDArray[np.uint8]

#: Third byte of an IDX file: the type code of unsigned bytes. The fourth is the number of dimensions.
UNSIGNED_BYTE = 0x08


class UnusableFileError(WordedError):
    """A file that is there but is not the published data: its message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the four arrays: the stem of its IDX file, its key in Keras' file, its shape, the SHA-256 of the decompressed IDX content."""

    key: str
    stem: str
    shape: tuple[int, ...]
    sha256: str

    @property
    def idx_name(self) -> str:
        """The published name of the decompressed file."""
        return f"{self.stem}-idx{len(self.shape)}-ubyte"

    @property
    def header(self) -> bytes:
        """The header of the IDX file: magic number, then each dimension as a big-endian 32-bit number."""
        return struct.pack(f">BBBB{len(self.shape)}I", 0, 0, UNSIGNED_BYTE, len(self.shape), *self.shape)

    @property
    def size_bytes(self) -> int:
        """Size of the decompressed IDX file."""
        size_bytes = len(self.header)
        return size_bytes + int(np.prod(self.shape))


#: Taken from files whose decompressed content has the MD5 sums published with the data set.
PARTS = (
    Part(
        key="x_train",
        stem="train-images",
        shape=(60_000, 28, 28),
        sha256="ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    Part(
        key="y_train",
        stem="train-labels",
        shape=(60_000,),
        sha256="65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    Part(
        key="x_test",
        stem="t10k-images",
        shape=(10_000, 28, 28),
        sha256="0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    Part(
        key="y_test",
        stem="t10k-labels",
        shape=(10_000,),
        sha256="ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)


def read_idx(path: Path, part: Part) -> Content:
    """Return ``part`` from an IDX file, plain or gzip-compressed; raises :class:`UnusableFileError` unless its content is the published one."""
    try:
        with path.open("rb") as file:
            compressed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if compressed else path.open("rb") as file:
            # One byte more than a genuine file has: enough to notice a longer one, and no more memory than that.
            content = file.read(part.size_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(error) from error
    if len(content) != part.size_bytes:
        more = marked("its content has more than {wanted:,} bytes")
        fewer = marked("its content has {found:,} bytes instead of {wanted:,}")
        raise UnusableFileError(more if len(content) > part.size_bytes else fewer, found=len(content), wanted=part.size_bytes)
    return _verified(content, part)


def read_npz(path: Path, part: Part) -> Content:
    """Return ``part`` from Keras' ``mnist.npz``; raises :class:`UnusableFileError` unless its content is the published one."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            array = arrays[part.key]
    except KeyError as error:
        raise UnusableFileError(marked("it holds no array called {name}"), name=part.key) from error
    except (OSError, EOFError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        raise _unreadable(error) from error
    if array.dtype != np.uint8 or array.shape != part.shape:
        said = marked("its {name} is {type} of shape {shape} instead of uint8 of shape {wanted}")
        raise UnusableFileError(said, name=part.key, type=array.dtype, shape=array.shape, wanted=part.shape)
    return _verified(part.header + array.tobytes(), part)


def _verified(content: bytes, part: Part) -> Content:
    found = hashlib.sha256(content).hexdigest()
    if found != part.sha256:
        raise UnusableFileError(marked("its content has the SHA-256 {found} instead of {wanted}"), found=found, wanted=part.sha256)
    return np.frombuffer(content, dtype=np.uint8, offset=len(part.header)).reshape(part.shape)


def _unreadable(error: Exception) -> UnusableFileError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnusableFileError(marked("it cannot be read ({error})"), error=said or type(error).__name__)
