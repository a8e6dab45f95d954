"""Contact sheets: many small test images in one PNG, with what they are written below each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext
from reportgen.report.sections.mistakes import MOST_IMAGES

COLUMNS = 10
PIXELS = 84  # edge of an enlarged image: 28 x 28 three times, without blur
GAP = 12
LARGEST, SMALLEST = 21, 14  # pixels of letters: 7 pt in print, and 5 pt where names are long
LEADING = 1.2  # height of a line, in letters
ARROW = " \u2192 "
INK = 20
FAINT = 90


@dataclass(frozen=True, kw_only=True)
class Captioned:
    """An image, uint8 (height, width, channels), with lines of text below it."""

    image: NDArray[np.uint8]
    lines: tuple[str, ...]


def sample_sheet(results: Results, pictures: Pictures, fonts: Path) -> bytes:
    """Return the samples with their class names as PNG."""
    names = results.dataset.class_names
    return contact_sheet(
        [Captioned(image=image, lines=(names[label],)) for image, label in zip(pictures.samples, pictures.sample_labels, strict=True)], fonts
    )


def misclassified_sheet(framework: FrameworkResult, pictures: Pictures, fonts: Path) -> bytes:
    """Return a framework's misclassified images as PNG: true class, predicted class, and how often."""
    shown = [item for item in framework.misclassified[:MOST_IMAGES] if item.index in pictures.test_images]
    return contact_sheet(
        [
            Captioned(
                image=pictures.test_images[item.index],
                lines=(
                    f"{item.true_class}{ARROW}{item.predicted_class}",
                    gettext("{wrong_trials} of {trials}", wrong_trials=item.wrong_trials, trials=item.trials),
                ),
            )
            for item in shown
        ],
        fonts,
    )


def contact_sheet(items: Sequence[Captioned], fonts: Path) -> bytes:
    """Return ``items`` in rows of ten as one PNG; ``fonts`` is a folder with the report's TTF faces. Grey images stay grey, to stay small."""
    rows = max(1, -(-len(items) // COLUMNS))
    font, items = lettered(items, fonts)
    line_height = round(font.size * LEADING)
    lines = max((len(item.lines) for item in items), default=1)
    height = PIXELS + GAP // 2 + lines * line_height
    colour = any(item.image.shape[2] != 1 for item in items)
    sheet = Image.new("RGB" if colour else "L", (COLUMNS * PIXELS + (COLUMNS - 1) * GAP, rows * height + (rows - 1) * GAP), "white")
    draw = ImageDraw.Draw(sheet)
    for position, item in enumerate(items):
        left = position % COLUMNS * (PIXELS + GAP)
        top = position // COLUMNS * (height + GAP)
        sheet.paste(enlarged(item.image), (left, top))
        for number, line in enumerate(item.lines):
            shade = INK if number == 0 or line.startswith(ARROW.lstrip()) else FAINT
            ink = (shade, shade, shade) if colour else shade
            draw.text((left + PIXELS / 2, top + PIXELS + GAP // 4 + number * line_height), line, fill=ink, font=font, anchor="ma")
    return png(sheet)


def lettered(items: Sequence[Captioned], fonts: Path) -> tuple[ImageFont.FreeTypeFont, list[Captioned]]:
    """Return the largest letters in which every caption is as narrow as its image, and the captions, in two lines each where that takes two."""
    for captioned in (items, [replace(item, lines=tuple(part for line in item.lines for part in broken(line))) for item in items]):
        for size in range(LARGEST, SMALLEST - 1, -1):
            font = ImageFont.truetype(str(fonts / "IBMPlexSans-Regular.ttf"), size)
            if all(font.getlength(line) <= PIXELS for item in captioned for line in item.lines):
                return font, list(captioned)
    return font, list(captioned)


def broken(line: str) -> tuple[str, ...]:
    """Return a line as two, the second beginning with its arrow; one without an arrow stays whole."""
    first, arrow, second = line.partition(ARROW)
    return (first, f"{arrow.lstrip()}{second}") if arrow else (line,)


def png(sheet: Image.Image) -> bytes:
    """Return a sheet as PNG; a grey one with sixteen greys, which are enough for a thumbnail of a scan and a fraction of the bytes."""
    if sheet.mode == "L":
        # Greys again after the quantisation: the PDF would hold a palette as red, green and blue.
        sheet = sheet.quantize(16, dither=Image.Dither.NONE).convert("L")
    buffer = io.BytesIO()
    sheet.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def enlarged(image: NDArray[np.uint8]) -> Image.Image:
    """Return one image (height, width, 1 or 3) at the sheet's size, in whole pixels where that is possible; grey ones dark on white, as ink."""
    if image.shape[2] == 1:
        return Image.fromarray(255 - image[:, :, 0]).resize((PIXELS, PIXELS), Image.Resampling.NEAREST)
    return Image.fromarray(image[:, :, :3]).resize((PIXELS, PIXELS), Image.Resampling.NEAREST)
