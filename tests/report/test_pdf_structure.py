"""The PDF of the example run as a screen reader and an archive take it: what PDF/UA-1 and PDF/A-3a ask for, as far as a test can see it."""

import re
from itertools import pairwise

import pikepdf
import pytest

from reportgen.report.view import view

#: What may stand directly inside of what (ISO 32000-1, 14.8.4.3).
INSIDE = {
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
#: The only places for these.
BELOW = {"/LI": {"/L"}, "/LBody": {"/LI"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TD": {"/TR"}, "/TH": {"/TR"}}


@pytest.fixture(scope="module")
def pdf(example):
    with pikepdf.open(example.documents.pdf) as opened:
        yield opened


def inside(node):
    """Yield what an element holds."""
    if "/K" in node:
        yield from node.K if isinstance(node.K, pikepdf.Array) else [node.K]


def is_element(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def below(node):
    """Yield every element of a structure tree, outer before inner."""
    for kid in inside(node):
        if is_element(kid):
            yield kid
            yield from below(kid)


@pytest.fixture(scope="module")
def elements(pdf):
    return list(below(pdf.Root.StructTreeRoot))


def test_it_has_language_title_author_and_tags(pdf):
    assert str(pdf.Root.Lang).startswith("en")
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert all(page.obj.Tabs == pikepdf.Name.S for page in pdf.pages)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == "Two frameworks, one network"
        assert "Ada Beispiel" in str(metadata["dc:creator"])
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])


def test_it_declares_both_standards(pdf):
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    # PDF/A wants a description of every property that it does not know.
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in pdf.Root.Metadata.read_bytes()
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert int(intent.DestOutputProfile.N) == 3
    assert pdf.check_pdf_syntax() == []


def test_every_figure_has_a_description_and_every_table_a_head(example, elements):
    kinds = [str(element.S) for element in elements]
    described = [str(element.get("/Alt", "")) for element in elements if str(element.S) == "/Figure"]
    pictures = [text for text in described if not text.startswith("Formula: ")]
    assert len(pictures) == len(view(example.results, example.config).figures)
    assert all(len(text) > 20 for text in pictures)
    assert r"Formula: \bar{x} = \frac{1}{n} \sum_i x_i" in described
    tables = [element for element in elements if str(element.S) == "/Table"]
    assert len(tables) >= len(view(example.results, example.config).tables)
    assert all(any(str(inner.S) == "/TH" for inner in below(table)) for table in tables)
    assert kinds.count("/Caption") >= len(view(example.results, example.config).tables)


def pages_of(element):
    """Yield the page of each marked content of an element, in order."""
    for kid in inside(element):
        if isinstance(kid, int):
            yield element.Pg.objgen
        elif is_element(kid):
            yield from pages_of(kid)


def test_a_table_begins_below_its_caption_and_a_figure_ends_above_its_own(elements):
    apart = []
    for element in elements:
        captions = [kid for kid in inside(element) if is_element(kid) and str(kid.S) == "/Caption"]
        if str(element.S) == "/Table":
            head = next(inner for inner in below(element) if str(inner.S) == "/TH" and any(pages_of(inner)))
            apart += [element for caption in captions if list(pages_of(caption))[-1] != next(pages_of(head))]
        elif str(element.S) == "/Figure":
            apart += [element for caption in captions if len(set(pages_of(element))) > 1]
    assert apart == []


def test_every_cell_says_which_head_it_belongs_to(elements):
    cells = [element for element in elements if str(element.S) == "/TD" and any(True for _ in inside(element))]
    assert cells
    assert all("/Headers" in element.A for element in cells)


def test_headings_skip_no_level(elements):
    levels = [int(str(element.S)[2]) for element in elements if re.fullmatch(r"/H[1-6]", str(element.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_and_tables_hold_what_they_may(pdf, elements):
    wrong = []
    for element in [pdf.Root.StructTreeRoot, *elements]:
        kind = str(element.get("/S", ""))
        for kid in inside(element):
            if is_element(kid):
                inner = str(kid.S)
                wrong += [(kind, inner)] if inner not in INSIDE.get(kind, {inner}) or kind not in BELOW.get(inner, {kind}) else []
                assert kid.P.objgen == element.objgen
            elif kind in INSIDE:
                wrong.append((kind, "text"))
    assert wrong == []


def test_every_link_is_one_and_says_where_it_leads(pdf, elements):
    links = {element.objgen for element in elements if str(element.S) == "/Link"}
    tree = dict(
        zip(
            [int(number) for number in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]],
            list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2],
            strict=True,
        )
    )
    annotations = [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
    assert len(annotations) > 50
    for annotation in annotations:
        assert tree[int(annotation.StructParent)].objgen in links
        assert str(annotation.Contents)
        assert int(annotation.F) == 4  # it is printed


def test_what_is_read_aloud_is_in_the_tree_and_nothing_else(pdf, elements):
    """Every piece of content belongs to an element, in both directions; running heads and page numbers are decoration."""
    known = {element.objgen for element in elements}
    held = {}
    for element in elements:
        for kid in inside(element):
            if isinstance(kid, int):
                held[element.Pg.objgen, kid] = element.objgen
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip([int(number) for number in numbers[::2]], numbers[1::2], strict=True))
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        marked = {int(number) for number in re.findall(rb"/MCID (\d+)", content)}
        owners = tree[int(page.obj.StructParents)]
        assert marked == {number for number, owner in enumerate(owners) if owner is not None}
        assert all(owners[number].objgen == held[page.obj.objgen, number] for number in marked)
        assert {owners[number].objgen for number in marked} <= known
        assert content.count(b"/Pagination") >= 1


def test_all_fonts_are_embedded(pdf):
    fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.FontDescriptor]
    assert {str(font.FontName).split("+")[-1].split("-")[0].removeprefix("/") for font in fonts}
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_no_picture_is_smoothed(pdf):
    images = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image]
    assert images
    assert not any(bool(image.get("/Interpolate", False)) for image in images)


def test_attachments_say_what_they_are_to_the_report(pdf):
    files = list(pdf.Root.AF)
    names = [str(file.UF) for file in files]
    assert len(set(names)) == len(names) == len(pdf.attachments)
    for file in files:
        assert file.AFRelationship == pikepdf.Name.Data
        assert str(file.Desc)
        assert str(file.F) == str(file.UF)
        assert "/ModDate" in file.EF.F.Params
        assert str(file.EF.F.Subtype) == ("/application/json" if str(file.UF).endswith(".json") else "/text/csv")
