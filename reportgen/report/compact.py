"""A drawing in fewer bytes, with nothing of it lost that an eye could see."""

from __future__ import annotations

import re

#: What matplotlib puts around and between the parts of a drawing: how it was made, and remarks.
AROUND = re.compile(rb"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
#: Places, in points; a factor, as in ``scale``, is none.
PLACES = re.compile(rb' (?:d|x|y|x1|x2|y1|y2)="[^"]*"|translate\([^)]*\)')
LONG = re.compile(rb"-?\d+\.\d{3,}")
DECIMALS = 2  # of a point: finer than any printer
BREAKS = re.compile(rb"\s*\n\s*")


def compact(svg: bytes) -> bytes:
    """Return the SVG that matplotlib wrote on one line, its places rounded to hundredths of a point."""
    svg = PLACES.sub(lambda place: LONG.sub(rounded, place[0]), AROUND.sub(b"", svg))
    return BREAKS.sub(b" ", svg).replace(b"> <", b"><").strip() + b"\n"


def rounded(number: re.Match[bytes]) -> bytes:
    """Return a number with as many decimals as it needs."""
    text = f"{float(number[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode()
