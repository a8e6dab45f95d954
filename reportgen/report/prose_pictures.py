"""The author's own pictures: files beside the text, each with a description for those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from reportgen.errors import ReportgenError
from reportgen.report.picture_files import read_picture_file
from reportgen.report.prose_marks import FORMULAE, PREFIX, Names, mark_markup
from reportgen.report.resources import Resource

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def take_picture(token: Token, names: Names, where: str, folder: Path) -> Resource:
    """Return the picture that ``token`` shows, and point the token at it. Marks in its description become words."""
    picture = read_picture(str(token.attrs["src"]), where, folder)
    token.attrs["src"] = f"resource:{quote(picture.name)}"
    described(token.children or (), names, where)
    if not "".join(child.content for child in token.children or ()).strip():
        name = picture.name.removeprefix("author/")
        raise ReportgenError(f"{where}: the picture {name!r} has no description. Say between the brackets what is to be seen: ![...]({name}).")
    return picture


def add_captions(tokens: Sequence[Token], parser: MarkdownIt, environment: dict[str, Any]) -> None:
    """Make a figure of every paragraph that is one picture with a title; the title is its caption, and may hold what other text may."""
    from markdown_it.token import Token

    for begin, block, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = block.children or []
        if begin.type != "paragraph_open" or block.type != "inline" or len(children) != 1 or children[0].type != "image":
            continue
        caption = str(children[0].attrs.pop("title", "")).strip()
        if caption:
            begin.tag = end.tag = "figure"
            (line,) = parser.parseInline(caption, environment)
            inside = line.children or []
            block.children = [*children, Token("figcaption_open", "figcaption", 1), *inside, Token("figcaption_close", "figcaption", -1)]


def described(tokens: Sequence[Token], names: Names, where: str) -> None:
    """Turn marks and formulae in a description into the words that they stand for: a description is read aloud."""
    for token in tokens:
        if token.type.startswith(PREFIX):
            token.content = mark_markup(token, names, where).striptags()
        if token.type.startswith(PREFIX) or token.type in FORMULAE:
            token.type = "text"


def read_picture(source: str, where: str, folder: Path) -> Resource:
    """Return the picture file ``source`` of ``folder``; raises :class:`ReportgenError` when it is elsewhere, missing, too large or no picture."""
    picture = (folder / unquote(source)).resolve()
    if re.match(r"[a-zA-Z][\w+.-]*:", source) or not picture.is_relative_to(folder.resolve()) or not picture.is_file():
        raise ReportgenError(f"{where}: the picture {unquote(source)!r} is not a file in {folder}. Put it there and name it relative to that folder.")
    try:
        return read_picture_file(picture, "author/" + picture.relative_to(folder.resolve()).as_posix())
    except ValueError as error:
        raise ReportgenError(f"{where}: the picture {unquote(source)!r} {error}.") from error
    except OSError as error:
        raise ReportgenError(f"{where}: the picture {unquote(source)!r} cannot be read: {error.strerror or error}.") from error
