"""A view, made into markup: once for the screen, standing alone, and once for paper, with the report's own URLs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.across.view import ComparisonView
from reportgen.report.locate import templates_folder
from reportgen.report.resources import Resource, own_url, resolve
from reportgen.report.templating import render, template_environment
from reportgen.report.view import View

Medium = Literal["screen", "print"]
TEMPLATE = "report.html.j2"
STYLES: Mapping[Medium, tuple[str, ...]] = {
    "screen": ("fonts.css", "base.css", "tables.css", "code.css", "screen.css"),
    "print": ("fonts.css", "base.css", "tables.css", "code.css", "print.css"),
}
DARK_STYLE = "dark.css"  # apart, and for the screen only: WeasyPrint drops rules inside prefers-color-scheme with a warning


def to_markup(
    view: View | ComparisonView, resources: Mapping[str, Resource], medium: Medium, own_templates: Path | None, template: str = TEMPLATE
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

    values = {
        "view": view,
        "medium": medium,
        "styles": Markup(resolve(style_text(STYLES[medium], own_templates), resources, embed)),
        "dark_styles": Markup(style_text((DARK_STYLE,), own_templates) if embed else ""),
    }
    functions = {"source": source, "author_markup": author_markup}
    return render(template_environment(own_templates), template, values, functions)


def style_text(names: tuple[str, ...], own_templates: Path | None) -> str:
    """Return the named style sheets, one after the other; those of the study's folder take the place of the built-in ones."""
    folders = [folder for folder in (own_templates, templates_folder()) if folder is not None]
    texts = []
    for name in names:
        path = next((folder / "styles" / name for folder in folders if (folder / "styles" / name).is_file()), None)
        if path is None:
            raise ReportgenError(f"The style sheet {name} is missing from {folders[-1] / 'styles'}. Install reportgen again.")
        texts.append(path.read_text(encoding="utf-8"))
    # A closing tag would end the <style> element that the text is put into.
    return "\n".join(texts).replace("</", "<\\/")
