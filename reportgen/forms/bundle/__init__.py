"""The hand-in bundle: one archive with the report, the code that ran, the exported models and the logs."""

from __future__ import annotations

from reportgen.forms.base import Files, Form, Material

FILE = "bundle.zip"


def make(material: Material) -> Files:
    """Return the archive."""
    from reportgen.forms.bundle.archive import archive
    from reportgen.forms.bundle.contents import contents

    return {FILE: archive(contents(material), material.results.finished_at)}


FORM = Form(
    name="bundle",
    title="Bundle",
    description="an archive to hand in: README.md and PDF, the code that ran as programs of their own, exported models, logs",
    make=make,
    needs_records=True,
)
