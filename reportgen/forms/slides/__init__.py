"""Slides: the report's results on pages that are shown, with a table of what the frameworks are."""

from __future__ import annotations

from reportgen.forms.base import Files, Form, Material

FILE = "slides.pdf"


def make(material: Material) -> Files:
    """Return slides.pdf."""
    from reportgen.forms.slides.render import slides

    return {FILE: slides(material)}


FORM = Form(
    name="slides",
    title="Slides",
    description="a deck of 16:9 pages: overview, background of the frameworks, code side by side, results, findings, sources",
    make=make,
)
