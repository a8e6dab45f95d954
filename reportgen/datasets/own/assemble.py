"""From what was read to a data set: the checks that every form of own data must pass, and the parts that the person did not hold back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.datasets.base import Dataset, Images, Labels
from reportgen.datasets.own.description import Description
from reportgen.datasets.own.parts import NOUNS, Found, Part, PartName, mistake
from reportgen.datasets.own.sentences import NOT_STATED, UNPUBLISHED
from reportgen.datasets.split import TEST_FRACTION, VALIDATION_FRACTION, held_out_split, validation_split
from reportgen.language import marked
from reportgen.records import made

#: As many missing classes as a message names.
SHOWN_CLASSES = 5

Split = Callable[[Labels], tuple[NDArray[np.intp], NDArray[np.intp]]]


def assemble(path: Path, found: Found, description: Description) -> Dataset:
    """Return the data set; raises :class:`~reportgen.errors.ReportgenError` where it cannot be learned from or tested."""
    _check_labels(path, found)
    parts = dict(found.parts)
    notes = list(found.notes)
    splits: tuple[tuple[PartName, Split, float], ...] = (
        ("test", held_out_split, TEST_FRACTION),
        ("validation", validation_split, VALIDATION_FRACTION),
    )
    for held, split, share in splits:
        if held not in parts:
            parts["train"], parts[held] = _split(path, parts["train"], split, held, found.class_names)
            whole = (
                "the other images"
                if "test" not in found.parts and held == "validation"
                else "the training images"
                if held == "validation"
                else "the images"
            )
            notes.append(
                f"{100 * share:.0f} % of {whole} are held back as {held} images, the same share of every class, by a fixed draw of this program."
            )
    notes += _repeated(parts["train"].images, parts["test"].images)
    name, title = names(path)
    count = sum(len(part.labels) for part in parts.values())
    return Dataset(
        name=name,
        title=description.title or title,
        description=" ".join(
            [
                *([_sentence(description.description)] if description.description.strip() else []),
                f"{count:,} images in {len(found.class_names)} classes.",
                *notes,
            ]
        ),
        licence=description.licence or NOT_STATED,
        citation=description.citation.strip() or UNPUBLISHED.format(title=description.title or title),
        source=made(marked("The author's own data ({file})."), file=path.name),
        requested=path.name,
        path=str(path),
        class_names=found.class_names,
        train_images=parts["train"].images,
        train_labels=parts["train"].labels,
        validation_images=parts["validation"].images,
        validation_labels=parts["validation"].labels,
        test_images=parts["test"].images,
        test_labels=parts["test"].labels,
    )


def names(path: Path) -> tuple[str, str]:
    """Return a name that can be part of a file's name, and a title: those of the file or folder, or of what holds it where that is called data."""
    stem = path.name if path.is_dir() else path.stem
    stem = path.parent.name if stem == "data" and path.parent.name else stem
    name = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-") or "data"
    title = re.sub(r"[-_]+", " ", stem).strip() or "Data"
    return name, title[0].upper() + title[1:]


def _check_labels(path: Path, found: Found) -> None:
    """Refuse labels out of range, a single class, and a class that a given part lacks, of which nothing could be learned or said."""
    count = len(found.class_names)
    if count < 2:
        raise mistake(
            path, f"all images are of one class, {found.class_names[0]!r}" if count else "there is no class", "Classification needs two or more."
        )
    images = len(found.parts["train"].labels)
    if images < count:
        raise mistake(path, f"there are {images} training images and {count} classes", "Each class needs images to learn from.")
    for part, values in found.parts.items():
        greatest = int(values.labels.max())
        if greatest >= count:
            raise mistake(
                path,
                f"a {NOUNS[part]} image has the label {greatest}, and there are {count} classes",
                f"Labels are whole numbers from 0 to {count - 1}.",
            )
        if part != "validation":
            lacking = _lacking(values.labels, found.class_names)
            if lacking:
                raise mistake(
                    path, f"there is no {NOUNS[part]} image of {lacking}", "Add images of it, or leave the class out and count labels without gaps."
                )


def _lacking(labels: Labels, class_names: tuple[str, ...]) -> str:
    """Return the classes that do not occur, as a message names them, or nothing."""
    missing = [f"the class {class_names[label]!r}" for label in np.setdiff1d(np.arange(len(class_names)), labels)]
    more = f" and of {len(missing) - SHOWN_CLASSES} more" if len(missing) > SHOWN_CLASSES else ""
    return " or ".join(missing[:SHOWN_CLASSES]) + more


def _split(path: Path, whole: Part, split: Split, held: str, class_names: tuple[str, ...]) -> tuple[Part, Part]:
    """Return what is kept and what is held back; refuse data that are too few for it."""
    kept, back = split(whole.labels)
    parts = [Part(images=whole.images[chosen], labels=whole.labels[chosen]) for chosen in (kept, back)]
    lacking = _lacking(parts[0].labels, class_names) or (_lacking(parts[1].labels, class_names) if held == "test" or not len(back) else "")
    if lacking:
        raise mistake(
            path,
            f"there are too few images of {lacking} to hold some back as {held} images ({len(whole.labels)} images in {len(class_names)} classes)",
            f"Add images, or bring a {held} part of your own.",
        )
    return parts[0], parts[1]


def _repeated(train: Images, test: Images) -> list[str]:
    """Return what must be said where test images were learned from."""
    known = {hashlib.sha256(image.tobytes()).digest() for image in train}
    count = sum(hashlib.sha256(image.tobytes()).digest() in known for image in test)
    return [f"{count:,} of the {len(test):,} test images also occur among the training images, so accuracies are too high."] if count else []


def _sentence(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."
