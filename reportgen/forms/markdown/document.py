"""The whole report in Markdown, made from the markup of its paper form: what that says, in its order, with its numbers, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from reportgen.forms.markdown.blocks import blocks, footnotes
from reportgen.forms.markdown.tree import parse
from reportgen.report.resources import SCHEME, Resource

#: Beside the document; whatever it shows lies there.
FIGURES = "figures"
SUFFIXES = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}


def to_markdown(paper: str, resources: Mapping[str, Resource]) -> tuple[str, Mapping[str, bytes]]:
    """Return the document, and the pictures that it shows by their path beside it; ``paper`` names them by the report's own URLs."""
    shown: dict[str, bytes] = {}

    def address(url: str) -> str:
        scheme, _, name = url.partition(":")
        resource = resources.get(unquote(name)) if scheme == SCHEME else None
        if resource is None:
            return url
        path = f"{FIGURES}/{picture_file(resource)}"
        shown[path] = resource.content
        return quote(path)

    tree = parse(paper)
    text = "\n\n".join([*blocks(tree, address), *footnotes(tree, address)])
    return text + "\n", shown


def picture_file(resource: Resource) -> str:
    """Return the file name of a picture: that of its resource, with the suffix of its kind."""
    suffix = SUFFIXES.get(resource.media_type, "")
    return resource.name if resource.name.lower().endswith((suffix, ".jpeg")) else resource.name + suffix
