"""The author's say in what the report holds: sections left out, moved, or added as Markdown, as ``[sections]`` of report.toml has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.report.prose_comments import titles, without_comments

if TYPE_CHECKING:
    from reportgen.config import Config

#: The sections of the report, in the order in which they stand where report.toml says nothing; each group's own list is a key of its own.
ORDER = ("introduction", "summary", "methodology", "results", "limitations", "discussion", "conclusion", "references", "appendix")
#: Printed behind the references, where the author has written one; nobody declares anything for somebody else.
DECLARATION = "declaration"
GROUPS = ("methodology", "results", "limitations", "appendix")
EXPERIMENTS = "experiments"  # stands for all that are not named by themselves
OWN = ".md"
MOST_LETTERS = 26  # of the appendices


@dataclass(frozen=True, kw_only=True)
class OwnSection:
    """A section that the author adds: the key of its heading, its title, and its file relative to the folder of report.toml."""

    key: str
    title: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Which sections there are and in which order. A group that is not in ``groups`` is as it is built in; ``own`` are the author's, by file."""

    order: tuple[str, ...] = ORDER
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, OwnSection] = field(default_factory=dict)

    def lists(self, group: str, name: str) -> bool:
        """Tell whether a group holds a section of that name."""
        return group in self.order and (group not in self.groups or name in self.groups[group])


AS_BUILT_IN = Arrangement()


def arrangement(config: Config) -> Arrangement:
    """Return the arrangement that a configuration asks for, the titles of the author's own sections read from their files."""
    sections = config.sections
    groups = {group: value for group in GROUPS if (value := getattr(sections, group)) is not None}
    order = (*ORDER[:-1], DECLARATION, ORDER[-1]) if sections.order is None else sections.order
    if not is_written(config.prose_file(DECLARATION)):
        order = tuple(name for name in order if name != DECLARATION)
    files = [name for names in (order, *groups.values()) for name in names if name.endswith(OWN)]
    twice = next((name for position, name in enumerate(files) if name in files[:position]), None)
    if twice is not None:
        raise ReportgenError(f"{twice} stands twice in [sections]. Name it once: a section has one place.")
    own: dict[str, OwnSection] = {}
    for name in files:
        key = own_key(name, [section.key for section in own.values()])
        own[name] = OwnSection(key=key, title=title_of(config.folder / name), file=name)
    return Arrangement(order=order, groups=groups, own=own)


def own_key(name: str, taken: Sequence[str]) -> str:
    """Return an identifier that looks like the file's name and is nobody else's."""
    slug = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or "section"
    key, number = f"own-{slug}", 1
    while key in taken:
        number += 1
        key = f"own-{slug}-{number}"
    return key


def title_of(path: Path) -> str:
    """Return the first main heading of a Markdown file; without one, its name in words."""
    heading = next(titles(read(path)), None)
    return plain_words(heading["title"]) if heading else path.stem.replace("-", " ").replace("_", " ").strip().capitalize() or path.name


def plain_words(markdown: str) -> str:
    """Return a line of Markdown as the words that it shows: contents and running heads have one face."""
    from markdown_it import MarkdownIt

    (line,) = MarkdownIt("commonmark", {"html": False}).parseInline(markdown)
    return " ".join("".join(" " if token.type.endswith("break") else token.content for token in line.children or ()).split())


def without_title(text: str) -> str:
    """Return Markdown without the heading that :func:`title_of` returns; its line stays empty, so that errors name the right ones."""
    heading = next(titles(text), None)
    return text if heading is None else text[: heading.start()] + text[heading.end() :]


def read(path: Path) -> str:
    """Return a file's text. Raises :class:`ReportgenError` for one that is not there or no UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. Save it as UTF-8, or take it out of [sections].") from error


def is_written(path: Path) -> bool:
    """Tell whether the author has written anything into a file besides comments."""
    return path.is_file() and bool(without_comments(path.read_text(encoding="utf-8-sig", errors="replace")).strip())
