"""The author's footnotes: ``[^name]`` with ``[^name]: text`` below, or ``^[text]`` in place.

On paper they stand at the foot of the page, on the screen below the section. They are numbered through the
whole report, so that a number means the same note in every document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.language import gettext

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CALL = "footnote_ref"
OPEN, CLOSE = "footnote_reference_open", "footnote_reference_close"
ADVICE = "Write [^{label}]: and the text of the note on a line of its own, or \\[ for a bracket."


@dataclass(frozen=True, kw_only=True)
class Note:
    """A footnote that is called at least once: its number and its paragraphs, each the tokens of one line of text."""

    number: int
    paragraphs: tuple[Sequence[Token], ...]


def add_notes(parser: MarkdownIt) -> None:
    """Teach a parser footnotes; :func:`take_notes` must be called before they are rendered."""
    from mdit_py_plugins.footnote import footnote_plugin

    footnote_plugin(parser, move_to_end=False, always_match_refs=True)
    parser.add_render_rule(CALL, render_call)


def definitions(tokens: Sequence[Token], path: str) -> tuple[list[Token], dict[str, tuple[int, tuple[Sequence[Token], ...]]]]:
    """Return the tokens without the definitions of footnotes, and these by label: line and paragraphs."""
    rest: list[Token] = []
    found: dict[str, tuple[int, tuple[Sequence[Token], ...]]] = {}
    label, line, inside = "", 0, False
    paragraphs: list[Sequence[Token]] = []
    for token in tokens:
        if token.type == OPEN:
            inside, label, line, paragraphs = True, str(token.meta["label"]), (token.map or [0])[0] + 1, []
            if label in found:
                raise ReportgenError(f"{path}, line {line}: the footnote [^{label}] is defined twice. Rename one of the two.")
        elif token.type == CLOSE:
            inside = False
            found[label] = (line, tuple(paragraphs))
        elif not inside:
            rest.append(token)
        elif token.type == "inline":
            paragraphs.append(token.children or ())
        elif token.type not in ("paragraph_open", "paragraph_close"):
            raise ReportgenError(f"{path}, line {line}: the footnote [^{label}] holds more than text. Put lists, tables and code into the text.")
    return rest, found


def take_notes(tokens: Sequence[Token], environment: dict[str, Any], numbered: list[str], path: str) -> tuple[list[Token], tuple[Note, ...]]:
    """Return the tokens without the definitions of footnotes, and the notes in order; every call is given its note.

    ``numbered`` has an entry for each note of the report so far, and grows. Raises :class:`ReportgenError` for a call without a definition, and
    for a definition that nothing calls: it would vanish.
    """
    rest, defined = definitions(tokens, path)
    inline: dict[int, Any] = environment.get("footnotes", {}).get("list", {})
    notes: dict[str, Note] = {}
    for token, line in calls(rest):
        label = token.meta.get("label")
        key = f"[^{label}]" if label is not None else f"^{token.meta['id']}"
        if label is not None and label not in defined:
            raise ReportgenError(f"{path}, line {line}: the footnote [^{label}] has no text. {ADVICE.format(label=label)}")
        first = key not in notes
        if first:
            paragraphs = defined[label][1] if label is not None else (inline[token.meta["id"]]["tokens"],)
            if any(child.type == CALL for paragraph in paragraphs for child in paragraph):
                raise ReportgenError(f"{path}, line {line}: a footnote cannot hold another one. Put it into the text.")
            numbered.append(f"{path}: {key}")
            notes[key] = Note(number=len(numbered), paragraphs=paragraphs)
        token.meta |= {"note": notes[key], "first": first}
    for label, (line, _) in defined.items():
        if f"[^{label}]" not in notes:
            raise ReportgenError(f"{path}, line {line}: nothing refers to the footnote [^{label}]. Write that where it belongs, or leave it out.")
    return rest, tuple(notes.values())


def calls(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the calls of footnotes in order, with the lines of the blocks in which they are."""
    line = 1
    for block in tokens:
        line = block.map[0] + 1 if block.map else line
        for token in block.children or ():
            if token.type == CALL:
                yield token, line


def render_call(renderer: Any, tokens: Sequence[Token], index: int, options: Any, environment: dict[str, Any]) -> str:
    """Return a call: in print with the note itself, which the typesetter moves to the foot of the page; on the screen a link to it."""
    note, first = tokens[index].meta["note"], tokens[index].meta["first"]
    if environment["medium"] == "screen":
        anchor = Markup(' id="note-{0}-from"').format(note.number) if first else ""
        link = Markup('<sup class="note-call"><a href="#note-{0}"{1} aria-label="{2}">{0}</a></sup>')
        return str(link.format(note.number, anchor, gettext("Footnote {number}", number=note.number)))
    if not first:
        return str(Markup('<sup class="note-call">{}</sup>').format(note.number))
    return str(Markup('<span class="footnote" data-number="{}">{}</span>').format(note.number, text_of(note, renderer, options, environment)))


def text_of(note: Note, renderer: Any, options: Any, environment: dict[str, Any]) -> Markup:
    """Return what a note says; the renderer has escaped it."""
    return Markup("<br>").join(Markup(renderer.renderInline(paragraph, options, environment)) for paragraph in note.paragraphs)


def note_list(notes: Sequence[Note], renderer: Any, options: Any, environment: dict[str, Any]) -> Markup:
    """Return the notes of a section as they stand below it on the screen, each with the way back to the text."""
    if not notes:
        return Markup("")
    item = Markup('<li id="note-{0}"><span class="mark">{0}</span> {1} <a href="#note-{0}-from" aria-label="{2}">\u2191</a></li>\n')
    items = Markup("").join(
        item.format(note.number, text_of(note, renderer, options, environment), gettext("Back to the call of footnote {number}", number=note.number))
        for note in notes
    )
    return Markup('<ol class="notes" aria-label="{}">\n{}</ol>\n').format(gettext("Footnotes"), items)
