"""What is attached to the PDF of a comparison: everything at full precision, and the numbers of each figure and table."""

from __future__ import annotations

from reportgen.language import gettext
from reportgen.report.sections.attachments import attached_data
from reportgen.report.sections.elements import Register


def attachments(register: Register) -> tuple[tuple[str, str], ...]:
    """Return the name of every attached file, and what is in it."""
    whole = gettext("every value of this comparison at full precision; attached to the PDF and beside it")
    return (("comparison.json", whole), *attached_data(register.figures, register.tables))
