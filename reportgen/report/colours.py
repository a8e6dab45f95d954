"""The colours of the report: one per framework, and the two scales of the matrices, with ink that stays legible on them."""

from __future__ import annotations

# Okabe and Ito's palette, which people with any common colour vision deficiency can tell apart.
FRAMEWORK_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
FRAMEWORK_MARKERS = ("o", "s", "^", "D")
WHITE = (255, 255, 255)
BLUE = (0, 68, 120)
ORANGE = (150, 62, 0)
DARK_INK = "#111111"
LIGHT_INK = "#ffffff"
CONTRAST = 4.5  # WCAG 2 AA, text of normal size

Colour = tuple[int, int, int]


def sequential(share: float) -> tuple[str, str]:
    """Return background and ink for ``share`` between 0 (white) and 1 (blue)."""
    return shaded(BLUE, share)


def diverging(value: float) -> tuple[str, str]:
    """Return background and ink for ``value`` between -1 (orange), 0 (white) and 1 (blue)."""
    return shaded(BLUE if value > 0 else ORANGE, abs(value))


def shaded(colour: Colour, share: float) -> tuple[str, str]:
    """Return a mixture of white and ``colour`` and the ink that contrasts more with it."""
    share = min(1.0, max(0.0, share))
    mixture: Colour = tuple(round(white + (full - white) * share) for white, full in zip(WHITE, colour, strict=True))  # type: ignore[assignment]
    ink = DARK_INK if contrast(mixture, parse(DARK_INK)) >= contrast(mixture, parse(LIGHT_INK)) else LIGHT_INK
    return "#{:02x}{:02x}{:02x}".format(*mixture), ink


def parse(colour: str) -> Colour:
    """Return the channels of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG 2 (0 to 1)."""
    linear = [channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4 for channel in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG 2 (1 to 21)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
