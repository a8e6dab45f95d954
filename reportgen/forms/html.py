"""The report as a web page in one file."""

from __future__ import annotations

from reportgen.forms.base import Files, Form, Material


def make(material: Material) -> Files:
    """Return report.html."""
    return {"report.html": material.screen.encode("utf-8")}


FORM = Form(
    name="html",
    title="HTML",
    description="the same report as one web page that opens without a network, with the code of the frameworks in tabs",
    make=make,
)
