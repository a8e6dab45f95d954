"""Style sheets: the built-in ones, those that a study's folder puts in their place, and the theme that colours all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import tinycss2

from reportgen.errors import ReportgenError
from reportgen.report.locate import templates_folder
from reportgen.report.own_files import OWN, own_names
from reportgen.report.templating import require_inside

STANDARD = "standard"
THEMES = "themes"
STYLES = "styles"
IMPORT = re.compile(r"""@import\s+(?:url\()?["']?(?P<name>[^"'();\s]*)["']?\)?[^;]*;""")
#: A style sheet of one's own may name a picture or font of the report, or hold it itself.
OWN_URLS = ("resource:", "data:", "#")
#: How a style sheet names a file of the author's folder of templates.
OWN_FILE = f"resource:{OWN}"
#: At-rules that hold rules; the others hold declarations.
GROUPS = ("media", "supports", "layer", "container")
ADVICE = "Correct the style sheet, or remove it to use the built-in one."


@dataclass(frozen=True, kw_only=True)
class Styles:
    """The rules for a medium, and those that hold in dark mode alone: the typesetter of the PDF knows no such condition, so they stand apart."""

    plain: str
    dark: str


def style_sheets(names: Iterable[str], own: Path | None, theme: str = STANDARD) -> Styles:
    """Return the named style sheets behind their theme; what the study's folder ``own`` holds takes the place of the built-in one.

    Raises :class:`ReportgenError` that names file and line of what is wrong.
    """
    themes = dict.fromkeys((STANDARD, theme))  # a theme says only what it changes
    parts = [split_dark(read_sheet(f"{THEMES}/{name}.css", own, unknown_theme)) for name in themes]
    parts += [split_dark(read_sheet(f"{STYLES}/{name}", own)) for name in names]
    return Styles(plain="\n".join(part.plain for part in parts), dark="\n".join(part.dark for part in parts if part.dark))


def theme_names(own: Path | None) -> tuple[str, ...]:
    """Return the names of all themes: the built-in ones, and those of the study's folder."""
    folders = [templates_folder(), *([own] if own is not None else [])]
    return tuple(sorted({path.stem for folder in folders for path in (folder / THEMES).glob("*.css")}))


def require_theme(theme: str, own: Path | None) -> None:
    """Raise :class:`ReportgenError` where there is no theme of that name."""
    if theme not in theme_names(own):
        raise unknown_theme(f"{THEMES}/{theme}.css", own)


def unknown_theme(name: str, own: Path | None) -> ReportgenError:
    """Return the error for a theme that is not there."""
    theme, known = Path(name).stem, theme_names(own)
    near = get_close_matches(theme, known, n=1)
    return ReportgenError(
        f"There is no theme {theme!r}.{f' Did you mean {near[0]!r}?' if near else ''} Themes: {', '.join(known)}. "
        f"One of your own is a file {THEMES}/{theme}.css in your folder of templates."
    )


def missing_sheet(name: str, own: Path | None) -> ReportgenError:
    """Return the error for a built-in style sheet that is not there."""
    return ReportgenError(f"The style sheet {name} is neither in {own} nor in {templates_folder()}. Install reportgen again.")


def read_sheet(name: str, own: Path | None, missing: Any = missing_sheet) -> str:
    """Return a style sheet by its name below the templates, with what it imports of the built-in ones put in place."""
    if own is not None and (own / name).is_file():
        return own_sheet(own / name, own)
    path = templates_folder() / name
    # "themes/../../x.css" is no name of a theme.
    if ".." in Path(name).parts or not path.is_file():
        raise missing(name, own)
    return path.read_text(encoding="utf-8")


def own_sheet(path: Path, own: Path) -> str:
    """Return a style sheet of the author's, once it is known to be one and to load nothing from elsewhere."""
    require_inside(path, own)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportgenError(f"{path} cannot be read as UTF-8 text: {error}. {ADVICE}") from error
    for line, cause in mistakes(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), own):
        raise ReportgenError(f"{path}, line {line}: {cause}. {ADVICE}")

    def imported(match: re.Match[str]) -> str:
        name = match["name"]
        sheet = templates_folder() / name.removeprefix("builtin/")
        if not name.startswith("builtin/") or ".." in sheet.parts or sheet.suffix != ".css" or not sheet.is_file():
            line = text.count("\n", 0, match.start()) + 1
            raise ReportgenError(f'{path}, line {line}: {name!r} cannot be imported. Write @import "builtin/{STYLES}/NAME.css" for a built-in one.')
        return sheet.read_text(encoding="utf-8")

    return IMPORT.sub(imported, text)


def mistakes(nodes: Iterable[Any], own: Path | None = None) -> Iterator[tuple[int, str]]:
    """Yield line and cause of everything in parsed CSS that is no CSS, or that would load something that is not in the folder ``own``."""
    for node in nodes:
        if node.type == "error":
            yield node.source_line, f"this is not CSS: {node.message}"
        elif node.type == "url" or (node.type == "function" and node.lower_name == "url"):
            address = node.value if node.type == "url" else "".join(token.value for token in node.arguments if token.type == "string")
            if not address.startswith(OWN_URLS):
                elsewhere = f"{address!r} would be loaded from elsewhere, and a report loads nothing but its own files"
                yield node.source_line, f'{elsewhere}: url("resource:own/NAME") is one of your folder of templates'
            elif address.startswith(OWN_FILE) and own is not None and OWN + unquote(address.removeprefix(OWN_FILE)) not in own_names(own):
                yield node.source_line, f"there is no picture or font {address.removeprefix(OWN_FILE)!r} in {own}"
        elif node.type == "function":
            yield from mistakes(node.arguments, own)
        elif node.type == "declaration":
            yield from mistakes(node.value, own)
        elif node.type == "qualified-rule":
            yield from mistakes(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True), own)
        elif node.type == "at-rule" and node.content is not None:
            # What @import names has no content, and is looked at by whoever puts it in place.
            parse = tinycss2.parse_rule_list if node.lower_at_keyword in GROUPS else tinycss2.parse_blocks_contents
            yield from mistakes(parse(node.content, skip_comments=True, skip_whitespace=True), own)


def split_dark(text: str) -> Styles:
    """Divide a style sheet into what holds always and its ``@media (prefers-color-scheme: ...)`` rules."""
    if "prefers-color-scheme" not in text:
        return Styles(plain=text, dark="")
    plain: list[Any] = []
    dark: list[Any] = []
    for node in tinycss2.parse_stylesheet(text):
        conditional = node.type == "at-rule" and node.lower_at_keyword == "media" and "prefers-color-scheme" in tinycss2.serialize(node.prelude)
        (dark if conditional else plain).append(node)
    return Styles(plain=tinycss2.serialize(plain).strip(), dark=tinycss2.serialize(dark).strip())
