"""Every figure as a file of its own, for a talk or another report: SVG, PNG, and the numbers behind it as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.forms.base import Files, Form, Material

FOLDER = "figures"


def make(material: Material) -> Files:
    """Return ``figures/01-KEY.svg``, ``.png`` and ``.csv`` of each figure, numbered as in the report. Raises ``ReportgenError`` where it has none."""
    from reportgen.errors import ReportgenError

    files = dict(written(material))
    if not files:
        raise ReportgenError("The report has no figures to write. Leave out --figures, or put a section with figures into [sections].")
    return files


def written(material: Material) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file. A measured figure is drawn again: a picture of points cannot be made of its lines."""
    from reportgen.analysis.suite import SuiteResults
    from reportgen.report.drawing import drawing_style, plain_fonts, wrapped
    from reportgen.report.drawings import drawn_figures
    from reportgen.report.sections.attachments import data_name

    suite = material.results if isinstance(material.results, SuiteResults) else None
    with plain_fonts() as fonts, drawing_style(fonts):
        points = {name: drawing.png for name, drawing in drawn_figures(material.members, material.content, suite)}
    for figure in material.content.figures:
        stem = f"{FOLDER}/{figure.number:02d}-{figure.key}"
        picture = material.resources[figure.resource].content
        measured = figure.resource in points
        yield f"{stem}.svg", bytes(picture) if measured else wrapped(picture)
        yield f"{stem}.png", points[figure.resource] if measured else picture
        yield f"{stem}.csv", material.resources[data_name(figure)].content


FORM = Form(
    name="figures",
    title="Figures",
    description="every figure as a file of its own: SVG, PNG, and the numbers behind it as CSV",
    make=make,
)
