"""From the deck to PDF: its templates, its style sheets, and links that lead somewhere."""

from __future__ import annotations

import re

from reportgen.forms.base import Material
from reportgen.forms.slides.deck import deck
from reportgen.report.markup import to_markup
from reportgen.report.pdf import to_pdf

TEMPLATE = "slides.html.j2"
STYLES = ("fonts.css", "base.css", "tables.css", "code.css", "slides.css")
IDENTIFIER = re.compile(r'\bid="([^"]+)"')
INNER_LINK = re.compile(r'<a\b[^>]*?\bhref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def slides(material: Material) -> bytes:
    """Return the deck as PDF, with results.json attached as to the report."""
    return to_pdf(markup(material), material.resources, material.results_json, material.results.finished_at)


def markup(material: Material) -> str:
    """Return the deck as markup for paper."""
    text = to_markup(
        material.content,
        material.resources,
        "print",
        material.config.templates_folder,
        material.config.report.theme,
        TEMPLATE,
        sheets=STYLES,
        more={"deck": deck(material)},
    )
    return without_dead_links(text)


def without_dead_links(text: str) -> str:
    """Return markup in which a link to a place of the report that no slide shows is only its words."""
    there = set(IDENTIFIER.findall(text))
    return INNER_LINK.sub(lambda found: found.group() if found[1] in there else found[2], text)
