"""What PDF/UA-1 and PDF/A-3 ask of the content of pages: all of it is tagged or decoration, and nothing depends on the device."""

import pikepdf
from pdf_tree_rules import below, inside

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
CMYK = {"k", "K"}
DEEPEST = 28  # of saved states (ISO 19005-3, 6.1.13)
BLENDS = {
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight"),
    *("/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"),
}


def page_rules(pdf, shown):
    """Yield what is wrong with the content of the pages; ``shown`` is given what each font shows: codes by the object of the font."""
    owners = {}
    for element in below(pdf.Root.StructTreeRoot):
        for kid in inside(element):
            if isinstance(kid, int):
                if (element.Pg.objgen, kid) in owners:
                    yield f"7.1: content {kid} is in two elements"
                owners[element.Pg.objgen, kid] = element.objgen
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(number) for number in numbers[::2]]
    if keys != sorted(set(keys)):
        yield "14.7.4: the numbers of the parent tree are not in order"
    tree = dict(zip(keys, numbers[1::2], strict=True))
    for number, page in enumerate(pdf.pages, start=1):
        marks = set()
        for what in content_rules(page.obj, page.obj.get("/Resources", {}), pikepdf.parse_content_stream(page), shown, marks, tagged=False):
            yield f"page {number}: {what}"
        listed = {place: owner.objgen for place, owner in enumerate(tree.get(int(page.obj.StructParents), [])) if owner is not None}
        if marks != set(listed):
            yield f"page {number}: 14.7.4: its content is not that of the parent tree"
        for mark in marks & set(listed):
            if owners.get((page.obj.objgen, mark)) != listed[mark]:
                yield f"page {number}: 14.7.4: content {mark} does not belong to the element that holds it"
        if page.obj.get("/Tabs") != pikepdf.Name.S:
            yield f"page {number}: 7.18.3: its order of links is not that of the structure"
        if "/AA" in page.obj or "/PresSteps" in page.obj:
            yield f"page {number}: 6.5.2: it does something"


def content_rules(owner, resources, instructions, shown, marks, *, tagged):
    """Yield what is wrong with one stream of content, which is ``tagged`` already where it is a picture inside of what is."""
    stack, fonts, font = [], [], None
    for instruction in instructions:
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BMC", "BDC"):
            properties = operands[1] if operator == "BDC" else {}
            kind = "artifact" if str(operands[0]) == "/Artifact" else "tagged" if "/MCID" in properties else "other"
            if (kind == "artifact" and "tagged" in stack) or (kind == "tagged" and ("artifact" in stack or "tagged" in stack or tagged)):
                yield f"7.1: {kind} content inside of {stack}"
            if kind == "tagged":
                if int(properties.MCID) in marks:
                    yield f"14.7.4: content {properties.MCID} is there twice"
                marks.add(int(properties.MCID))
            stack.append(kind)
        elif operator == "EMC":
            stack.pop()
        elif operator == "q":
            fonts.append(font)
            if len(fonts) > DEEPEST:
                yield "6.1.13: too many saved states"
        elif operator == "Q":
            font = fonts.pop()
        elif operator == "Tf":
            font = resources.Font[str(operands[0])]
        elif operator == "gs":
            yield from state_rules(resources.ExtGState[str(operands[0])])
        elif operator in CMYK:
            yield "6.2.4: a colour of a printing machine"
        elif operator == "ri" and str(operands[0]) not in ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"):
            yield f"6.2.6: intent {operands[0]}"
        if operator in PAINTS and not tagged and "tagged" not in stack and "artifact" not in stack:
            yield f"7.1: {operator} is neither tagged nor decoration"
        if operator in ("Tj", "TJ", "'", '"'):
            parts = operands[-1] if operator == "TJ" else [operands[-1]]
            shown.setdefault(font.objgen, set()).update(
                int.from_bytes(bytes(part)[place : place + 2], "big")
                for part in parts
                if isinstance(part, pikepdf.String)
                for place in range(0, len(bytes(part)), 2)
            )
        if operator == "Do":
            yield from picture_rules(resources.XObject[str(operands[0])], shown)
    if stack or fonts:
        yield f"8.4.2: what is begun in {owner.objgen} is not ended"


def state_rules(state):
    """Yield what is wrong with a graphics state."""
    if "/TR" in state or state.get("/TR2", "/Default") != "/Default" or "/HTP" in state:
        yield "6.2.5: a transfer function"
    if "/BM" in state and str(state.BM) not in BLENDS:
        yield f"6.2.10: blend mode {state.BM}"


def picture_rules(picture, shown):
    """Yield what is wrong with a picture, and with the content of one that is drawn."""
    if {"/OPI", "/Alternates", "/PS", "/Ref"} & set(picture.keys()):
        yield "6.2.8: a picture that is another one elsewhere"
    if picture.Subtype == pikepdf.Name.Image:
        if bool(picture.get("/Interpolate", False)):
            yield "6.2.8: a picture is smoothed"
        if str(picture.get("/ColorSpace", "")) == "/DeviceCMYK":
            yield "6.2.4: a picture for a printing machine"
    else:
        marks = set()
        yield from content_rules(picture, picture.get("/Resources", {}), pikepdf.parse_content_stream(picture), shown, marks, tagged=True)
        if marks:
            yield "7.20: a drawn picture has content of its own in the structure"
