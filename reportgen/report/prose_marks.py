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
from reportgen.language import gettext
from reportgen.report.citations import Citations
from reportgen.report.mathematics import Formula, formula
from reportgen.report.named import Value
from reportgen.report.prose_problems import HELP
from reportgen.report.templating import typeset

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from reportgen.report.sections.elements import Figure, Heading, Table

VALUE = re.compile(r"""\{\{\s*value\s*\(\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\)\s*\}\}""")
#: What was meant as a value: the word, or a bare name with its dots.
VALUE_BEGINS = re.compile(r"\{\{\s*(?:value\b|[A-Za-z_]\w*(?:\.\w+)+\s*\}\})")
#: A sentence may begin with a reference.
REFERENCE = re.compile(r"@((?i:fig|tbl|sec)-[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)")
#: Other words for the three kinds, as other programs have them, with the right one.
OTHER_KINDS = {"figure": "fig", "tab": "tbl", "table": "tbl", "section": "sec"}
OTHER_REFERENCE = re.compile(rf"@((?i:{'|'.join(OTHER_KINDS)})-[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)")
#: A citation without its brackets, or anything else that begins with an @.
BARE = re.compile(r"@([A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?)")
# What is followed by an address is a link whose text begins with an @.
CITATION = re.compile(r"\[(@[^\[\]]*)\](?!\()")
#: One source of a citation, with the place in it that is meant: ``@key`` or ``@key, p. 5``.
SOURCE = re.compile(r"\s*@([\w][\w:.#$%&+?<>~/-]*)\s*(?:,\s*(.*\S))?\s*", re.DOTALL)
PREFIX = "reportgen_"
#: Kinds of tokens that hold a formula.
FORMULAE = ("math_inline", "math_inline_double", "math_block")
KINDS = ("value", "reference", "citation", "other", "bare", "wrong", "picture")
#: What looks like a picture and is none: Markdown ends a file's name at a space.
PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^)\n]*)\)")


#: By the sign that a mark begins with: what it may be. A slip inside of one must not be printed as if it were meant, so slips come last.
PATTERNS = {
    "{": (("value", VALUE), ("wrong", VALUE_BEGINS)),
    "[": (("citation", CITATION),),
    "@": (("reference", REFERENCE), ("other", OTHER_REFERENCE), ("bare", BARE)),
}


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
    found = {
        f"fig-{item.key}": Label(words=gettext("Figure\u00a0{number}", number=item.number), target=f"figure-{item.key}", title=item.title)
        for item in figures
    }
    found |= {
        f"tbl-{item.key}": Label(words=gettext("Table\u00a0{number}", number=item.number), target=f"table-{item.key}", title=item.title)
        for item in tables
    }
    for item in headings:
        words = gettext("appendix\u00a0{number}", number=item.number) if item.lettered else gettext("section\u00a0{number}", number=item.number)
        found[f"sec-{item.key}"] = Label(words=words, target=item.key, title=item.title)
    return found


def add_marks(parser: MarkdownIt) -> None:
    """Teach a parser the marks; their tokens must be filled by :func:`mark_markup` or :func:`formula_markup` before they are rendered."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    dollarmath_plugin(parser, allow_labels=False, allow_space=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    parser.inline.ruler.before("link", "reportgen_marks", take_mark)
    parser.inline.ruler.after("image", "reportgen_no_picture", take_no_picture)


def take_mark(state: StateInline, silent: bool) -> bool:
    """Recognise a mark at the parser's place."""
    place, text = state.pos, state.src
    before = text[place - 1] if place else ""
    if text[place] == "@" and (before.isalnum() or before == "_"):
        return False
    found = ((kind, pattern.match(text, place, state.posMax)) for kind, pattern in PATTERNS.get(text[place], ()))
    kind, match = next(((kind, match) for kind, match in found if match is not None), ("", None))
    if match is None:
        return False
    if not silent:
        token = state.push(f"{PREFIX}{kind}", "", 0)
        token.content = next((group for group in match.groups() if group is not None), text[place : place + 40].split("}}")[0])
        token.meta = {"inside_link": state.linkLevel > 0}
    state.pos = match.end()
    return True


def take_no_picture(state: StateInline, silent: bool) -> bool:
    """Recognise what was meant as a picture, where Markdown has found none: a reader would see the marks themselves."""
    match = PICTURE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(f"{PREFIX}picture", "", 0)
        token.content = match.group()
        token.meta = {"words": match.group(1), "file": match.group(2).strip()}
    state.pos = match.end()
    return True


def mark_markup(token: Token, names: Names, where: str) -> Markup:
    """Return what a mark stands for; raises :class:`ReportgenError` where it names nothing. ``where`` is the file and the line."""
    kind, content = token.type.removeprefix(PREFIX), token.content
    if kind == "value":
        if content not in names.values:
            raise unknown(where, f"there is no value {content!r}", content, names.values)
        return Markup('<span class="measured">{}</span>').format(typeset(names.values[content].text))
    if kind == "reference":
        kind_of, _, key = content.partition("-")
        if (content := f"{kind_of.lower()}-{key}") not in names.labels:
            raise unknown(where, f"@{content} is no figure, table or section of this report", content, names.labels, "@")
        label = names.labels[content]
        # @Sec-parity begins a sentence; in some languages the word is written large everywhere.
        words = label.words[0].upper() + label.words[1:] if kind_of[0].isupper() else label.words
        return link(f"#{label.target}", words, token)
    if kind == "citation":
        return Markup("[{}]").format(Markup(", ").join(cited(part, names, where, token) for part in content.split(";")))
    if kind == "bare":
        if content in names.citations.available and not token.meta["inside_link"]:
            raise ReportgenError(f"{where}: a citation stands in brackets. Write [@{content}], or \\@ for the sign itself.")
        return Markup("@{}").format(content)
    if kind == "other":
        kind_of, _, key = content.partition("-")
        raise ReportgenError(f"{where}: @{content} is no reference. Write @{OTHER_KINDS[kind_of.lower()]}-{key}, or \\@ for the sign itself. {HELP}")
    if kind == "picture":
        words, file = token.meta["words"], token.meta["file"]
        raise ReportgenError(f"{where}: the picture {file!r} is not understood. A name with spaces stands between < and >: ![{words}](<{file}>).")
    raise ReportgenError(
        f'{where}: "{content.splitlines()[0].strip()} ..." is not understood. A value is written {{{{ value("NAME") }}}}, and \\{{ is a brace. {HELP}'
    )


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
    image = Markup('<img class="formula" src="resource:{}" alt="{}" style="{}">').format(
        made.picture.name, gettext("Formula: {tex}", tex=made.tex), style
    )
    return Markup('<p class="formula-block">{}</p>\n').format(image) if displayed else image
