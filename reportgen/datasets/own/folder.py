"""A person's own folder of images: a folder for each class, below ``train`` and ``test`` where the split is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reportgen.config.problems import suggestion
from reportgen.datasets.base import ProgressCallback
from reportgen.datasets.own.description import FILE_NAME, Description
from reportgen.datasets.own.images import read_images
from reportgen.datasets.own.parts import NOUNS, PART_NAMES, Found, Part, PartName, mistake

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp")
#: What file managers leave behind.
LITTER = {"thumbs.db", "desktop.ini"}

LAYOUT = "Images lie in a folder for each class: CLASS/*.png, or train/CLASS/*.png and test/CLASS/*.png."


def read_folder(root: Path, description: Description, progress: ProgressCallback) -> Found:
    """Return the images below ``root``; raises :class:`~reportgen.errors.ReportgenError` for a layout, a class or an image that cannot be used."""
    places = _parts(root)
    folders = {part: _class_folders(place) for part, place in places.items()}
    classes = sorted(folders["train"], key=_natural)
    _same_classes(root, folders)
    names = description.class_names or tuple(classes)
    if len(names) != len(classes):
        raise mistake(
            root / FILE_NAME,
            f"class_names has {len(names)} names, and there are {len(classes)} folders of classes",
            "Give one for each, in their order.",
        )
    files = [(part, label, path) for part in folders for label, name in enumerate(classes) for path in _images_in(folders[part][name])]
    images = read_images(root, [path for _, _, path in files], description, progress)
    parts: dict[PartName, Part] = {}
    for part in folders:
        mine = [index for index, (owner, _, _) in enumerate(files) if owner == part]
        parts[part] = Part(images=images[mine], labels=np.array([files[index][1] for index in mine], dtype=np.int64))
    return Found(parts=parts, class_names=names, notes=_notes(description))


def _notes(description: Description) -> tuple[str, ...]:
    """Return what a report must say about what was done to the pixels."""
    notes = []
    if description.channels is not None:
        notes.append(f"All images were turned into {'grey' if description.channels == 1 else 'colour'} images.")
    if description.image_size is not None:
        notes.append("All images were resampled to {} x {} pixels (bicubic).".format(*description.image_size))
    return tuple(notes)


def _parts(root: Path) -> dict[PartName, Path]:
    """Return the folders of the parts; one without ``train`` is a whole that is to be split."""
    there = {path.name: path for path in _visible(root) if path.is_dir()}
    if "train" not in there:
        if "test" in there and "validation" in there:
            raise mistake(root, "there is a folder test but no folder train", LAYOUT)
        return {"train": root}
    unknown = next((name for name in there if name not in PART_NAMES), None)
    if unknown is not None:
        raise mistake(root, f"beside train there is a folder {unknown!r}", f"{suggestion(unknown, PART_NAMES)}Accepted: {', '.join(PART_NAMES)}.")
    return {part: there[part] for part in PART_NAMES if part in there}


def _class_folders(place: Path) -> dict[str, Path]:
    """Return the folders of the classes below ``place``, by name."""
    found: dict[str, Path] = {}
    for path in _visible(place):
        if path.is_dir():
            found[path.name] = path
        elif path.suffix.lower() in SUFFIXES:
            raise mistake(path, "this image lies beside the folders of the classes", f"Put it into that of its class. {LAYOUT}")
    if not found:
        raise mistake(place, "there are no folders of classes here", LAYOUT)
    return found


def _same_classes(root: Path, folders: dict[PartName, dict[str, Path]]) -> None:
    """Refuse parts that do not have the same classes."""
    known = set(folders["train"])
    for part, found in folders.items():
        for name in sorted(known ^ set(found)):
            has, lacks = ("train", part) if name in known else (part, "train")
            raise mistake(
                root, f"the class {name!r} is in {has} and not in {lacks}", f"Add {NOUNS[part]} and training images of it, or take its folder away."
            )


def _images_in(folder: Path) -> list[Path]:
    """Return the image files of a class, in the order of their names."""
    found = []
    for path in _visible(folder):
        if path.is_dir() or path.suffix.lower() not in SUFFIXES:
            what = "is a folder" if path.is_dir() else "is no PNG, JPEG or BMP image"
            raise mistake(path, f"in the folder of a class, this {what}", "Convert it, or take it away.")
        found.append(path)
    if not found:
        raise mistake(folder, "there is no image of this class", "Add some, or take the folder away.")
    return found


def _visible(folder: Path) -> Iterator[Path]:
    """Yield what a person put into a folder, in natural order of the names."""
    for path in sorted(folder.iterdir(), key=lambda path: _natural(path.name)):
        if not path.name.startswith((".", "__")) and path.name.lower() not in LITTER:
            yield path


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts 2 before 10, and never depends on the machine's language."""
    return tuple((int(piece), "") if piece.isdigit() and piece.isascii() else (-1, piece) for piece in re.split(r"([0-9]+)", name))
