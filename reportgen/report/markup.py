"""A view, made into markup: once for the screen, standing alone, and once for paper, with the report's own URLs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.across.view import ComparisonView
from reportgen.report.resources import Resource, own_url, resolve
from reportgen.report.styles import STANDARD, Styles, style_sheets
from reportgen.report.templating import render, template_environment
from reportgen.report.view import View

Medium = Literal["screen", "print"]
TEMPLATE = "report.html.j2"
STYLES: Mapping[Medium, tuple[str, ...]] = {
    "screen": ("fonts.css", "base.css", "tables.css", "code.css", "screen.css"),
    "print": ("fonts.css", "base.css", "tables.css", "code.css", "print.css"),
}


def to_markup(
    view: View | ComparisonView,
    resources: Mapping[str, Resource],
    medium: Medium,
    own_templates: Path | None,
    theme: str = STANDARD,
    template: str = TEMPLATE,
) -> str:
    """Return the whole document as HTML text. On the screen every resource is embedded; in print each is an own URL."""
    embed = medium == "screen"

    def source(name: str) -> str:
        """Return the URL of a resource for a template's ``src``."""
        if name not in resources:
            raise ReportgenError(f"The template asks for the picture {name!r}, which is not there. Present: {', '.join(sorted(resources))}.")
        return resources[name].data_uri() if embed else own_url(name)

    def author_markup(markup: Markup) -> Markup:
        """Return an author's markup with its pictures' URLs resolved."""
        return Markup(resolve(str(markup), resources, embed))

    def embedded(styles: Styles) -> dict[str, Markup]:
        """Return style sheets for a ``<style>`` element, which a closing tag would end."""
        texts = {"plain": styles.plain, "dark": styles.dark if embed else ""}
        return {name: Markup(resolve(text, resources, embed).replace("</", "<\\/")) for name, text in texts.items()}

    values = {
        "view": view,
        "medium": medium,
        "styles": embedded(style_sheets(STYLES[medium], own_templates, theme)),
    }
    functions = {"source": source, "author_markup": author_markup}
    return render(template_environment(own_templates), template, values, functions)
