"""Fonts for the web page that stands alone: of each bundled face only the letters that the page has, which is a sixth of its bytes."""

from __future__ import annotations

import html
import io
import logging
import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from reportgen.report.resources import REFERENCE, Resource

#: Features of the faces that the style sheets or plain reading ask for: pairs, joined letters, marks, and figures of one width on the line.
FEATURES = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "zero")
#: What a font says about itself and must go on saying: its names, its copyright and its licence.
NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)
#: Of files that are fonts.
SUFFIXES = (".woff2", ".woff", ".ttf", ".otf")
DATA = re.compile(r'data:[\w/+.-]+(?:;base64,[A-Za-z0-9+/=]+|,[^"]*)')


def subset_fonts(resources: Mapping[str, Resource], text: str) -> Mapping[str, Resource]:
    """Return the resources with the fonts that ``text``, a page without embedded fonts, names cut down to what it prints."""
    letters = sorted({ord(letter) for letter in html.unescape(DATA.sub("", text))} | {ord(letter) for letter in "\u2190\u2191\u2192\u2193\u2195"})
    named = {unquote(name) for name in REFERENCE.findall(text)}
    fonts = [name for name in resources if name in named and name.lower().endswith(SUFFIXES)]
    return ChainMap({name: cut_down(resources[name], letters) for name in fonts}, resources)  # type: ignore[arg-type]


def cut_down(font: Resource, letters: Iterable[int]) -> Resource:
    """Return a font as a WOFF2 file with these letters (code points) alone; one that it has not is left to the reader's own fonts."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
    options = subset.Options(layout_features=list(FEATURES), name_IDs=list(NAMES), hinting=False, notdef_outline=True, desubroutinize=False)
    # The date in the file stays that of the face: the same page is the same bytes.
    face = TTFont(io.BytesIO(font.content), lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(face)
    face.flavor = "woff2"
    buffer = io.BytesIO()
    face.save(buffer)
    return replace(font, content=buffer.getvalue(), media_type="font/woff2")
