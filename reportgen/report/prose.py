"""The author's own words: Markdown files of the study's folder, turned into safe markup that fits the report's heading order.

Raw HTML is shown as text, comments are instructions to the author and vanish, and a picture must be a file beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.report.resources import PICTURE_TYPES, Resource
from reportgen.report.sections.arrangement import without_title

if TYPE_CHECKING:
    from markdown_it.token import Token

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LARGEST_PICTURE_BYTES = 400 * 1024  # two of them still leave the documents within their budgets


@dataclass(frozen=True, kw_only=True)
class Prose:
    """One section's text. ``markup`` is empty when the author wrote nothing; ``pictures`` are the files that it shows."""

    markup: Markup
    pictures: tuple[Resource, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.markup)


def read_prose(file_name: str, folder: Path, parent_level: int, *, titled: bool = False) -> Prose:
    """Return the prose of ``folder / file_name``; headings in it start one level below ``parent_level``.

    The first main heading of a ``titled`` file is the title of a section, and printed as such.
    A missing or empty file, or one with nothing but comments, gives empty prose. Raises :class:`ReportgenError` for text that is not UTF-8
    and for a picture that is not a readable file inside ``folder``.
    """
    path = folder / file_name if file_name else None
    if path is None or not path.is_file():
        return Prose(markup=Markup(""))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8.") from error
    text = without_title(text) if titled else text
    return to_prose(text, path, folder, parent_level)


def to_prose(text: str, path: Path, folder: Path, parent_level: int) -> Prose:
    """Return Markdown ``text`` as prose; ``path`` is named in errors."""
    from markdown_it import MarkdownIt

    # A comment keeps its line breaks, so that errors name the right line.
    text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    if not text.strip():
        return Prose(markup=Markup(""))
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    lower_headings(tokens, parent_level)
    pictures = take_pictures(tokens, path, folder)
    # The renderer escapes text and attributes, and raw HTML is off: what it returns is safe.
    return Prose(markup=Markup(parser.renderer.render(tokens, parser.options, {})), pictures=pictures)


def lower_headings(tokens: Sequence[Token], parent_level: int) -> None:
    """Rename the headings so that they start below ``parent_level`` and skip no level: a document's headings are its table of contents."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    names = {tag: f"h{min(6, parent_level + 1 + position)}" for position, tag in enumerate(used)}
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = names[token.tag]


def take_pictures(tokens: Sequence[Token], path: Path, folder: Path) -> tuple[Resource, ...]:
    """Return the pictures that ``tokens`` show, and point the tokens at them."""
    found: dict[str, Resource] = {}
    for block in tokens:
        for token in block.children or ():
            if token.type == "image":
                line = (block.map or [0])[0] + 1
                picture = read_picture(str(token.attrs["src"]), f"{path}, line {line}", folder)
                found[picture.name] = picture
                token.attrs["src"] = f"resource:{picture.name}"
    return tuple(found.values())


def read_picture(source: str, where: str, folder: Path) -> Resource:
    """Return the picture file ``source`` of ``folder``; raises :class:`ReportgenError` when it is elsewhere, missing, too large or no picture."""
    from urllib.parse import unquote

    picture = (folder / unquote(source)).resolve()
    media_type = PICTURE_TYPES.get(picture.suffix.lower())
    if re.match(r"[a-zA-Z][\w+.-]*:", source) or not picture.is_relative_to(folder.resolve()) or not picture.is_file():
        raise ReportgenError(f"{where}: the picture {source!r} is not a file in {folder}. Put it there and name it relative to that folder.")
    if media_type is None:
        raise ReportgenError(f"{where}: the picture {source!r} is of an unknown kind. Accepted: {', '.join(sorted(PICTURE_TYPES))}.")
    if picture.stat().st_size > LARGEST_PICTURE_BYTES:
        raise ReportgenError(f"{where}: the picture {source!r} is larger than {LARGEST_PICTURE_BYTES // 1024} KiB. Make it smaller.")
    return Resource(name="author/" + picture.relative_to(folder.resolve()).as_posix(), media_type=media_type, content=picture.read_bytes())
