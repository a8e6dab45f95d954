"""A view, made into markup: once for the screen, standing alone, and once for paper, with the report's own URLs."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.across.view import ComparisonView
from reportgen.report.locate import templates_folder
from reportgen.report.own_files import sources
from reportgen.report.plots import curves_in
from reportgen.report.resources import SCHEME, Resource, resolve
from reportgen.report.sections.elements import Figure
from reportgen.report.styles import STANDARD, style_sheets
from reportgen.report.templating import render, template_environment
from reportgen.report.view import View
from reportgen.report.web_fonts import subset_fonts

Medium = Literal["screen", "print"]
TEMPLATE = "report.html.j2"
STYLES: Mapping[Medium, tuple[str, ...]] = {
    "screen": ("fonts.css", "base.css", "tables.css", "code.css", "screen.css"),
    "print": ("fonts.css", "base.css", "tables.css", "code.css", "print.css"),
}
SCRIPTS = ("tables.js", "plots.js", "print.js")
#: A closing tag would end the <style> element that a style sheet is put into.
CLOSING = "<\\/"
#: Elements that load what an attribute of theirs names.
LOADED = re.compile(
    r"""<(?:img|source|iframe|script|link|object|embed|video|audio|input|image)\b[^>]*?\s(?:src|href|data|poster|xlink:href)\s*=\s*["']?(?P<address>[^"'\s>]*)""",
    re.IGNORECASE,
)
#: What the page may load and run: what is in it, and of scripts only the report's own, by their digest.
SECURITY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def to_markup(
    view: View | ComparisonView,
    resources: Mapping[str, Resource],
    medium: Medium,
    own_templates: Path | None,
    theme: str = STANDARD,
    template: str = TEMPLATE,
    *,
    sheets: tuple[str, ...] = (),
    more: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """Return the whole document as HTML text. On the screen every resource is embedded; in print each is an own URL.

    ``sheets`` are the style sheets, where they are not those of the medium; ``more`` is what the template is given beside the view.
    """
    embed = medium == "screen"

    def author_markup(markup: Markup) -> Markup:
        """Return an author's markup with its pictures' URLs resolved."""
        return Markup(resolve(str(markup), resources, embed))

    def plotted(figure: Figure) -> Markup:
        """Return the curves of a figure as JSON: labels, and points with their place in the picture and their value in words."""
        return Markup(json.dumps(curves_in(figure, resources[figure.resource].content), ensure_ascii=False).replace("<", "\\u003c"))

    scripts = "\n".join((templates_folder() / "scripts" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    styles = style_sheets(sheets or STYLES[medium], own_templates, theme)
    plain = styles.plain.replace("</", CLOSING)
    values = {
        "view": view,
        "medium": medium,
        "styles": {"plain": Markup(plain), "dark": Markup(styles.dark.replace("</", CLOSING) if embed else "")},
        "scripts": Markup(scripts),
        "security": SECURITY.format(base64.b64encode(hashlib.sha256(scripts.encode("utf-8")).digest()).decode("ascii")),
        **more,
    }
    functions: dict[str, Callable[..., Any]] = {"source": sources(resources, embed=embed), "author_markup": author_markup, "plotted": plotted}
    text = render(template_environment(own_templates), template, values, functions)
    # Fonts come last: only now is it known which of their letters the page has.
    if own_templates is not None and own_templates.is_dir():
        require_own_sources(text)
    fonts = subset_fonts(resources, text) if embed else resources
    return text.replace(plain, resolve(plain, fonts, embed), 1)


def require_own_sources(text: str) -> None:
    """Raise :class:`ReportgenError` where a document, with templates of the author's, would load something from elsewhere."""
    for found in LOADED.finditer(text):
        address = html.unescape(found["address"])
        if not address.startswith(("data:", f"{SCHEME}:", "#")):
            raise ReportgenError(
                f"A template of yours loads {address[:200]!r}, and a report loads nothing but its own files. Put the file into your folder of "
                f'templates and write {{{{ source("own/NAME") }}}}.'
            )
