"""How the author's Markdown is printed where Markdown's own way does not fit the report: its marks, its code, its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.language import gettext
from reportgen.report.listings import listing
from reportgen.report.prose_marks import FORMULAE, KINDS, PREFIX

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Rule = Callable[[Any, Sequence["Token"], int, Any, Any], str]
#: The words after the fence of a block of code that is coloured.
PYTHON = frozenset({"python", "py", "python3"})


def add_rules(parser: MarkdownIt) -> None:
    """Give a parser's renderer the report's own rules."""
    rules: dict[str, Rule] = {f"{PREFIX}{kind}": filled for kind in KINDS}
    rules |= dict.fromkeys(FORMULAE, filled)
    rules |= {"fence": code_block, "code_block": code_block, "table_open": table_open, "table_close": table_close, "th_open": header_cell}
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)


def filled(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _environment: Any) -> str:
    """Return what was put into a mark or a formula before."""
    return str(tokens[index].meta["markup"])


def scrolls(environment: Any, label: str) -> Markup:
    """Return the attributes of what scrolls by itself on the screen, so that the keyboard reaches it."""
    return Markup(' tabindex="0" role="group" aria-label="{}"').format(label) if environment.get("medium") == "screen" else Markup("")


def code_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, environment: Any) -> str:
    """Return a block of code as the report's own listings look; what is not Python is set in their face without colours."""
    token = tokens[index]
    text = token.content.rstrip("\n")
    language = token.info.strip().split(" ")[0].lower()
    if language in PYTHON:
        return str(Markup('<pre class="listing"{}><code>{}</code></pre>\n').format(scrolls(environment, gettext("Code")), listing(text).markup))
    return str(Markup('<pre class="listing plain"{}><code>{}</code></pre>\n').format(scrolls(environment, gettext("Code")), text))


def table_open(_renderer: Any, _tokens: Sequence[Token], _index: int, _options: Any, environment: Any) -> str:
    """Begin a table that scrolls by itself where it is wider than the screen."""
    return f'<div class="table-block"{scrolls(environment, gettext("Table of the author"))}><table>\n'


def table_close(_renderer: Any, _tokens: Sequence[Token], _index: int, _options: Any, _environment: Any) -> str:
    """End a table."""
    return "</table></div>\n"


def header_cell(renderer: Any, tokens: Sequence[Token], index: int, options: Any, environment: Any) -> str:
    """Begin a cell of a table's head, which says what its column holds."""
    tokens[index].attrSet("scope", "col")
    return str(renderer.renderToken(tokens, index, options, environment))
