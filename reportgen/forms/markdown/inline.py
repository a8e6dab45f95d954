"""Running text in Markdown: emphasis, code, links and pictures; every other character is meant as it stands, and escaped where it would not be."""

from __future__ import annotations

import re
from collections.abc import Callable

from reportgen.forms.markdown.tree import Element

# Spaces that markup folds into one. The narrow and the no-break space, which stand inside numbers, are none of them.
FOLDED = re.compile(r"[ \t\n\r\f]+")
# What Markdown, its tables, and the formulae and strikethrough of code hosts give a meaning to wherever it stands.
SPECIAL = re.compile(r"[\\`*\[\]|~$]")
# An underscore between letters or digits is plain in every dialect; others may begin or end emphasis.
UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# What has a meaning at the beginning of a line only: headings, lists, quotations, underlines of headings, numbered items.
LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|\d{1,9}(?=[.)](?:\s|$)))")

#: Gives the address of a picture or a link in the document.
Address = Callable[[str], str]


def escape(text: str) -> str:
    """Return plain text so that Markdown shows it as it is; tags and entities too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return UNDERSCORE.sub(r"\\_", SPECIAL.sub(r"\\\g<0>", text))


def paragraph(text: str) -> str:
    """Return inline Markdown as a paragraph of its own: nothing at its beginning makes it anything else."""
    found = LINE_START.match(text)
    if not found:
        return text
    rest = text[found.end() :]
    start = found[2]
    return f"{found[1]}{start}\\{rest}" if start.isdigit() else f"{found[1]}\\{start}{rest}"


def inline(element: Element | str, address: Address) -> str:
    """Return the inside of an element as inline Markdown on one line; ``address`` says where its pictures lie."""
    if isinstance(element, str):
        return escape(FOLDED.sub(" ", element))
    inside = "".join(inline(child, address) for child in element.children)
    tag = element.tag
    if element.classes & {"footnote", "note-call"}:
        return f"[^{element.attributes.get('data-number') or element.text}]"
    if tag in WRAPPED:
        return wrapped(inside, WRAPPED[tag])
    if tag == "code":
        return code(element.text)
    if tag == "img":
        return formula(element) if "formula" in element.classes else picture(element, address)
    if tag == "a" and element.attributes.get("href"):
        return f"[{inside.strip()}]({destination(element.attributes['href'])})"
    if tag in ("sup", "sub"):
        return f"<{tag}>{inside}</{tag}>"
    if tag == "br":
        return "<br>"
    if "measured" in element.classes:
        # Underlined, as in the other forms: it was measured, and not written.
        return f"<ins>{inside}</ins>"
    if element.classes & {"number", "mark"}:
        # In markup the style sheet sets it apart from what follows.
        return f"{inside.strip()} "
    return inside


WRAPPED = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*", "s": "~~", "del": "~~"}


def wrapped(inside: str, mark: str) -> str:
    """Return emphasised text; spaces at its ends stay outside, where Markdown wants them."""
    bare = inside.strip(" ")
    if not bare:
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip(" "))], inside[len(inside.rstrip(" ")) :]
    return f"{before}{mark}{bare}{mark}{after}"


def code(text: str) -> str:
    """Return a code span: its fence is longer than any row of backticks in it, and a pipe in it cannot end a cell of a table."""
    text = FOLDED.sub(" ", text)
    longest = max((len(row) for row in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}" if text.strip() else ""


def tex(element: Element) -> str:
    """Return what a picture of a formula shows, as it was written."""
    return element.attributes.get("alt", "").partition(": ")[2]


def formula(element: Element) -> str:
    """Return a formula in the running text; code hosts set what stands between these signs, and take nothing in it for Markdown."""
    return f"$`{tex(element)}`$"


def picture(element: Element, address: Address) -> str:
    """Return a picture with the words that describe it."""
    description = escape(FOLDED.sub(" ", element.attributes.get("alt", "")))
    return f"![{description}]({destination(address(element.attributes.get('src', '')))})"


def destination(url: str) -> str:
    """Return the address of a link so that it ends where it should."""
    return url if re.fullmatch(r"[^\s()<>\\]+", url) else "<" + re.sub(r"([<>\\])", r"\\\1", FOLDED.sub("%20", url)) + ">"
