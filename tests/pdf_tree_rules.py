"""What PDF/UA-1 asks of a structure tree (ISO 14289-1, 7.1 to 7.9; the kinds of elements are those of ISO 32000-1, 14.8.4)."""

import re
from itertools import pairwise

import pikepdf

GROUPS = {"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index", "/NonStruct", "/Private"}
BLOCKS = {"/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody"}
BLOCKS |= {"/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot"}
INLINE = {"/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby", "/Warichu", "/Figure", "/Formula", "/Form"}
#: What may stand directly inside of what, and the only places for some.
INSIDE = {
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
BELOW = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TD": {"/TR"},
    "/TH": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
}
DESCRIBED = ("/Figure", "/Formula")


def inside(node):
    """Yield what an element holds."""
    if "/K" in node:
        yield from node.K if isinstance(node.K, pikepdf.Array) else [node.K]


def is_element(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def held(node):
    """Yield the elements that an element holds."""
    return [kid for kid in inside(node) if is_element(kid)]


def below(node):
    """Yield every element of a structure tree, outer before inner."""
    for kid in held(node):
        yield kid
        yield from below(kid)


def tree_rules(pdf):
    """Yield what is wrong with the structure tree of a document."""
    root = pdf.Root.StructTreeRoot
    elements = list(below(root))
    yield from kinds(root, elements)
    yield from headings(elements)
    yield from identifiers(root, elements)
    yield from texts(pdf, elements)
    for element in elements:
        if str(element.S) == "/Table":
            yield from table(element)


def kinds(root, elements):
    """Standard kinds only, each inside of what may hold it, and each knows its parent."""
    for kind in {str(element.S) for element in elements} - GROUPS - BLOCKS - INLINE:
        yield f"7.1: there is no kind {kind}"
    if "/RoleMap" in root and set(root.RoleMap.keys()) & (GROUPS | BLOCKS | INLINE):
        yield "7.1: a standard kind has another meaning"
    for element in [root, *elements]:
        kind = str(element.get("/S", ""))
        for kid in inside(element):
            if is_element(kid):
                inner = str(kid.S)
                if inner not in INSIDE.get(kind, {inner}) or kind not in BELOW.get(inner, {kind}):
                    yield f"7.2: {inner} inside of {kind}"
                if kid.P.objgen != element.objgen:
                    yield f"7.1: {inner} does not know the {kind} that holds it"
            elif kind in INSIDE:
                yield f"7.2: text directly inside of {kind}"
        captions = [place for place, kid in enumerate(held(element)) if str(kid.S) == "/Caption"]
        if kind in ("/Table", "/L") and captions not in ([], [0], [len(held(element)) - 1]):
            yield f"7.2: captions of {kind} at {captions}"


def headings(elements):
    """Levels from 1, none skipped, none empty; numbered ones only."""
    found = [element for element in elements if re.fullmatch(r"/H[1-6]?", str(element.S))]
    levels = [int(str(element.S)[2:] or 0) for element in found]
    if levels and (levels[0] != 1 or 0 in levels):
        yield "7.4: the first heading is not of level 1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"7.4: a level of headings is skipped: {levels}"
    if any(not list(inside(element)) for element in found):
        yield "7.4: a heading is empty"


def identifiers(root, elements):
    """Notes have an identifier; no two elements have the same; each is found by it."""
    identified = [bytes(element.ID) for element in elements if "/ID" in element]
    if len(set(identified)) != len(identified):
        yield "7.9: an identifier is that of two elements"
    if any("/ID" not in element for element in elements if str(element.S) == "/Note"):
        yield "7.9: a note has no identifier"
    names = list(root.IDTree.Names) if "/IDTree" in root else []
    if [bytes(name) for name in names[::2]] != sorted(identified):
        yield "14.7.2: the identifiers are not those in the tree of them"
    if any(bytes(name) != bytes(element.get("/ID", pikepdf.String(""))) for name, element in zip(names[::2], names[1::2], strict=True)):
        yield "14.7.2: an identifier leads to another element"


def texts(pdf, elements):
    """Pictures are described and have a place on their page; whatever is read has a language."""
    for element in elements:
        if str(element.S) not in DESCRIBED:
            continue
        if not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield f"7.3: a {element.S} has no description"
        left, bottom, right, top = (float(value) for value in element.A.BBox)
        across, up = (float(value) for value in element.Pg.MediaBox[2:])
        if not (0 <= left < right <= across + 1 and 0 <= bottom < top <= up + 1):
            yield f"14.8.5: a {element.S} at {left}, {bottom}, {right}, {top} is not on its page"
    languages = [str(pdf.Root.get("/Lang", ""))] + [str(element.Lang) for element in elements if "/Lang" in element]
    if not all(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) for language in languages):
        yield f"7.2: languages {languages}"


def table(element):
    """Head, body, foot in order and once each; as many cells in each row; every cell is told its heads."""
    kinds_held = [str(kid.S) for kid in held(element) if str(kid.S) != "/Caption"]
    if kinds_held.count("/THead") > 1 or kinds_held.count("/TFoot") > 1 or ("/TBody" not in kinds_held and set(kinds_held) - {"/TR"}):
        yield f"7.2: a table of {kinds_held}"
    rows = [row for row in below(element) if str(row.S) == "/TR"]
    taken: dict[tuple[int, int], int] = {}
    for down, row in enumerate(rows):
        across = 0
        for cell in held(row):
            while (down, across) in taken:
                across += 1
            attributes = cell.get("/A", {})
            for part_down in range(int(attributes.get("/RowSpan", 1))):
                for part_across in range(int(attributes.get("/ColSpan", 1))):
                    place = down + part_down, across + part_across
                    taken[place] = taken.get(place, 0) + 1
    if any(count > 1 for count in taken.values()):
        yield "7.2: cells of a table overlap"
    widths = {max((across for row, across in taken if row == down), default=-1) for down in range(len(rows))}
    if len(widths) > 1 or {row for row, _ in taken} - set(range(len(rows))):
        yield f"7.2: rows of a table have different numbers of cells: {widths}"
    known = {bytes(cell.ID) for row in rows for cell in held(row) if "/ID" in cell}
    for row in rows:
        for cell in held(row):
            attributes = cell.get("/A", {})
            if str(cell.S) == "/TH" and str(attributes.get("/Scope", "")) not in ("/Row", "/Column", "/Both"):
                yield "7.5: a head of a table does not say what it is the head of"
            if {bytes(name) for name in attributes.get("/Headers", [])} - known:
                yield "7.5: a cell names a head that is not there"
