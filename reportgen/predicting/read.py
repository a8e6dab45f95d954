"""Pictures and arrays from files, as the numbers that a model takes: height, width and channels are the model's, values lie between 0 and 1."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from reportgen.errors import ReportgenError

#: Names under which arrays of images and of their classes are kept: those of reportgen's own data files first, then usual ones.
IMAGES = ("x_test", "images", "test_images", "x", "arr_0")
LABELS = ("y_test", "labels", "test_labels", "y", "arr_1")
ARRAYS = (".npz", ".npy")
KINDS = {1: "L", 3: "RGB"}
#: Brighter than this on average (of 1), the outermost pixels are a light ground.
LIGHT = 0.5


@dataclass(frozen=True, kw_only=True)
class Read:
    """One image, float32 (height, width, channels) in [0, 1]; ``label`` is its class where the file says so."""

    name: str
    image: np.ndarray
    label: int | None = None

    @property
    def light_border(self) -> bool:
        """Whether a grey picture has a light ground."""
        edge = np.concatenate([self.image[0], self.image[-1], self.image[:, 0], self.image[:, -1]])
        return self.image.shape[-1] == 1 and float(edge.mean()) > LIGHT


def read(path: Path, image_shape: tuple[int, int, int], inverted: bool) -> list[Read]:
    """Return the images of a file as a model of ``image_shape`` (height, width, channels) takes them.

    Raises :class:`ReportgenError` for what is no picture and no array of images, and for arrays of another size: only pictures are resized.
    """
    if not path.is_file():
        there = "this is a folder" if path.is_dir() else "there is no such file"
        raise ReportgenError(f"{path}: {there}. Give the path of a picture, or of an .npz or .npy file of images.")
    found = read_arrays(path, image_shape) if path.suffix.lower() in ARRAYS else [read_picture(path, image_shape)]
    if not inverted:
        return found
    return [Read(name=one.name, image=1 - one.image, label=one.label) for one in found]


def read_picture(path: Path, image_shape: tuple[int, int, int]) -> Read:
    """Return a picture, turned as its camera says, in grey or colour as the model wants it, and resized to the model's size."""
    height, width, channels = image_shape
    if channels not in KINDS:
        raise ReportgenError(f"{path}: the model takes images of {channels} channels, and pictures have 1 or 3. Give it an .npz file of such images.")
    try:
        with Image.open(path) as opened:
            picture = flattened(eight_bits(ImageOps.exif_transpose(opened))).convert(KINDS[channels])
    # What a damaged picture raises depends on its format, and is no short list.
    except Exception as error:
        reason = why_not(error)
        raise ReportgenError(f"{path}: {reason}. Give it pictures (PNG, JPEG ...), or an .npz or .npy file of images.") from error
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.BOX if picture.width > width else Image.Resampling.BICUBIC)
    values = np.asarray(picture, dtype=np.float32) / np.float32(255)
    return Read(name=str(path), image=values.reshape(height, width, channels))


def why_not(error: Exception) -> str:
    """Say in words what Pillow found wrong with a picture."""
    if isinstance(error, UnidentifiedImageError):
        return "it is not a picture"
    if isinstance(error, Image.DecompressionBombError):
        return "it has more pixels than this program unpacks; make it smaller first"
    return str(error).rstrip(".") or "it is damaged"


def eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of sixteen bits in eight; turned grey by Pillow, all but its darkest pixels would be white."""
    if not picture.mode.startswith("I"):
        return picture
    values = np.clip(np.asarray(picture), 0, np.iinfo(np.uint16).max) / np.float32(np.iinfo(np.uint16).max)
    return Image.fromarray(np.round(values * 255).astype(np.uint8))


def flattened(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, on white, as a viewer shows it."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("RGB")


def read_arrays(path: Path, image_shape: tuple[int, int, int]) -> list[Read]:
    """Return the images of an array file, with their classes where it has them."""
    stored, labels = arrays(path)
    images = stacked(stored, image_shape)
    if images is None:
        wanted = " x ".join(map(str, image_shape))
        raise ReportgenError(f"{path}: the images have the shape {stored.shape}, and the model takes (count, height, width, channels) of {wanted}.")
    if images.dtype == np.uint8:
        values = images.astype(np.float32) / np.float32(255)
    elif images.dtype.kind == "f" and np.all(np.isfinite(images)) and float(images.min(initial=0)) >= 0 and float(images.max(initial=0)) <= 1:
        values = images.astype(np.float32)
    else:
        span = f" from {images.min():g} to {images.max():g}" if images.dtype.kind in "iuf" and images.size else ""
        raise ReportgenError(
            f"{path}: the images are {images.dtype}{span}; whole numbers from 0 to 255 (uint8), or fractions from 0 to 1 (float32) are taken."
        )
    # One class, or a column of them, as CIFAR-10 has.
    labels = labels if labels is None or labels.size != len(values) else labels.reshape(-1)
    if labels is not None and (labels.shape != (len(values),) or labels.dtype.kind not in "iu"):
        raise ReportgenError(f"{path}: there are {len(values)} images, and classes of shape {labels.shape}, {labels.dtype}: one whole number each.")
    known = [None] * len(values) if labels is None else [int(label) for label in labels]
    return [Read(name=f"{path}[{index}]", image=image, label=label) for index, (image, label) in enumerate(zip(values, known, strict=True))]


def stacked(images: np.ndarray, image_shape: tuple[int, int, int]) -> np.ndarray | None:
    """Return images (count, height, width, channels), of one image too and of grey ones without channels; ``None`` where they have another size."""
    if images.shape == image_shape or (image_shape[-1] == 1 and images.shape == image_shape[:2]):
        return images.reshape(1, *image_shape)
    if image_shape[-1] == 1 and images.ndim == 3:
        images = images[..., None]
    return images if images.ndim == 4 and images.shape[1:] == image_shape else None


def arrays(path: Path) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the arrays of images and of classes in a file; what only pickle could read is refused."""
    try:
        stored = np.load(path, allow_pickle=False)
        if isinstance(stored, np.ndarray):
            return stored, None
        with stored:
            return pick(path, {name: stored[name] for name in stored.files})
    except (OSError, ValueError, EOFError, MemoryError, NotImplementedError, RuntimeError, SyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise ReportgenError(f"{path}: it is damaged, or no file of arrays ({str(error).rstrip('.') or type(error).__name__}).") from error


def pick(path: Path, stored: dict[str, Any]) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the arrays of an archive that hold images and classes, by their names; a single array needs none."""
    images = next((stored[name] for name in IMAGES if name in stored), None)
    if images is None and len(stored) == 1:
        images = next(iter(stored.values()))
    if images is None:
        there = ", ".join(stored) or "nothing"
        raise ReportgenError(f"{path}: it holds {there}; the images must be called {' or '.join(IMAGES[:2])}, and their classes {LABELS[0]}.")
    return images, next((stored[name] for name in LABELS if name in stored), None)
