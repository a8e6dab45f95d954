"""A person's own ``.npz`` file, with the array names of the MNIST file that ``keras.datasets`` brings: ``x_train``, ``y_train`` and so on."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.config.problems import suggestion
from reportgen.datasets.base import Images, Labels
from reportgen.datasets.own.description import FILE_NAME, Description
from reportgen.datasets.own.parts import NOUNS, PART_NAMES, Found, Part, PartName, mistake

Array = NDArray[Any]

CLASS_NAMES = "class_names"
KNOWN = (*(f"{letter}_{part}" for part in PART_NAMES for letter in "xy"), CLASS_NAMES)

GREATEST_VALUE = 255
CHANNELS = (1, 3)

HOW_TO_SAVE = 'Save it with numpy.savez_compressed("data.npz", x_train=images, y_train=labels, x_test=..., y_test=...).'
SHAPE = "(count, height, width) or (count, height, width, channels)"


def read_npz(path: Path, description: Description) -> Found:
    """Return what ``path`` holds; raises :class:`~reportgen.errors.ReportgenError` for whatever keeps it from being images with labels."""
    arrays = _arrays(path)
    parts: dict[PartName, Part] = {}
    notes: dict[str, None] = {}
    for part in PART_NAMES:
        images, labels = arrays.get(f"x_{part}"), arrays.get(f"y_{part}")
        if images is None and labels is None and part != "train":
            continue
        for name, array in ((f"x_{part}", images), (f"y_{part}", labels)):
            if array is None:
                there = f"it holds {', '.join(arrays)}" if arrays else "it holds nothing"
                raise mistake(
                    path, f"the array {name} is missing; {there}", f"Images and labels of the {NOUNS[part]} part go together. {HOW_TO_SAVE}"
                )
        assert images is not None
        assert labels is not None
        if len(images) != len(labels):
            raise mistake(
                path,
                f"x_{part} has {len(images):,} images and y_{part} {len(labels):,} labels",
                "There must be one label for each image, in their order.",
            )
        parts[part] = Part(images=_images(path, f"x_{part}", images, notes), labels=_labels(path, f"y_{part}", labels))
    _alike(path, parts)
    named = _class_names(path, arrays.get(CLASS_NAMES), description)
    greatest = max(int(part.labels.max()) for part in parts.values())
    if not named and greatest >= len(parts["train"].labels):
        # Before names are made up for each of them: one wrong label can be a very large number.
        raise mistake(
            path,
            f"the greatest label is {greatest:,}, so there would be more classes than the {len(parts['train'].labels):,} training images",
            "Labels count the classes from 0 without gaps: y = numpy.unique(y, return_inverse=True)[1].",
        )
    return Found(parts=parts, class_names=named or tuple(str(label) for label in range(greatest + 1)), notes=tuple(notes))


def _arrays(path: Path) -> dict[str, Array]:
    """Return the known arrays of the file; refuse one that is probably a known one, mistyped."""
    if not zipfile.is_zipfile(path):
        raise mistake(path, "this is no .npz file, or it was cut off", f"Copy it again, or write it anew. {HOW_TO_SAVE}")
    found: dict[str, Array] = {}
    name = ""
    try:
        with np.load(path, allow_pickle=False) as archive:
            unknown = next((name for name in archive.files if name[:2].lower() in ("x_", "y_") and name not in KNOWN), None)
            if unknown is not None:
                raise mistake(path, f"there is an array {unknown!r}", f"{suggestion(unknown, KNOWN)}Accepted: {', '.join(KNOWN)}.")
            for name in archive.files:
                if name in KNOWN:
                    found[name] = archive[name]
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, MemoryError) as error:
        where = f"the array {name} cannot be read" if name else "it cannot be read"
        if "pickle" in str(error) or "Object arrays" in str(error):
            raise mistake(
                path,
                f"the array {name} holds Python objects, not numbers",
                'Make all images equally large, then: numpy.stack(images).astype("uint8").',
            ) from error
        if isinstance(error, MemoryError):
            raise mistake(path, f"{where}, since it does not fit into memory", "Keep fewer or smaller images.") from error
        raise mistake(path, f"{where} ({error or type(error).__name__})", f"Copy the file again, or write it anew. {HOW_TO_SAVE}") from error
    return found


def _images(path: Path, name: str, array: Array, notes: dict[str, None]) -> Images:
    """Return ``array`` as uint8 (count, height, width, channels)."""
    if array.ndim not in (3, 4) or 0 in array.shape:
        advice = f"Images have the shape {SHAPE}: for example {name}.reshape(-1, 28, 28)." if array.ndim == 2 else f"Images have the shape {SHAPE}."
        raise mistake(path, f"{name} has the shape {array.shape}", advice)
    if array.ndim == 4 and array.shape[3] not in CHANNELS:
        swap = f"{name} = {name}.transpose(0, 2, 3, 1)" if array.shape[1] in CHANNELS else "keep the first three channels: x = x[..., :3]"
        raise mistake(
            path, f"{name} has the shape {array.shape}, so {array.shape[3]} channels", f"Channels come last, 1 (grey) or 3 (colour): {swap}."
        )
    shaped = array if array.ndim == 4 else array[..., np.newaxis]
    if shaped.dtype == np.uint8:
        return np.ascontiguousarray(shaped)
    if array.dtype.kind not in "iuf":
        raise mistake(path, f"{name} is of the type {array.dtype}", 'Images are uint8 from 0 to 255, or floats from 0 to 1: x = x.astype("uint8").')
    low, high = float(shaped.min()), float(shaped.max())
    if array.dtype.kind in "iu":
        if low < 0 or high > GREATEST_VALUE:
            raise mistake(path, f"{name} has values from {low:g} to {high:g}", "Whole numbers must be from 0 to 255: scale them.")
        return np.ascontiguousarray(shaped.astype(np.uint8))
    if not (low >= 0 and high <= 1):
        raise mistake(
            path,
            f"{name} is of the type {array.dtype} with values from {low:g} to {high:g}",
            'Floats must be from 0 to 1: divide by the greatest possible value, or, where they are from 0 to 255: x.astype("uint8").',
        )
    scaled = shaped * shaped.dtype.type(GREATEST_VALUE)
    rounded = np.rint(scaled)
    # Half a step of 255, and a little for the rounding of the floats themselves.
    exact = bool(np.max(np.abs(scaled - rounded)) < 1e-2)
    notes["Pixel values from 0 to 1 are stored as whole numbers from 0 to 255" + ("." if exact else ", rounded by at most 0.002.")] = None
    return np.ascontiguousarray(rounded.astype(np.uint8))


def _labels(path: Path, name: str, array: Array) -> Labels:
    """Return ``array`` as int64 (count,)."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        advice = f"{name} = {name}.argmax(axis=1) turns one column a class into labels." if array.ndim == 2 else "Labels have the shape (count,)."
        raise mistake(path, f"{name} has the shape {array.shape}", advice)
    if array.dtype.kind == "f":
        raise mistake(
            path,
            f"{name} is of the type {array.dtype}",
            "Labels are whole numbers that count the classes from 0; own data with targets that are not whole numbers (regression) are not accepted.",
        )
    if array.dtype.kind not in "iu":
        raise mistake(
            path, f"{name} is of the type {array.dtype}", "Labels are whole numbers: class_names, y = numpy.unique(y, return_inverse=True)."
        )
    if int(array.min()) < 0:
        raise mistake(path, f"{name} has the label {int(array.min())}", "Labels count the classes from 0.")
    return array.astype(np.int64)


def _alike(path: Path, parts: dict[PartName, Part]) -> None:
    """Refuse parts whose images differ in size."""
    wanted = parts["train"].images.shape[1:]
    for name, part in parts.items():
        if part.images.shape[1:] != wanted:
            raise mistake(
                path,
                f"the images of x_train are {wanted} and those of x_{name} {part.images.shape[1:]} (height, width, channels)",
                "All images must be of one size.",
            )


def _class_names(path: Path, array: Array | None, description: Description) -> tuple[str, ...]:
    """Return the names that the file or ``dataset.toml`` gives, or nothing."""
    if array is None:
        return description.class_names
    if description.class_names:
        raise mistake(path, f"class_names stand in this file and in {FILE_NAME} beside it", "Take them out of one of the two.")
    if array.ndim != 1 or array.dtype.kind not in "U":
        raise mistake(path, f"class_names is {array.dtype} of shape {array.shape}", 'It is an array of texts: numpy.array(["cat", "dog"]).')
    names = tuple(str(name) for name in array)
    if len(set(names)) < len(names) or not all(names):
        raise mistake(path, "a name in class_names is empty or occurs twice", "Give each class a name of its own.")
    return names
