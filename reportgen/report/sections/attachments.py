"""What is attached to the PDF: all results, and the data of each figure and of each table with figures in it."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.report.data_tables import has_numbers
from reportgen.report.sections.elements import Figure, Table

FOLDER = "data/"


def data_name(item: Figure | Table) -> str:
    """Return the name of the file with the data of a figure or a table, among the report's own files."""
    return f"{FOLDER}{'figure' if isinstance(item, Figure) else 'table'}-{item.key}.csv"


def attachments(schema_version: int, figures: Iterable[Figure], tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """Return the name of every attachment, and what is in it."""
    files = [(data_name(figure), f"what is drawn in Figure\u00a0{figure.number}, {figure.title}") for figure in figures]
    files += [(data_name(table), f"what Table\u00a0{table.number} prints, {table.title}") for table in tables if has_numbers(table)]
    whole = (
        "results.json",
        "every value of this report at full precision: raw samples, summaries, confusion matrices, environment, sources (schema version "
        f"{schema_version}); attached to the PDF and beside it",
    )
    return (whole, *((name.removeprefix(FOLDER), text) for name, text in files))
