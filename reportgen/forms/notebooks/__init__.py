"""Notebooks: for each framework one that trains and one that predicts with what was kept, with the outputs of their execution in them."""

from __future__ import annotations

from importlib.util import find_spec

from reportgen.forms.base import Files, Form, Material

FOLDER = "notebooks"
#: What executes them; an extra, since a report on paper needs none of it.
LIBRARIES = ("nbclient", "nbformat", "ipykernel")
INSTALL = 'pip install -c constraints.txt "reportgen[notebooks]", or in a checkout: pip install -c constraints.txt -e ".[notebooks]"'


def make(material: Material) -> Files:
    """Return the notebooks of each framework, their data and what they kept. This trains: once in each framework's first notebook."""
    from reportgen.forms.notebooks.folder import folder

    return {f"{FOLDER}/{name}": content for name, content in folder(material).items()}


def missing() -> str:
    """Return what is not installed for them."""
    absent = [name for name in LIBRARIES if find_spec(name) is None]
    return f"The notebooks cannot be executed: {', '.join(absent)} is not installed. Install it: {INSTALL}" if absent else ""


FORM = Form(
    name="notebooks",
    title="Notebooks",
    description="for each framework a notebook that trains and one that predicts, made from the code that ran, and executed",
    make=make,
    missing=missing,
    needs_records=True,
    notice="Executing the notebooks: each framework trains once more.",
)
