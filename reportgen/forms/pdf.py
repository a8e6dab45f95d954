"""The lab report on paper."""

from __future__ import annotations

from reportgen.forms.base import Files, Form, Material


def make(material: Material) -> Files:
    """Return report.pdf."""
    return {"report.pdf": material.pdf}


FORM = Form(
    name="pdf",
    title="PDF",
    description="the lab report to hand in: numbered tables and figures, contents with page numbers, results.json attached",
    make=make,
)
