"""What single elements of the structure tree lack: notes that are notes, what heads are the heads of, where pictures are, identifiers that are found.

Sources of the rules: ISO 32000-1, 14.7.2 (identifiers), 14.8.4 and 14.8.5 (kinds and attributes); ISO 14289-1, 7.3, 7.5 and 7.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf

# The typesetter gives places in its own unit, from the top of the page; a PDF counts points from the foot.
POINTS_PER_PIXEL: Final = 0.75
NOTE = "note-{number}"


def mend_elements(root: Any, elements: Sequence[Any]) -> None:
    """Mend ``elements``, which are all below the structure tree's ``root``, outer before inner, and list those that have an identifier."""
    for number, element in enumerate(footnotes(root), start=1):
        become_note(element, NOTE.format(number=number))
    scopes(root)
    for element in elements:
        if str(element.S) == "/Figure":
            place_in_points(element)
    identified = {bytes(element.ID): element for element in elements if "/ID" in element}
    if identified:
        names: list[Any] = []
        for identifier, element in sorted(identified.items()):
            names += [pikepdf.String(identifier), element]
        root.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(names), Limits=pikepdf.Array([names[0], names[-2]]))


def held(element: Any) -> Iterator[Any]:
    """Yield the elements that ``element`` holds itself."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def footnotes(root: Any) -> Iterator[Any]:
    """Yield the author's footnotes. What stands at the foot of a page is outside of all sections, and holds nothing but text."""
    for document in held(root):
        for area in held(document):
            notes = list(held(area))
            if str(area.S) == "/NonStruct" and all(str(note.S) == "/Span" for note in notes):
                yield from notes


def become_note(element: Any, identifier: str) -> None:
    """Let an element be a note with its number as a label."""
    element.S = pikepdf.Name.Note
    element.ID = pikepdf.String(identifier)
    label = next(held(element), None)
    if label is not None and str(label.S) == "/NonStruct":
        label.S = pikepdf.Name.Lbl


def scopes(root: Any, scope: str = "/Row") -> None:
    """Let every head of a table say what it is the head of: in the table's own head a column, below it a row."""
    for element in held(root):
        kind = str(element.S)
        if kind == "/TH":
            element.A.Scope = pikepdf.Name(scope)
        scopes(element, "/Column" if kind == "/THead" else "/Row" if kind == "/Table" else scope)


def place_in_points(figure: Any) -> None:
    """Give the place of a picture in the units of its page."""
    left, top, right, bottom = (float(value) * POINTS_PER_PIXEL for value in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    figure.A.BBox = pikepdf.Array([round(value, 2) for value in (left, height - bottom, right, height - top)])
