"""What a notebook quotes from the report: the rows of a framework in the table of headline results, and where its figures are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.forms.markdown.inline import escape
from reportgen.language import gettext
from reportgen.report.format import enumeration, lowered

if TYPE_CHECKING:
    from reportgen.report.chapter import Chapter
    from reportgen.report.sections.elements import Cell, Table


def from_report(title: str, chapter: Chapter) -> Iterator[str]:
    """Yield the framework's rows of the headline table, under the table's number, and the figures that show all trainings.

    ``title`` is that of the framework.
    """
    table, figures = chapter.training.headline, (chapter.training.curves, chapter.training.times)
    yield f"## {gettext('In the report')}"
    yield gettext(
        "Table {number}. **{title}**, the rows of {framework}. {detail}",
        number=table.number,
        title=escape(table.title),
        framework=escape(title),
        detail=escape(table.detail),
    )
    yield rows_of(table, title)
    named = enumeration(gettext("figure {number} ({title})", number=figure.number, title=escape(lowered(figure.title))) for figure in figures)
    yield gettext("All trainings of the run are shown in {figures} of the report.", figures=named)


def rows_of(table: Table, title: str) -> str:
    """Return as Markdown the rows of a grouped table that are about ``title``, without the column that names it."""
    head = [cell.text for cell in table.head[0]]
    lines = [head[:1] + head[2:]]
    label = ""
    for row in table.rows:
        cells = list(row)
        if cells[0].header:
            label, cells = cells[0].text, cells[1:]
        if cells and cells[0].text == title:
            lines.append([label, *(text for cell in cells[1:] for text in spread(cell))])
    first, *rest = [f"| {' | '.join(escape(text) for text in line)} |" for line in lines]
    return "\n".join([first, "|" + " --- |" * len(lines[0]), *rest])


def spread(cell: Cell) -> list[str]:
    """Return a cell's text, and nothing for each further column that it takes."""
    return [cell.text] + [""] * (cell.colspan - 1)
