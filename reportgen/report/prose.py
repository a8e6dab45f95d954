"""The author's own words: Markdown files of the study's folder, turned into safe markup that fits the report's heading order.

Raw HTML is shown as text, comments are instructions to the author and vanish, and a picture must be a file beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.mathematics import Formula
from reportgen.report.prose_comments import without_comments
from reportgen.report.prose_marks import FORMULAE, PREFIX, Names, add_marks, drawn, formula_markup, mark_markup
from reportgen.report.prose_notes import CALL, Note, add_notes, note_list, take_notes
from reportgen.report.prose_pictures import add_captions, take_picture
from reportgen.report.prose_problems import Problems
from reportgen.report.prose_rules import add_rules
from reportgen.report.resources import Resource
from reportgen.report.sections.arrangement import arrangement, is_written, without_title

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from reportgen.config import Config

#: Never filled in by the program; the introduction has generated words to fall back on.
ONLY_THE_AUTHOR = ("challenges", "discussion", "conclusion")
#: The author's sections by key of ``[prose]``, in the order of the report; the declaration is printed only where it is written.
AUTHORS = ("introduction", *ONLY_THE_AUTHOR, "declaration")


@dataclass(frozen=True, kw_only=True)
class Prose:
    """One section's text, on the ``screen`` and on ``paper``: footnotes are in other places there. Both are empty when the author wrote nothing.

    ``pictures`` are the files and the formulae that it shows.
    """

    screen: Markup
    paper: Markup
    pictures: tuple[Resource, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.screen)


NOTHING = Prose(screen=Markup(""), paper=Markup(""))


def read_prose(file_name: str, folder: Path, parent_level: int, names: Names | None = None, *, titled: bool = False) -> Prose:
    """Return the prose of ``folder / file_name``; headings in it start one level below ``parent_level``, and it may name ``names``.

    The first main heading of a ``titled`` file is the title of a section, and printed as such.
    A missing or empty file, or one with nothing but comments, gives empty prose. Raises one :class:`ReportgenError`, with file and line, for all
    marks that name nothing and all pictures that are not readable files inside ``folder``; with the file for text that is not UTF-8.
    """
    path = folder / file_name if file_name else None
    if path is None or not path.is_file():
        return NOTHING
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8.") from error
    text = without_title(text) if titled else text
    return to_prose(text, path, folder, parent_level, names or Names())


def unwritten(config: Config) -> tuple[Path, ...]:
    """Return the files of the sections that only the author can write and has not written; a section that the report leaves out wants nothing."""
    arranged = arrangement(config)
    wanted = [section for section in ONLY_THE_AUTHOR if section in arranged.order or arranged.lists("limitations", section)]
    files = [*(config.prose_file(section) for section in wanted), *(config.folder / name for name in arranged.own)]
    return tuple(path for path in files if not is_written(path))


def require_prose(config: Config) -> None:
    """Raise :class:`ReportgenError` that names the sections which the author has not written."""
    missing = unwritten(config)
    if missing:
        raise ReportgenError(f"Not provided by the author: {', '.join(str(path) for path in missing)}. Write them, or leave out --strict.")


def to_prose(text: str, path: Path, folder: Path, parent_level: int, names: Names) -> Prose:
    """Return Markdown ``text`` as prose; ``path`` is named in errors."""
    text = without_comments(text)
    if not text.strip():
        return NOTHING
    parser = prose_parser()
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    lower_headings(tokens, parent_level)
    add_captions(tokens, parser, environment)
    problems = Problems()
    pictures = fill(tokens, environment, names, path, folder, problems)
    rest: list[Token] = []
    notes: tuple[Note, ...] = ()
    with problems.noted():
        rest, notes = take_notes(tokens, environment, names.notes, str(path))
    problems.tell()
    return Prose(screen=rendered(parser, rest, notes, "screen"), paper=rendered(parser, rest, notes, "print"), pictures=pictures)


def prose_parser() -> MarkdownIt:
    """Return the parser of the author's Markdown. Raw HTML is off and the renderer escapes text and attributes: what it returns is safe."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    add_marks(parser)
    add_notes(parser)
    add_rules(parser)
    return parser


def rendered(parser: MarkdownIt, tokens: Sequence[Token], notes: Sequence[Note], medium: str) -> Markup:
    """Return the markup of ``tokens`` for the screen, with the footnotes below, or for print, with the footnotes where they are called."""
    environment = {"medium": medium}
    markup = Markup(parser.renderer.render(tokens, parser.options, environment))
    return markup if medium == "print" else markup + note_list(notes, parser.renderer, parser.options, environment)


def lower_headings(tokens: Sequence[Token], parent_level: int) -> None:
    """Rename the headings so that they start below ``parent_level`` and skip no level: a document's headings are its table of contents."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    names = {tag: f"h{min(6, parent_level + 1 + position)}" for position, tag in enumerate(used)}
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = names[token.tag]


def fill(tokens: Sequence[Token], environment: dict[str, Any], names: Names, path: Path, folder: Path, problems: Problems) -> tuple[Resource, ...]:
    """Put into every mark, formula and picture what it stands for, and return the pictures of all; what is wrong goes to ``problems``."""
    formulae: dict[tuple[str, bool], Formula] = {}
    pictures: dict[str, Resource] = {}
    for token, line in located(tokens, environment):
        where = f"{path}, line {line}"
        with problems.noted():
            if token.type in FORMULAE:
                displayed = token.type != "math_inline"
                key = (token.content, displayed)
                made = formulae[key] = formulae[key] if key in formulae else drawn(token.content, where, displayed=displayed)
                pictures[made.picture.name] = made.picture
                token.meta = {"markup": formula_markup(made, displayed=token.type == "math_block")}
            elif token.type.startswith(PREFIX):
                token.meta["markup"] = mark_markup(token, names, where)
            elif token.type == "image":
                picture = take_picture(token, names, where, folder)
                pictures[picture.name] = picture
    return tuple(pictures.values())


def located(tokens: Sequence[Token], environment: dict[str, Any]) -> Iterator[tuple[Token, int]]:
    """Yield all tokens but those inside of pictures, with their lines; a cell of a table has none of its own, and takes that of its row."""
    line = 1
    for block in tokens:
        line = block.map[0] + 1 if block.map else line
        yield block, line
        yield from located_inline(block.children or (), line, environment)


def located_inline(tokens: Sequence[Token], line: int, environment: dict[str, Any]) -> Iterator[tuple[Token, int]]:
    """Yield the tokens of running text that begins on ``line``, with their lines; after a footnote in place follow the tokens of the note."""
    for token in tokens:
        yield token, line
        if token.type == CALL and token.meta.get("label") is None:
            yield from located_inline(environment["footnotes"]["list"][token.meta["id"]]["tokens"], line, environment)
        line += 1 if token.type in ("softbreak", "hardbreak") else token.content.count("\n")
