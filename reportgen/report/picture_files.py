"""Picture files of the author's, in the text and in templates: looked into before a document shows them, so that each is what it says it is."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

from reportgen.report.resources import PICTURE_TYPES, SVG, Resource

LARGEST_PICTURE_BYTES = 400 * 1024  # two of them still leave the documents within their budgets
#: More would take gigabytes of memory to print, whatever the file's size.
MOST_PIXELS = 40_000_000
#: By the name that Pillow has for what is in a file. Cameras write several pictures into one JPEG file, and readers show the first.
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "GIF": "image/gif"}
#: Parts of a drawing that run, or that hold a page of their own.
REFUSED_PARTS = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
#: What a drawing may name: a part of itself, or what it holds itself.
OWN_PLACES = ("#", "data:image/")
ADDRESSES = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]?([^'\";]*)", re.IGNORECASE)


def read_picture_file(path: Path, name: str) -> Resource:
    """Return the picture in ``path`` as the resource ``name``; its kind is what its content is.

    Raises ``ValueError`` that says what is wrong, as the end of a sentence about the picture: it is of another kind, damaged, too large, or would
    load something. ``OSError`` goes through.
    """
    if path.suffix.lower() not in PICTURE_TYPES:
        raise ValueError(f"is of an unknown kind. Accepted: {', '.join(sorted(PICTURE_TYPES))}")
    if path.stat().st_size > LARGEST_PICTURE_BYTES:
        raise ValueError(f"is larger than {LARGEST_PICTURE_BYTES // 1024} KiB. Make it smaller")
    content = path.read_bytes()
    return Resource(name=name, media_type=drawing(content) if path.suffix.lower() == ".svg" else raster(content), content=content)


def raster(content: bytes) -> str:
    """Return the kind of a picture made of pixels; see :func:`read_picture_file`."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Its size is judged below, in our own words.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                kind, pixels = KINDS.get(picture.format or "", ""), picture.width * picture.height
                if pixels <= MOST_PIXELS:
                    picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError("cannot be read as a picture. Save it again, as PNG or JPEG") from error
    if pixels > MOST_PIXELS:
        raise ValueError(f"has {pixels:,} pixels, more than {MOST_PIXELS:,}. Make it smaller")
    if not kind:
        raise ValueError("is of another kind than its name says. Save it again, as PNG or JPEG")
    return kind


def drawing(content: bytes) -> str:
    """Return the kind of an SVG drawing that runs and loads nothing; see :func:`read_picture_file`."""
    try:
        # Without declarations of entities there is nothing that the parser could fetch or unfold.
        root = None if b"<!ENTITY" in content else ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ValueError(f"is not well-formed SVG: {error}. Save it again") from error
    if root is None or local(root.tag) != "svg":
        raise ValueError("is no SVG drawing. Save it again, as plain SVG")
    for part in root.iter():
        if local(part.tag) in REFUSED_PARTS:
            raise ValueError(f"has a part <{local(part.tag)}>, which a report does not run. Save it as plain SVG, or as PNG")
        texts = [part.text or "", *part.attrib.values()] if local(part.tag) == "style" else list(part.attrib.values())
        addresses = [found[0] or found[1] for text in texts for found in ADDRESSES.findall(text)]
        addresses += [value for key, value in part.attrib.items() if local(key) in ("href", "src")]
        strange = next((address.strip() for address in addresses if not address.strip().lower().startswith(OWN_PLACES)), None)
        if strange is not None and local(part.tag) != "a":
            raise ValueError(f"would load {strange[:80]!r}, and a report loads nothing but its own files. Embed that in it, or save it as PNG")
        if any(local(key).lower().startswith("on") for key in part.attrib):
            raise ValueError("has an attribute that runs a script. Save it as plain SVG, or as PNG")
    return SVG


def local(name: object) -> str:
    """Return the name of an element or attribute without its namespace; a comment has none."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
