"""The report's own files (fonts, figures, pictures) by name: the only things that a document may load."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

SCHEME = "reportgen"  # no registered scheme: nothing but this program can answer it
SVG = "image/svg+xml"
PICTURE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": SVG}
PLAIN = " :/;=,.()+-*@!$?"  # may stand in a URI inside of quotation marks, whatever encloses them
FONTS = "fonts/"  # with which the names of fonts begin
REFERENCE = re.compile(r"resource:([^\"')\s]+)")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A file of the report, in memory. ``description`` says what is in it, where it is handed on as a file of its own."""

    name: str
    media_type: str
    content: bytes
    description: str = ""

    def data_uri(self) -> str:
        """Return the whole file as a ``data:`` URI, for the document that has to stand alone; a drawing as text, which is shorter."""
        if self.media_type == SVG:
            return f"data:{self.media_type},{quote(self.content, safe=PLAIN)}"
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode('ascii')}"


def own_url(name: str) -> str:
    """Return the URL under which :mod:`reportgen.report.pdf` serves the resource called ``name``."""
    return f"{SCHEME}:{quote(name)}"


def font_resources(templates: Path) -> dict[str, Resource]:
    """Return the bundled fonts by name (``fonts/<file>``)."""
    files = sorted((templates / "fonts").glob("*.woff2"))
    return {f"{FONTS}{file.name}": Resource(name=f"{FONTS}{file.name}", media_type="font/woff2", content=file.read_bytes()) for file in files}


def resolve(text: str, resources: Mapping[str, Resource], embed: bool) -> str:
    """Replace every ``resource:<name>`` in a style sheet or in an author's markup by a data URI or by the report's own URL."""

    def replacement(match: re.Match[str]) -> str:
        resource = resources.get(unquote(match.group(1)))
        if resource is None:
            return match.group()
        return resource.data_uri() if embed else own_url(resource.name)

    return REFERENCE.sub(replacement, text)
