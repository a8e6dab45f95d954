"""The PDF of the example run as a screen reader and an archive take it: what PDF/UA-1 and PDF/A-3a ask for, as far as a test can see it."""

import pikepdf
import pytest
from pdf_page_rules import PAINTS
from pdf_rules import violations
from pdf_tree_rules import below, held, inside, is_element

from reportgen.report.view import view


@pytest.fixture(scope="module")
def pdf(example):
    with pikepdf.open(example.documents.pdf) as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(pdf):
    return list(below(pdf.Root.StructTreeRoot))


def test_it_breaks_no_rule_that_a_program_can_see(example):
    assert violations(example.documents.pdf.read_bytes()) == []


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


def test_running_heads_and_page_numbers_are_not_read_aloud(pdf):
    assert all(page.obj.Contents.read_bytes().count(b"/Pagination") >= 1 for page in pdf.pages)


def test_a_footnote_is_one_with_its_number(elements):
    (note,) = [element for element in elements if str(element.S) == "/Note"]
    assert str(note.ID) == "note-1"
    assert next(str(kid.S) for kid in held(note)) == "/Lbl"


def test_a_line_of_the_contents_is_one_place_to_press(example, elements):
    content = view(example.results, example.config)
    lines = len(content.headings) + len(content.figures) + len(content.tables)
    lists = [element for element in elements if str(element.S) == "/L"]
    links = [link for one in lists for link in below(one) if str(link.S) == "/Link"]
    pressed = [kid for link in links[:lines] for kid in inside(link) if not isinstance(kid, int) and not is_element(kid)]
    assert len(pressed) == lines
    assert len({(kid.Obj.Rect[1], kid.Pg.objgen, kid.Obj.Rect[0]) for kid in pressed}) == lines


def test_pictures_are_where_the_structure_says(pdf, elements):
    """The place of a picture is that at which it is painted."""
    for figure in (element for element in elements if str(element.S) == "/Figure"):
        (mark,) = [kid for kid in inside(figure) if isinstance(kid, int)]
        matrix, marked = pikepdf.Matrix(), False
        saved = []
        for instruction in pikepdf.parse_content_stream(pikepdf.Page(figure.Pg)):
            operator = str(instruction.operator)
            if operator == "q":
                saved.append(matrix)
            elif operator == "Q":
                matrix = saved.pop()
            elif operator == "cm":
                matrix = pikepdf.Matrix(*(float(value) for value in instruction.operands)) @ matrix
            elif operator == "BDC":
                marked = "/MCID" in instruction.operands[1] and int(instruction.operands[1].MCID) == mark
            elif operator in PAINTS and marked:
                break
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        assert marked
        assert left - 1 <= matrix.e <= right + 1
        assert bottom - 1 <= matrix.f <= top + 1
