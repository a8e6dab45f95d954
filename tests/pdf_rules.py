"""What a program can see of PDF/UA-1 (ISO 14289-1) and PDF/A-3 (ISO 19005-3, level A), as the rules that a document breaks.

The numbers before the rules are those of the sections of the standards, or, where the structure itself is wrong, of ISO 32000-1.
"""

import io
import re

import pikepdf
from pdf_font_rules import font_rules
from pdf_page_rules import page_rules
from pdf_tree_rules import below, inside, tree_rules

ACTIONS = {"/GoTo", "/URI"}
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode", "/JPXDecode"}
LONGEST_STRING, LONGEST_NAME = 32767, 127  # bytes (ISO 19005-3, 6.1.13)
LEAST_PAGE, LARGEST_PAGE = 3, 14400  # points
SHOWN_OR_PRINTED = 4  # the flag of an annotation that is printed; none that hides it


def violations(content: bytes) -> list[str]:
    """Return the rules that a PDF breaks; none, as far as a program can see."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        shown: dict = {}
        return [
            *file_rules(content, pdf),
            *catalogue_rules(pdf),
            *tree_rules(pdf),
            *page_rules(pdf, shown),
            *font_rules(pdf, shown),
            *link_rules(pdf),
            *attachment_rules(pdf),
            *object_rules(pdf),
        ]


def file_rules(content, pdf):
    """The bytes themselves: a head that says that they are binary, an identifier, no password, an end."""
    if not re.match(rb"%PDF-1\.\d\r?\n%[\x80-\xff]{4}", content):
        yield "6.1.2: the head of the file"
    if content.rstrip(b"\r\n")[-5:] != b"%%EOF":
        yield "6.1.3: something stands behind the end of the file"
    if "/ID" not in pdf.trailer or "/Encrypt" in pdf.trailer:
        yield "6.1.3: no identifier, or encrypted"
    yield from (f"syntax: {problem}" for problem in pdf.check_pdf_syntax())


def catalogue_rules(pdf):
    """The document as a whole: tagged, titled, in a language, of both standards, in known colours, and without a will of its own."""
    root = pdf.Root
    if "/Lang" not in root or "/StructTreeRoot" not in root:
        yield "7.2: no language or no structure"
    if not bool(root.MarkInfo.Marked) or bool(root.MarkInfo.get("/Suspects", False)):
        yield "6.2: not tagged, or tagged with doubts"
    if not bool(root.ViewerPreferences.get("/DisplayDocTitle", False)):
        yield "7.1: the title is not shown"
    for key in {"/AcroForm", "/AA", "/OCProperties", "/Requirements", "/NeedsRendering", "/Perms", "/OpenAction"} & set(root.keys()):
        yield f"6.4: the catalogue has {key}"
    if {"/JavaScript", "/AlternatePresentations"} & set(root.get("/Names", {}).keys()):
        yield "6.5: a script"
    (intent,) = root.OutputIntents
    if intent.S != pikepdf.Name.GTS_PDFA1 or int(intent.DestOutputProfile.N) != 3 or intent.DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "6.2.3: the colours that are meant"
    packet = root.Metadata.read_bytes()
    if root.Metadata.get("/Subtype") != pikepdf.Name.XML or re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", packet):
        yield "6.6.2: the metadata"
    with pdf.open_metadata() as metadata:
        if (metadata.get("pdfuaid:part"), metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("1", "3", "A"):
            yield "5: the standards are not named"
        if not metadata.get("dc:title") or metadata.get("dc:title") != str(pdf.docinfo.get("/Title")):
            yield "7.1: the title"
    if b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" not in packet:
        yield "6.6.2: a property that is not described"


def link_rules(pdf):
    """Links alone, each printed, described, in the structure, and leading to a page or an address."""
    references = {}
    for element in below(pdf.Root.StructTreeRoot):
        for kid in inside(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
                references.setdefault(kid.Obj.objgen, []).append((element, kid))
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip([int(number) for number in numbers[::2]], numbers[1::2], strict=True))
    pages = {page.obj.objgen for page in pdf.pages}
    on_pages = set()
    for number, page in enumerate(pdf.pages, start=1):
        for one in page.obj.get("/Annots", []):
            on_pages.add(one.objgen)
            where = f"page {number}: a link"
            if one.Subtype != pikepdf.Name.Link or int(one.get("/F", 0)) != SHOWN_OR_PRINTED or "/AA" in one:
                yield f"{where}: 6.3: it is none, or hidden, or does more"
            if not str(one.get("/Contents", "")).strip():
                yield f"{where}: 7.18.5: it does not say where it leads"
            held = references.get(one.objgen, [])
            if [str(element.S) for element, _ in held] != ["/Link"] or tree.get(int(one.get("/StructParent", -1))) is None:
                yield f"{where}: 7.18.5: it is not in the structure as one"
            elif tree[int(one.StructParent)].objgen != held[0][0].objgen or held[0][1].Pg.objgen != page.obj.objgen:
                yield f"{where}: 14.7.4: it belongs to another element"
            action = one.get("/A", {})
            if action and str(action.S) not in ACTIONS:
                yield f"{where}: 6.5.1: {action.S}"
            target = one.get("/Dest", action.get("/D"))
            place = pdf_destination(pdf, target)
            if str(action.get("/S", "/GoTo")) == "/GoTo" and (place is None or place[0].objgen not in pages):
                yield f"{where}: 12.3: it leads nowhere: {target}"
    if set(references) - on_pages:
        yield "14.7.4: the structure has links that are on no page"


def pdf_destination(pdf, target):
    """Return where a link leads inside of the document; None where that is not there."""
    if isinstance(target, pikepdf.String):
        found = pikepdf.NameTree(pdf.Root.Names.Dests).get(str(target)) if "/Dests" in pdf.Root.get("/Names", {}) else None
        return found.get("/D") if isinstance(found, pikepdf.Dictionary) else found
    return target


def attachment_rules(pdf):
    """Every file that comes along says what it is, of which kind, and what it is to the document."""
    files = list(pdf.Root.get("/AF", []))
    if len({file.objgen for file in files}) != len(files) or len(files) != len(pdf.attachments):
        yield "6.8: not every attached file is one of the document, once"
    for file in files:
        if not str(file.get("/F", "")) or str(file.F) != str(file.get("/UF", "")) or not str(file.get("/Desc", "")):
            yield "7.11: an attached file has no name or no description"
        if str(file.get("/AFRelationship", "")) not in ("/Data", "/Source", "/Alternative", "/Supplement", "/Unspecified"):
            yield "6.8: what an attached file is to the document"
        embedded = file.EF.F
        if not re.fullmatch(r"/[a-z]+/[a-z0-9.+-]+", str(embedded.get("/Subtype", ""))) or "/ModDate" not in embedded.get("/Params", {}):
            yield "6.8: kind and date of an attached file"
    names = list(pdf.Root.Names.EmbeddedFiles.Names)[::2] if "/EmbeddedFiles" in pdf.Root.get("/Names", {}) else []
    if [bytes(name) for name in names] != sorted(bytes(name) for name in names):
        yield "7.9.6: attached files are not in order"


def object_rules(pdf):
    """Limits of the format, and what is stored in no other file and by no other program."""
    for page in pdf.pages:
        if not all(LEAST_PAGE <= float(size) <= LARGEST_PAGE for size in page.mediabox[2:]):
            yield "6.1.13: the size of a page"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            filters = item.get("/Filter", pikepdf.Array())
            used = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
            if used - FILTERS or {"/F", "/FFilter", "/FDecodeParms"} & set(item.keys()):
                yield f"6.1.7: a stream by {used}"
        yield from (f"6.1.13: a text or name is too long: {text[:40]!r}" for text in long_texts(item))


def long_texts(item):
    """Yield what is longer than a reader must take, in one object."""
    if isinstance(item, pikepdf.Name):
        yield from [str(item)] if len(str(item).encode()) > LONGEST_NAME + 1 else []
    elif isinstance(item, pikepdf.String):
        yield from [str(item)] if len(bytes(item)) > LONGEST_STRING else []
    elif isinstance(item, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        parts = item if isinstance(item, pikepdf.Array) else [item[key] for key in item.keys()]  # noqa: SIM118 (it iterates over no keys)
        for part in parts:
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from long_texts(part)
