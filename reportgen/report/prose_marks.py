"""What the author's Markdown knows beyond Markdown: measured values, numbers of figures and tables, citations, formulae.

``{{ value("accuracy.pytorch.mean") }}`` prints a value of this run, ``@fig-curves`` and ``@tbl-headline`` lead to a figure or a table by its number,
``[@key]`` cites ``references.json``, ``$x^2$`` is a formula. What names nothing is an error with file and line: a report says nothing that is not there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from reportgen.errors import ReportgenError
from reportgen.report.citations import Citations
from reportgen.report.mathematics import Formula, formula
from reportgen.report.resources import Resource

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from reportgen.report.sections.elements import Figure, Table

VALUE = re.compile(r"""\{\{\s*value\s*\(\s*["']([^"'\n]*)["']\s*\)\s*\}\}""")
VALUE_BEGINS = re.compile(r"\{\{\s*value\b")
REFERENCE = re.compile(r"@(fig|tbl)-([A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)")
CITATION = re.compile(r"\[(@[A-Za-z0-9_][\w:.+/-]*(?:\s*;\s*@[A-Za-z0-9_][\w:.+/-]*)*)\]")
HELP = "`python -m reportgen values RUN` lists all names."
KINDS = ("value", "reference", "citation")


@dataclass(frozen=True, kw_only=True)
class Names:
    """What prose may name. ``labels`` are by what is written after ``@``: the words to print, and the place in the document that they lead to;
    ``titles`` say by the same names what is seen there."""

    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    citations: Citations = field(default_factory=lambda: Citations({}, 0))


def labels(figures: Iterable[Figure], tables: Iterable[Table]) -> dict[str, tuple[str, str]]:
    """Return the labels of all figures and tables of a report."""
    found = {f"fig-{item.key}": (f"Figure\u00a0{item.number}", f"figure-{item.key}") for item in figures}
    return found | {f"tbl-{item.key}": (f"Table\u00a0{item.number}", f"table-{item.key}") for item in tables}


def titles(figures: Iterable[Figure], tables: Iterable[Table]) -> dict[str, str]:
    """Return the titles of all figures and tables by the same names."""
    return {f"fig-{item.key}": item.title for item in figures} | {f"tbl-{item.key}": item.title for item in tables}


def add_marks(parser: MarkdownIt) -> None:
    """Teach a parser the marks; their tokens must go through :func:`fill_marks` before they are rendered."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    dollarmath_plugin(parser, allow_digits=False, double_inline=True)
    parser.inline.ruler.before("link", "reportgen_marks", take_mark)


def take_mark(state: StateInline, silent: bool) -> bool:
    """Recognise a mark at the parser's place."""
    place, text = state.pos, state.src
    after_letter = place > 0 and (text[place - 1].isalnum() or text[place - 1] == "_")
    patterns = {"{": (VALUE, "value"), "[": (CITATION, "citation"), "@": (REFERENCE, "reference")}
    pattern, kind = patterns.get(text[place], (None, ""))
    match = pattern.match(text, place, state.posMax) if pattern is not None and not (kind == "reference" and after_letter) else None
    end = match.end() if match is not None else place + 2
    if match is None:
        # A slip inside of it must not be printed as if it were meant.
        if not VALUE_BEGINS.match(text, place, state.posMax):
            return False
        kind = "wrong"
    if not silent:
        token = state.push(f"reportgen_{kind}", "", 0)
        token.content = match.group(0)[1:] if match and kind == "reference" else match.group(1) if match else text[place : place + 40]
        token.meta = {"newlines": text.count("\n", 0, place)}
    state.pos = end
    return True


def fill_marks(tokens: Sequence[Token], names: Names, place: str) -> tuple[Resource, ...]:
    """Put into every mark what it stands for, and return the pictures of the formulae. ``place`` is the file, for errors."""
    pictures: dict[str, Resource] = {}
    for token, line in located(tokens):
        where = f"{place}, line {line}"
        if token.type.startswith("math_"):
            made = drawn(token.content, where)
            pictures[made.picture.name] = made.picture
            token.meta = {"markup": formula_markup(made, block=token.type == "math_block")}
        elif token.type.startswith("reportgen_"):
            token.meta = {"markup": mark_markup(token, names, where)}
    return tuple(pictures.values())


def located(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the tokens that may be marks, with their lines; a cell of a table has none of its own, and takes that of its row."""
    line = 1
    for block in tokens:
        line = block.map[0] + 1 if block.map else line
        yield block, line
        for token in block.children or ():
            yield token, line + int(token.meta.get("newlines", 0))


def drawn(tex: str, where: str) -> Formula:
    """Return a formula; raises :class:`ReportgenError` where it is not understood."""
    try:
        return formula(tex)
    except ValueError as error:
        cause = str(error).strip().splitlines()[-1]
        raise ReportgenError(f"{where}: the formula ${tex.strip()}$ is not understood: {cause}. Correct it, or write \\$ for a dollar sign.") from error


def formula_markup(made: Formula, *, block: bool) -> Markup:
    """Return the picture of a formula, standing on the line of the text around it."""
    style = f"height: {made.height_em:.3f}em; vertical-align: {-made.depth_em:.3f}em"
    image = Markup('<img class="formula" src="resource:{}" alt="Formula: {}" style="{}">').format(made.picture.name, made.tex, style)
    return Markup('<p class="formula-block">{}</p>\n').format(image) if block else image


def mark_markup(token: Token, names: Names, where: str) -> Markup:
    """Return what a mark stands for; raises :class:`ReportgenError` where it names nothing."""
    if token.type == "reportgen_value":
        if token.content not in names.values:
            raise unknown(where, f"there is no value {token.content!r}", token.content, names.values)
        return escape(names.values[token.content])
    if token.type == "reportgen_reference":
        if token.content not in names.labels:
            raise unknown(where, f"@{token.content} is neither a figure nor a table of this report", token.content, names.labels)
        words, target = names.labels[token.content]
        return Markup('<a href="#{}">{}</a>').format(target, words)
    if token.type == "reportgen_citation":
        numbers = [cited(key.strip().removeprefix("@"), names, where) for key in token.content.split(";")]
        return Markup("[{}]").format(Markup(", ").join(Markup('<a href="#reference-{0}">{0}</a>').format(number) for number in numbers))
    raise ReportgenError(f'{where}: {token.content.splitlines()[0]!r} is not understood. A value is written {{{{ value("NAME") }}}}. {HELP}')


def cited(key: str, names: Names, where: str) -> int:
    """Return the number of a reference."""
    try:
        return names.citations.number(key)
    except KeyError as error:
        raise unknown(where, f"there is no reference {key!r} in the author's references", key, names.citations.available) from error


def unknown(where: str, what: str, written: str, known: Iterable[str]) -> ReportgenError:
    """Return the error for a name that is none, with the nearest that is one."""
    near = difflib.get_close_matches(written, list(known), n=1)
    return ReportgenError(f"{where}: {what}.{f' Did you mean {near[0]!r}?' if near else ''} {HELP}")


def add_renderers(parser: MarkdownIt) -> None:
    """Let the parser's renderer print what :func:`fill_marks` put into the marks."""

    def filled(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _environment: object) -> str:
        return str(tokens[index].meta["markup"])

    for name in (*(f"reportgen_{kind}" for kind in KINDS), "math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(name, filled)
