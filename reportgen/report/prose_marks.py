"""What the author's Markdown knows beyond Markdown: measured values, numbers of figures, tables and sections, citations, formulae.

``{{ value("accuracy.pytorch.mean") }}`` prints a value of this run, ``@fig-curves``, ``@tbl-headline`` and ``@sec-parity`` lead to a figure, a table
or a section by its number, ``[@key]`` cites ``references.json``, ``$x^2$`` is a formula. What names nothing is an error with file and line: a report
says nothing that is not there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.citations import Citations
from reportgen.report.mathematics import Formula, formula
from reportgen.report.templating import superscript
from reportgen.report.values import Value

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from reportgen.report.sections.elements import Figure, Heading, Table

VALUE = re.compile(r"""\{\{\s*value\s*\(\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\)\s*\}\}""")
VALUE_BEGINS = re.compile(r"\{\{\s*value\b")
REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)")
# What is followed by an address is a link whose text begins with an @.
CITATION = re.compile(r"\[(@[^\[\]]*)\](?!\()")
#: One source of a citation, with the place in it that is meant: ``@key`` or ``@key, p. 5``.
SOURCE = re.compile(r"\s*@([\w][\w:.#$%&+?<>~/-]*)\s*(?:,\s*(.*\S))?\s*", re.DOTALL)
HELP = "`python -m reportgen values RUN` lists all names."
PREFIX = "reportgen_"
#: Kinds of tokens that hold a formula.
FORMULAE = ("math_inline", "math_inline_double", "math_block")
KINDS = ("value", "reference", "citation", "wrong")


@dataclass(frozen=True, kw_only=True)
class Label:
    """Something that prose can refer to: the ``words`` to print, the ``target`` in the document that they lead to, and the ``title`` seen there."""

    words: str
    target: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Names:
    """What prose may name: ``labels`` are by what is written after ``@``, ``citations`` and ``notes`` are numbered while the text is read."""

    values: Mapping[str, Value] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    citations: Citations = field(default_factory=lambda: Citations({}, {}))
    notes: list[str] = field(default_factory=list)


def labels(figures: Iterable[Figure], tables: Iterable[Table], headings: Iterable[Heading]) -> dict[str, Label]:
    """Return the labels of all figures, tables and sections of a report."""
    found = {f"fig-{item.key}": Label(words=f"Figure\u00a0{item.number}", target=f"figure-{item.key}", title=item.title) for item in figures}
    found |= {f"tbl-{item.key}": Label(words=f"Table\u00a0{item.number}", target=f"table-{item.key}", title=item.title) for item in tables}
    for item in headings:
        kind = "appendix" if item.lettered else "section"
        found[f"sec-{item.key}"] = Label(words=f"{kind}\u00a0{item.number}", target=item.key, title=item.title)
    return found


def add_marks(parser: MarkdownIt) -> None:
    """Teach a parser the marks; their tokens must be filled by :func:`mark_markup` or :func:`formula_markup` before they are rendered."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    dollarmath_plugin(parser, allow_labels=False, allow_space=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    parser.inline.ruler.before("link", "reportgen_marks", take_mark)


def take_mark(state: StateInline, silent: bool) -> bool:
    """Recognise a mark at the parser's place."""
    place, text = state.pos, state.src
    before = text[place - 1] if place else ""
    patterns = {"{": (VALUE, "value"), "[": (CITATION, "citation"), "@": (REFERENCE, "reference")}
    pattern, kind = patterns.get(text[place], (None, ""))
    if pattern is None or (kind == "reference" and (before.isalnum() or before == "_")):
        return False
    match = pattern.match(text, place, state.posMax)
    if match is None:
        # A slip inside of it must not be printed as if it were meant.
        match = VALUE_BEGINS.match(text, place, state.posMax)
        kind = "wrong"
    if match is None:
        return False
    if not silent:
        token = state.push(f"{PREFIX}{kind}", "", 0)
        token.content = next((group for group in match.groups() if group is not None), text[place : place + 40])
        token.meta = {"inside_link": state.linkLevel > 0}
    state.pos = match.end()
    return True


def mark_markup(token: Token, names: Names, where: str) -> Markup:
    """Return what a mark stands for; raises :class:`ReportgenError` where it names nothing. ``where`` is the file and the line."""
    kind, content = token.type.removeprefix(PREFIX), token.content
    if kind == "value":
        if content not in names.values:
            raise unknown(where, f"there is no value {content!r}", content, names.values)
        return Markup('<span class="measured">{}</span>').format(superscript(names.values[content].text))
    if kind == "reference":
        if content not in names.labels:
            raise unknown(where, f"@{content} is no figure, table or section of this report", content, names.labels, "@")
        label = names.labels[content]
        return link(f"#{label.target}", label.words, token)
    if kind == "citation":
        return Markup("[{}]").format(Markup(", ").join(cited(part, names, where, token) for part in content.split(";")))
    raise ReportgenError(f'{where}: {content.splitlines()[0]!r} is not understood. A value is written {{{{ value("NAME") }}}}. {HELP}')


def link(target: str, words: str, token: Token) -> Markup:
    """Return words that lead to a place of the report; inside of a link of the author's they are only words."""
    return Markup("{}").format(words) if token.meta["inside_link"] else Markup('<a href="{}">{}</a>').format(target, words)


def cited(part: str, names: Names, where: str, token: Token) -> Markup:
    """Return the number of one source, and the place in it that is meant."""
    match = SOURCE.fullmatch(part)
    if match is None:
        raise ReportgenError(f"{where}: {part.strip()!r} is no citation. Write [@KEY], [@KEY, p. 5] or [@KEY; @OTHER], or \\[ for a bracket.")
    key, place = match.groups()
    try:
        number = names.citations.number(key)
    except KeyError as error:
        raise unknown(where, f"there is no reference {key!r}", key, names.citations.available, "@") from error
    listed = "sec-references" in names.labels
    shown = link(f"#reference-{number}", str(number), token) if listed else Markup(str(number))
    return Markup("{}, {}").format(shown, " ".join(place.split())) if place else shown


def unknown(where: str, what: str, written: str, known: Iterable[str], sign: str = "") -> ReportgenError:
    """Return the error for a name that is none, with the nearest that is one."""
    near = difflib.get_close_matches(written, list(known), n=1)
    return ReportgenError(f"{where}: {what}.{f' Did you mean {sign}{near[0]}?' if near else ''} {HELP}")


def drawn(tex: str, where: str, *, displayed: bool) -> Formula:
    """Return a formula; raises :class:`ReportgenError` where it is not understood."""
    try:
        return formula(tex, displayed=displayed)
    except ValueError as error:
        shown = " ".join(tex.split())
        raise ReportgenError(f"{where}: the formula ${shown}$ is not understood: {error}. Correct it, or write \\$ for a dollar sign.") from error


def formula_markup(made: Formula, *, displayed: bool) -> Markup:
    """Return the picture of a formula, standing on the line of the text around it; a wide one is made smaller as a whole."""
    style = f"width: {made.width_em:.3f}em; vertical-align: {-made.depth_em:.3f}em"
    image = Markup('<img class="formula" src="resource:{}" alt="Formula: {}" style="{}">').format(made.picture.name, made.tex, style)
    return Markup('<p class="formula-block">{}</p>\n').format(image) if displayed else image
