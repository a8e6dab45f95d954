"""Comments in the author's Markdown, and the heading that is a section's title: both are looked for in the text alone, never in its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What is escaped, code in a block or in the line, or a comment: whichever begins first holds the others.
PIECE = re.compile(
    r"""
      \\[^\n]
    | ^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.))+?(?<!`)(?P=ticks)(?!`)
    | (?P<comment><!--(?s:.*?)(?:-->|\Z))
    """,
    re.MULTILINE | re.VERBOSE,
)
TITLE = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def without_comments(text: str) -> str:
    """Return Markdown without its comments; their line breaks stay, so that errors name the right line."""
    return PIECE.sub(lambda piece: "\n" * piece.group().count("\n") if piece["comment"] is not None else piece.group(), text)


def titles(text: str) -> Iterator[re.Match[str]]:
    """Yield the main headings of Markdown, each with a group ``title``; a line of code or of a comment is none."""
    pieces = [piece.span() for piece in PIECE.finditer(text) if not piece.group().startswith("\\")]
    for heading in TITLE.finditer(text):
        if not any(start <= heading.start() < end for start, end in pieces):
            yield heading
