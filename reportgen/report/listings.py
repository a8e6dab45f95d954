"""Code as it is printed: highlighted by token classes, so that print, light and dark each colour it in their own style sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

TOKEN = re.compile(r'<span class="(\w+)">(.*?)</span>', re.DOTALL)
# The token classes that templates/styles/code.css colours. A PDF tags every element: without the others it is an eighth smaller, and sooner ready.
KEYWORDS = ("k", "kn", "kc", "kd", "kr", "ow")
STRINGS_AND_COMMENTS = ("s", "s1", "s2", "sd", "sa", "se", "si", "c", "c1", "cm")
COLOURED = frozenset((*KEYWORDS, *STRINGS_AND_COMMENTS))


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
    highlighted = highlight(text, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    return Listing(markup=Markup(TOKEN.sub(without_plain_tokens, highlighted)))


def without_plain_tokens(match: re.Match[str]) -> str:
    """Return a token with its element where a style sheet colours it, else the text alone."""
    return match.group() if match.group(1) in COLOURED else match.group(2)
