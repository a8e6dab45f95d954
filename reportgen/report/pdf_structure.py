"""What the typesetter's tags lack for PDF/UA-1: lists of list items only, links that are links, and running heads that are not read aloud.

It also leaves out elements that say nothing: WeasyPrint makes one for every piece of text, which is a ninth of the file.
Sources of the rules: ISO 32000-1, 14.7 and 14.8.4; ISO 14289-1, 7.1, 7.2 and 7.18.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from reportgen.report.pdf_elements import mend_elements
from reportgen.report.pdf_links import press_once

SHADED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"
#: What a list may hold, and what an item of one may hold.
LIST, ITEM = ("/L", "/LI", "/Caption"), ("/Lbl", "/LBody")


def mend_structure(pdf: pikepdf.Pdf) -> None:
    """Mend the tags of a document in place."""
    root = pdf.Root.StructTreeRoot
    owners = ParentTree(root.ParentTree)
    for element in list(elements(root)):
        kind = str(element.get("/S", ""))
        if kind == "/L":
            lists_hold_items(element)
        elif kind == "/LI":
            items_hold_bodies(element, pdf)
    links_hold_annotations(root, owners)
    take_in_text(root, owners)
    read_once(pdf, root, owners)
    owners.write()
    mend_elements(root, list(elements(root)))
    press_once(pdf, root)


class ParentTree:
    """Which element owns each marked content of a page, and each annotation: the other direction of the structure tree."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.numbers = [int(number) for number in list(tree.Nums)[::2]]
        self.values = list(tree.Nums)[1::2]
        self.renamed: dict[tuple[int, int], Any] = {}

    def rename(self, element: Any, owner: Any) -> None:
        """Let ``owner`` own whatever ``element`` did."""
        self.renamed[element.objgen] = owner

    def owner(self, element: Any) -> Any:
        """Return who owns now what ``element`` did."""
        while element.objgen in self.renamed:
            element = self.renamed[element.objgen]
        return element

    def page(self, number: int) -> Any:
        """Return the owners of the marked contents of a page, by its ``StructParents``."""
        return self.values[self.numbers.index(number)]

    def write(self) -> None:
        """Put the new owners in place."""
        for place, value in enumerate(self.values):
            if isinstance(value, pikepdf.Array):
                for index, element in enumerate(list(value)):
                    if element is not None:
                        value[index] = self.owner(element)
            else:
                self.tree.Nums[2 * place + 1] = self.owner(value)


def kids(element: Any) -> list[Any]:
    """Return what an element holds: elements, numbers of marked contents, references to annotations."""
    found = element.get("/K")
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def is_element(kid: Any) -> bool:
    """Tell whether what an element holds is an element itself."""
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(root: Any) -> Iterator[Any]:
    """Yield all elements below ``root``, the outer before the inner."""
    for kid in kids(root):
        if is_element(kid):
            yield kid
            yield from elements(kid)


def lists_hold_items(element: Any) -> None:
    """Take what stands between a list and its items out of the tree."""
    held = kids(element)
    while any(is_element(kid) and str(kid.S) not in LIST for kid in held):
        held = [inner for kid in held for inner in (kids(kid) if is_element(kid) and str(kid.S) not in LIST else [kid])]
    adopt(element, held)


def items_hold_bodies(element: Any, pdf: pikepdf.Pdf) -> None:
    """Put whatever an item of a list holds beside its label into its body."""
    held = kids(element)
    loose = [kid for kid in held if not (is_element(kid) and str(kid.S) in ITEM)]
    if not loose:
        return
    body = next((kid for kid in held if is_element(kid) and str(kid.S) == "/LBody"), None)
    if body is None:
        body = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=element, Pg=element.Pg))
        adopt(body, loose)
    else:
        adopt(body, [*kids(body), *loose])
    adopt(element, [*(kid for kid in held if is_element(kid) and str(kid.S) == "/Lbl"), body])


def adopt(element: Any, held: list[Any]) -> None:
    """Let ``element`` hold these."""
    for kid in held:
        if is_element(kid):
            kid.P = element
    element.K = pikepdf.Array(held)


def links_hold_annotations(root: Any, owners: ParentTree) -> None:
    """Give every annotation to the link that it belongs to; an element that has one and is inside of no link is one."""

    def visit(element: Any, link: Any) -> None:
        for kid in kids(element):
            if is_element(kid):
                visit(kid, kid if str(kid.S) == "/Link" else link)
        if str(element.get("/S", "")) == "/Link":
            return
        references = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR]
        if references and link is None:
            element.S = pikepdf.Name.Link
        elif references:
            link.K = pikepdf.Array([*kids(link), *references])
            element.K = pikepdf.Array([kid for kid in kids(element) if kid not in references])
            for reference in references:
                own(reference.Obj.StructParent, link, owners)

    visit(root, None)


def own(number: Any, link: Any, owners: ParentTree) -> None:
    """Enter a link as the owner of an annotation."""
    owners.values[owners.numbers.index(int(number))] = link


def take_in_text(root: Any, owners: ParentTree) -> None:
    """Let elements hold their text themselves, where an element between says nothing but that it is text of the same page."""
    for element in list(elements(root)):
        held = kids(element)
        for place, kid in enumerate(held):
            if is_element(kid) and str(kid.S) == "/Span" and plain_text(kid, element):
                held[place] = kids(kid)[0]
                owners.rename(kid, element)
        element.K = pikepdf.Array(held)


def plain_text(span: Any, parent: Any) -> bool:
    """Tell whether an element is one piece of text on the page of its parent, and nothing more."""
    held = kids(span)
    here = "/Pg" in span and "/Pg" in parent and span.Pg.objgen == parent.Pg.objgen
    return here and len(held) == 1 and isinstance(held[0], int) and "/Alt" not in span and "/A" not in span


def read_once(pdf: pikepdf.Pdf, root: Any, owners: ParentTree) -> None:
    """Mark what is in no element of the tree as decoration: running heads and page numbers would be read aloud on every page."""
    known = {element.objgen for element in elements(root)}
    for page in pdf.pages:
        held = owners.page(int(page.obj.StructParents))
        strays = {number for number, element in enumerate(held) if owners.owner(element).objgen not in known}
        if not strays:
            continue
        content = page.obj.Contents.read_bytes()
        marked = SHADED.sub(lambda match, strays=strays: ARTIFACT if int(match[1]) in strays else match[0], content)  # type: ignore[misc]
        page.obj.Contents.write(marked)
        for number in strays:
            held[number] = None
