"""What is attached to the PDF: all results, and the data of each figure and of each table with figures in it."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.language import gettext
from reportgen.report.data_tables import has_numbers
from reportgen.report.sections.elements import Figure, Table

FOLDER = "data/"


def data_name(item: Figure | Table) -> str:
    """Return the name of the file with the data of a figure or a table, among the report's own files."""
    return f"{FOLDER}{'figure' if isinstance(item, Figure) else 'table'}-{item.key}.csv"


def attachments(schema_version: int, figures: Iterable[Figure], tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """Return the name of every attachment, and what is in it."""
    whole = (
        "results.json",
        gettext(
            "every value of this report at full precision: raw samples, summaries, confusion matrices, "
            "environment, sources (schema version {schema_version}); attached to the PDF and beside it",
            schema_version=schema_version,
        ),
    )
    return (whole, *attached_data(figures, tables))


def attached_data(figures: Iterable[Figure], tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """Return the name of each attached file of data, and what is in it: one for every figure, and for every table with figures in it."""
    files = [
        (data_name(figure), gettext("what is drawn in Figure\u00a0{number}, {title}", number=figure.number, title=figure.title)) for figure in figures
    ]
    files += [
        (data_name(table), gettext("what Table\u00a0{number} prints, {title}", number=table.number, title=table.title))
        for table in tables
        if has_numbers(table)
    ]
    return tuple((name.removeprefix(FOLDER), text) for name, text in files)
