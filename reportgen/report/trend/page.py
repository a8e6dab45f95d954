"""Writing the trend page: one HTML file that loads nothing and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from reportgen import __version__
from reportgen.analysis.history.shown import SeriesTrend
from reportgen.report.locate import templates_folder
from reportgen.report.markup import DARK_STYLE, style_text
from reportgen.report.resources import font_resources, resolve
from reportgen.report.templating import render, template_environment
from reportgen.report.trend.view import trend_view
from reportgen.storage import write_atomically

TEMPLATE = "trend.html.j2"
STYLES = ("fonts.css", "base.css", "tables.css", "screen.css", "trend.css")


def trend_markup(trends: Sequence[SeriesTrend], verdict: str, damaged: Sequence[str], own_templates: Path | None = None) -> str:
    """Return the page as HTML text."""
    styles = resolve(style_text(STYLES, own_templates), font_resources(templates_folder()), embed=True)
    values = {
        "view": trend_view(trends, "Nightly trends", __version__, verdict, damaged),
        "styles": Markup(styles),
        "dark_styles": Markup(style_text((DARK_STYLE,), own_templates)),
    }
    return render(template_environment(own_templates), TEMPLATE, values, {})


def write_trend_page(path: Path, trends: Sequence[SeriesTrend], verdict: str, damaged: Sequence[str], own_templates: Path | None = None) -> Path:
    """Write the page, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, trend_markup(trends, verdict, damaged, own_templates).encode("utf-8"))
    return path
