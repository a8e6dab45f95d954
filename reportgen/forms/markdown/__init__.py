"""The report as Markdown that code hosts show when they show a folder, with its pictures beside it."""

from __future__ import annotations

from reportgen.forms.base import Files, Form, Material

FOLDER = "markdown"


def make(material: Material) -> Files:
    """Return ``markdown/README.md`` and its pictures."""
    return {f"{FOLDER}/{name}": content for name, content in pages(material).items()}


def pages(material: Material) -> Files:
    """Return ``README.md`` and its pictures ``figures/...``, relative to the folder that they are put into."""
    from reportgen.forms.markdown.document import to_markdown

    text, pictures = to_markdown(material.paper, material.resources)
    return {"README.md": text.encode("utf-8"), **pictures}


FORM = Form(
    name="markdown",
    title="Markdown",
    description="the same report as README.md, as code hosts show it, with its pictures beside it",
    make=make,
)
