"""One place to press for each link: the typesetter makes one for every box inside of it, five of them in a line of the contents.

Who goes from link to link by the keyboard would meet each as often.
"""

from __future__ import annotations

from typing import Any

import pikepdf


def press_once(pdf: pikepdf.Pdf, root: Any) -> None:
    """Leave out the annotations that lie inside of another of the same link: of the page, of the link, and of the owners of ``root``."""
    dropped = set()
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.Link:
            dropped |= drop_inner(element)
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array([one for one in page.obj.Annots if one.objgen not in dropped])
    numbers = list(root.ParentTree.Nums)
    kept = {int(one.StructParent) for page in pdf.pages for one in page.obj.get("/Annots", [])} | {int(page.obj.StructParents) for page in pdf.pages}
    pairs = [(number, owner) for number, owner in zip(numbers[::2], numbers[1::2], strict=True) if int(number) in kept]
    root.ParentTree.Nums = pikepdf.Array([item for pair in pairs for item in pair])


def drop_inner(link: Any) -> set[tuple[int, int]]:
    """Take the annotations inside of another out of a link, and return which they are."""
    references = [kid for kid in link.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR]
    kept: list[Any] = []
    for one in sorted(references, key=lambda reference: -area(reference.Obj)):
        if not any(inside(one.Obj, other.Obj) and one.Pg.objgen == other.Pg.objgen for other in kept):
            kept.append(one)
    names = {one.objgen for one in kept}
    inner = [one for one in references if one.objgen not in names]
    if inner:
        gone = {one.objgen for one in inner}
        link.K = pikepdf.Array([kid for kid in link.K if not isinstance(kid, pikepdf.Dictionary) or kid.objgen not in gone])
    return {one.Obj.objgen for one in inner}


def corners(annotation: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of an annotation, in points."""
    one, two, three, four = (float(value) for value in annotation.Rect)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def area(annotation: Any) -> float:
    """Return how large an annotation is, in square points."""
    left, bottom, right, top = corners(annotation)
    return (right - left) * (top - bottom)


def inside(one: Any, other: Any, slack: float = 0.5) -> bool:
    """Tell whether an annotation lies in another, but for ``slack`` points, which no finger and no eye sees."""
    left, bottom, right, top = corners(one)
    outer_left, outer_bottom, outer_right, outer_top = corners(other)
    return outer_left - slack <= left and outer_bottom - slack <= bottom and right <= outer_right + slack and top <= outer_top + slack
