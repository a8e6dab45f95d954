"""What is read from a person's own data before it is checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.datasets.base import Images, Labels
from reportgen.errors import ReportgenError

PartName = Literal["train", "validation", "test"]
PART_NAMES: tuple[PartName, ...] = ("train", "validation", "test")

#: How a message names a part.
NOUNS: Mapping[PartName, str] = {"train": "training", "validation": "validation", "test": "test"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """Images uint8 (count, height, width, channels) with labels int64 (count,)."""

    images: Images
    labels: Labels


@dataclass(frozen=True, kw_only=True)
class Found:
    """Everything read: the parts that are there, ``train`` among them; the classes; and sentences on what was done to the pixels."""

    parts: Mapping[PartName, Part]
    class_names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def mistake(path: Path, what: str, advice: str) -> ReportgenError:
    """Return the error for a mistake in the data at ``path``: where, what, and what to do."""
    return ReportgenError(f"{path}: {what}. {advice}")
