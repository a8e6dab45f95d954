"""Reading image files with Pillow, all of one size and kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps

from reportgen.datasets.base import Images, ProgressCallback
from reportgen.datasets.own.description import FILE_NAME, Description
from reportgen.datasets.own.parts import mistake
from reportgen.errors import ReportgenError

#: Pillow's modes that are taken as they are, with the channels that they have.
MODES = {"L": 1, "RGB": 3}
KINDS = {1: "L", 3: "RGB"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Height, width and Pillow's mode of an image, and the file that has them."""

    height: int
    width: int
    mode: str
    path: Path

    def __str__(self) -> str:
        """Return what a message says of it."""
        return f"{self.path.as_posix()} ({self.height} x {self.width}, {self.mode})"

    def agrees(self, other: Kind) -> bool:
        """Say whether both can be in one data set."""
        return (self.height, self.width, self.mode) == (other.height, other.width, other.mode)


def read_images(root: Path, paths: Sequence[Path], description: Description, progress: ProgressCallback) -> Images:
    """Return the images of ``paths``, all below ``root``, as uint8 (count, height, width, channels).

    Raises :class:`ReportgenError` that names the first file that cannot be read, or that is of another size or mode than the first.
    """
    sizes = [path.stat().st_size for path in paths]
    total, done = sum(sizes), 0
    first: Kind | None = None
    arrays: list[Images] = []
    for path, size in zip(paths, sizes, strict=True):
        image = _open(path, description)
        kind = Kind(height=image.height, width=image.width, mode=image.mode, path=path.relative_to(root))
        first = first or kind
        if not kind.agrees(first):
            raise _differs(root, first, kind)
        if kind.mode not in MODES:
            raise _other_mode(path, kind.mode)
        array = np.asarray(image)
        arrays.append(array if array.ndim == 3 else array[..., np.newaxis])
        done += size
        progress(f"reading the images in {root.name}", done, total)
    return np.stack(arrays)


@contextmanager
def whole_files() -> Iterator[None]:
    """Let Pillow refuse a file that is cut off, whatever a library that was imported before has told it: WeasyPrint has such files filled up."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _open(path: Path, description: Description) -> Image.Image:
    """Return the image turned as its camera says, and brought to what ``dataset.toml`` asks for."""
    try:
        with whole_files(), Image.open(path) as file:
            image = ImageOps.exif_transpose(file)
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise mistake(path, f"this image cannot be read ({_in_brief(error)})", "Write it anew from its original, or take it away.") from error
    if description.channels is not None:
        image = image.convert(KINDS[description.channels])
    if description.image_size is not None:
        if image.mode not in MODES:
            raise _other_mode(path, image.mode)
        height, width = description.image_size
        image = image.resize((width, height), Image.Resampling.BICUBIC)
    return image


def _in_brief(error: Exception) -> str:
    """Return an error's text without the path, which Pillow puts into some of them."""
    text = str(error) or type(error).__name__
    return "it is no image that Pillow knows" if "cannot identify image file" in text else text


def _differs(root: Path, first: Kind, kind: Kind) -> ReportgenError:
    same_size = (first.height, first.width) == (kind.height, kind.width)
    setting = "channels = 1 (grey) or channels = 3 (colour)" if same_size else "image_size = [28, 28] (height, width)"
    return mistake(
        root,
        f"the image {kind} differs from {first}",
        f"All images must have one size and one mode. Write {setting} into {root / FILE_NAME} to have them all brought to it.",
    )


def _other_mode(path: Path, mode: str) -> ReportgenError:
    return mistake(
        path,
        f"its mode is {mode}",
        f"Images are grey (L) or in colour (RGB), 8 bits a channel. Write channels = 1 or channels = 3 into {FILE_NAME} in the folder of the data "
        "to have all images turned into that.",
    )
