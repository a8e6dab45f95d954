"""Code as it is printed: highlighted by token classes, so that print, light and dark each colour it in their own style sheet."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Highlighted code as safe markup: ``<span class="k">`` and the like, every character of the code escaped."""

    markup: Markup


def listing(text: str) -> Listing:
    """Return Python source as a listing; anything that is not Python is still shown, merely less coloured."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    # stripnl=False and ensurenl=False: the listing is the text that ran, character for character.
    return Listing(markup=Markup(highlight(text, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))))
