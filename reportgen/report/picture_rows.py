"""Rows of small images with a heading each, in one PNG: what a picture of predictions and one of augmented images are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext
from reportgen.report.images import ARROW, FAINT, GAP, INK, LEADING, PIXELS, Captioned, enlarged, lettered, png

HEADING = 30  # height of the line above a row: the letters reach below it otherwise


@dataclass(frozen=True, kw_only=True)
class PictureRow:
    """Images beside each other, and what stands above them."""

    heading: str
    items: tuple[Captioned, ...]


def predictions_sheet(results: Results, pictures: Pictures, fonts: Path) -> bytes:
    """Return predictions of each framework's first trial as PNG: right ones, then wrong ones, each with what it is and what it was taken for."""
    rows = []
    for framework in results.frameworks:
        for right, heading in ((True, gettext("{title}: right", title=framework.title)), (False, gettext("{title}: wrong", title=framework.title))):
            items = predicted(framework, pictures, right)
            if items:
                rows.append(PictureRow(heading=heading, items=items))
    return picture_rows(rows, fonts)


def predicted(framework: FrameworkResult, pictures: Pictures, right: bool) -> tuple[Captioned, ...]:
    """Return a framework's right or wrong predictions."""
    return tuple(
        Captioned(image=pictures.test_images[item.index], lines=(f"{item.true_class}{ARROW}{item.predicted_class}",))
        for item in framework.predicted_images
        if item.right == right and item.index in pictures.test_images
    )


def augmentation_sheet(results: Results, pictures: Pictures, fonts: Path) -> bytes:
    """Return training images as they are, and below them as each framework's augmentation left them, as PNG."""
    titles = results.titles
    rows = [PictureRow(heading=gettext("As they are"), items=plain(pictures.originals))]
    rows += [
        PictureRow(heading=gettext("As {get} trains on them", get=titles.get(name, name)), items=plain(images))
        for name, images in pictures.augmented.items()
    ]
    return picture_rows(rows, fonts)


def plain(images: NDArray[np.uint8]) -> tuple[Captioned, ...]:
    """Return images without captions."""
    return tuple(Captioned(image=image, lines=()) for image in images)


def picture_rows(rows: Sequence[PictureRow], fonts: Path) -> bytes:
    """Return ``rows`` below each other as one PNG; ``fonts`` is a folder with the report's TTF faces. Grey images stay grey, to stay small."""
    columns = max((len(row.items) for row in rows), default=1)
    font, captioned = lettered([item for row in rows for item in row.items], fonts)
    lettered_items = iter(captioned)
    rows = [replace(row, items=tuple(islice(lettered_items, len(row.items)))) for row in rows]
    line_height = round(font.size * LEADING)
    heights = [HEADING + PIXELS + line_height * max((len(item.lines) for item in row.items), default=0) for row in rows]
    colour = any(item.image.shape[2] != 1 for row in rows for item in row.items)
    size = (columns * (PIXELS + GAP) - GAP, sum(heights) + GAP * (len(rows) - 1))
    sheet = Image.new("RGB" if colour else "L", size, "white")
    draw = ImageDraw.Draw(sheet)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        draw.text((0, top), row.heading, fill=ink(FAINT, colour), font=font)
        for position, item in enumerate(row.items):
            left = position * (PIXELS + GAP)
            sheet.paste(enlarged(item.image), (left, top + HEADING))
            for number, line in enumerate(item.lines):
                place = (left + PIXELS / 2, top + HEADING + PIXELS + number * line_height)
                draw.text(place, line, fill=ink(INK, colour), font=font, anchor="ma")
        top += height + GAP
    return png(sheet)


def ink(shade: int, colour: bool) -> int | tuple[int, int, int]:
    """Return a grey for either kind of sheet."""
    return (shade, shade, shade) if colour else shade
