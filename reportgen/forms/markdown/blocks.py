"""The blocks of a document in Markdown: headings, paragraphs, lists, tables, figures, listings; whatever else there is contributes what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.forms.markdown.inline import FOLDED, Address, escape, inline, paragraph, tex
from reportgen.forms.markdown.tables import table
from reportgen.forms.markdown.tree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SKIPPED = ("head", "style", "script", "template", "title")
#: An element with one of these inside is no paragraph.
BLOCKS = (
    *HEADINGS,
    *("p", "div", "section", "header", "main", "nav", "article", "aside", "footer", "ul", "ol", "dl", "table", "figure", "pre", "blockquote"),
    *("details", "hr"),
)
#: Paragraphs that the report's style sheets set in bold, above what they name.
TITLES = frozenset({"box-title", "contents-title", "listing-title"})
ORIGIN = "origin-label"


def blocks(element: Element, address: Address) -> Iterator[str]:
    """Yield the blocks of an element's inside, in order."""
    loose: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or (child.tag not in (*BLOCKS, *SKIPPED) and not any(child.all(*BLOCKS))):
            loose.append(child)
            continue
        yield from together(loose, address)
        loose = []
        yield from block(child, address)
    yield from together(loose, address)


def together(loose: list[Element | str], address: Address) -> Iterator[str]:
    """Yield text and inline elements between two blocks as a paragraph, where there is anything in them."""
    text = FOLDED.sub(" ", "".join(inline(child, address) for child in loose)).strip(" ")
    if text:
        yield paragraph(text)


def block(element: Element, address: Address) -> Iterator[str]:
    """Yield one block element."""
    tag = element.tag
    if tag in SKIPPED:
        return
    if "id" in element.attributes and tag not in ("main", "section"):
        yield f'<a id="{escape(element.attributes["id"])}"></a>'
    if tag in HEADINGS:
        yield f"{'#' * int(tag[1])} {line(element, address)}"
    elif "formula-block" in element.classes:
        yield from (f"```math\n{tex(image)}\n```" for image in element.all("img"))
    elif tag == "p":
        yield from titled(element, address)
    elif tag == "table":
        yield from captioned(element, address)
    elif tag == "figure":
        yield from pictured(element, address)
    elif tag == "pre":
        yield fenced(element.text, "" if "plain" in element.classes else "python")
    elif tag == "nav":
        yield from contents(element, address)
    elif tag in ("ul", "ol"):
        yield listed(element, address)
    elif tag == "dl":
        yield defined(element, address)
    elif tag == "blockquote":
        yield indented("\n\n".join(blocks(element, address)), "> ")
    elif tag == "hr":
        yield "---"
    elif "source" in element.classes:
        yield from folded(element, address)
    else:
        yield from blocks(element, address)


def footnotes(element: Element, address: Address) -> Iterator[str]:
    """Yield the notes of a document, which on paper stand where they are called, as code hosts put them at its end."""
    for note in element.all("span"):
        if "footnote" in note.classes:
            yield f"[^{note.attributes['data-number']}]: {line(note, address)}"


def line(element: Element, address: Address) -> str:
    """Return the inside of an element as one line."""
    return FOLDED.sub(" ", "".join(inline(child, address) for child in element.children)).strip(" ")


def titled(element: Element, address: Address) -> Iterator[str]:
    """Yield a paragraph as the style sheets would set it apart: a title bold, who wrote what in italics."""
    text = line(element, address)
    if not text:
        return
    if element.classes & TITLES:
        yield f"**{text}**"
    elif ORIGIN in element.classes:
        yield f"*{text}*"
    else:
        yield paragraph(text)


def captioned(element: Element, address: Address) -> Iterator[str]:
    """Yield a table below its caption."""
    for caption in element.all("caption"):
        yield "\n\n".join(blocks(caption, address))
    yield table(element, address)


def pictured(element: Element, address: Address) -> Iterator[str]:
    """Yield a figure above its caption."""
    yield " ".join(inline(image, address) for image in element.all("img"))
    for caption in element.all("figcaption"):
        yield line(caption, address)


def fenced(text: str, language: str) -> str:
    """Return a listing; its fence is longer than any row of backticks in it."""
    longest = max((len(row) for row in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"


def folded(element: Element, address: Address) -> Iterator[str]:
    """Yield a long listing folded away behind its title, which code hosts open on a click."""
    title, *rest = blocks(element, address)
    yield f"<details>\n<summary>{title.strip('*')}</summary>"
    yield from rest
    yield "</details>"


def listed(element: Element, address: Address) -> str:
    """Return a list; a numbered one keeps its numbers, unless its items bring numbers of their own. A checklist has boxes."""
    if "checklist" in element.classes:
        return "\n".join(checked(item, address) for item in element.elements)
    items = [child for child in element.elements if child.tag == "li"]
    own = any("mark" in child.classes for item in items for child in item.elements)
    numbered = element.tag == "ol" and not own
    lines = []
    for number, item in enumerate(items, start=int(element.attributes.get("start") or 1)):
        mark = f"{number}. " if numbered else "- "
        inside = key_result(item, address) if is_key_result(item) else "\n\n".join(blocks(item, address))
        if "id" in item.attributes:
            inside = f'<a id="{escape(item.attributes["id"])}"></a>{inside}'
        lines.append(mark + indented(inside, " " * len(mark))[len(mark) :])
    return "\n".join(lines)


def checked(item: Element, address: Address) -> str:
    """Return an item of a checklist: its mark says yes or no."""
    done = any("done" in mark.classes for mark in item.elements if "mark" in mark.classes)
    rest = [child for child in item.children if isinstance(child, str) or "mark" not in child.classes]
    return f"- [{'x' if done else ' '}] {line(Element('li', children=rest), address)}"


def is_key_result(item: Element) -> bool:
    """Say whether an item is a number of the key-results box."""
    return any("key-value" in child.classes for child in item.elements)


def key_result(item: Element, address: Address) -> str:
    """Return a number of the key-results box on one line: whose, the number with its unit, then what it is."""
    texts = {name: [line(child, address) for child in item.elements if name in child.classes] for name in ("key-label", "key-value", "key-detail")}
    label, value = "".join(texts["key-label"]), "".join(texts["key-value"])
    return f"**{label}: {value}** ({'; '.join(text for text in texts['key-detail'] if text)})"


def defined(element: Element, address: Address) -> str:
    """Return terms with what is said of them, as a list."""
    lines: list[str] = []
    for child in element.all("dt", "dd"):
        if child.tag == "dt":
            lines.append(f"- **{line(child, address)}:**")
        elif lines:
            lines[-1] += f" {line(child, address)}"
    return "\n".join(lines)


def contents(element: Element, address: Address) -> Iterator[str]:
    """Yield the lists of contents: titles, and links that are indented by the level of what they lead to."""
    for child in element.all("p", "ol", "ul"):
        if child.tag == "p":
            yield from titled(child, address)
            continue
        lines = []
        for item in child.elements:
            deeper = any(name in ("level-3", "level-4") for name in item.classes)
            lines.append(("  " if deeper else "") + f"- {line(item, address)}")
        yield "\n".join(lines)


def indented(text: str, by: str) -> str:
    """Return every line of a text behind ``by``; empty lines stay as short as they can."""
    return "\n".join(f"{by}{one}" if one else by.rstrip() for one in text.split("\n"))
