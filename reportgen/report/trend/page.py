"""Writing the trend page: one HTML file that loads nothing and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from reportgen import __version__
from reportgen.analysis.history.shown import SeriesTrend
from reportgen.language import gettext
from reportgen.report.locate import templates_folder
from reportgen.report.own_files import WithOwn, sources
from reportgen.report.resources import font_resources, resolve
from reportgen.report.styles import STANDARD, style_sheets
from reportgen.report.templating import render, template_environment
from reportgen.report.trend.view import trend_view
from reportgen.storage import write_atomically

TEMPLATE = "trend.html.j2"
STYLES = ("fonts.css", "base.css", "tables.css", "screen.css", "trend.css")


def trend_markup(
    trends: Sequence[SeriesTrend], verdict: str, damaged: Sequence[str], own_templates: Path | None = None, theme: str = STANDARD
) -> str:
    """Return the page as HTML text."""
    styles = style_sheets(STYLES, own_templates, theme)
    resources = WithOwn(font_resources(templates_folder()), own_templates)
    # A style sheet of one's own could end the element that it stands in.
    texts = {"plain": styles.plain, "dark": styles.dark}
    values = {
        "view": trend_view(trends, gettext("Nightly trends"), __version__, verdict, damaged),
        "styles": {name: Markup(resolve(text, resources, embed=True).replace("</", "<\\/")) for name, text in texts.items()},
    }
    return render(template_environment(own_templates), TEMPLATE, values, {"source": sources(resources, embed=True)})


def write_trend_page(
    path: Path,
    trends: Sequence[SeriesTrend],
    verdict: str,
    damaged: Sequence[str],
    own_templates: Path | None = None,
    theme: str = STANDARD,
) -> Path:
    """Write the page, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, trend_markup(trends, verdict, damaged, own_templates, theme).encode("utf-8"))
    return path
