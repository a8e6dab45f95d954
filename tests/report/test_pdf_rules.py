"""The rules can be broken: each of these changes to a small document is found, and the document as it is made breaks none."""

import io
import re

import pikepdf
import pytest
from pdf_rules import violations
from pdf_tree_rules import below
from PIL import Image

from reportgen.report.pdf import to_pdf
from reportgen.report.resources import Resource

MARKUP = """<html lang="en"><head><title>A title</title><style>
.footnote { float: footnote } .footnote::footnote-call { content: "1" } .footnote::footnote-marker { content: "1" } td, th { border: 1px solid }
</style></head><body><main><section><h1>One</h1><h2 id="two">Two</h2>
<p>Words.<span class="footnote" data-number="1">A note.</span> <a href="#two">There</a> or <a href="https://example.org">elsewhere</a></p>
<ul><li>An item</li></ul><p><img alt="A grey square." src="reportgen:square" style="width: 50px"></p>
<table><caption>Of two</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody></table></section></main></body></html>"""


@pytest.fixture(scope="module")
def made() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (8, 8), 128).save(buffer, format="PNG")
    square = Resource(name="square", content=buffer.getvalue(), media_type="image/png")
    return to_pdf(MARKUP, {"square": square}, b"{}", "2026-01-01T00:00:00+00:00")


def test_it_breaks_none(made):
    assert violations(made) == []


def first(pdf, kind):
    return next(element for element in below(pdf.Root.StructTreeRoot) if str(element.S) == kind)


def of_type(pdf, kind):
    return next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype", item.get("/Type")) == kind)


def painted(pdf, before=b"", after=b""):
    page = pdf.pages[0].obj
    page.Contents.write(before + page.Contents.read_bytes() + after)


def put(where, key, value):
    where[key] = value


def drop(where, key):
    del where[key]


CHANGES = {
    "not tagged": ("6.2", lambda pdf: put(pdf.Root.MarkInfo, "/Marked", False)),
    "doubts": ("6.2", lambda pdf: put(pdf.Root.MarkInfo, "/Suspects", True)),
    "title hidden": ("7.1", lambda pdf: put(pdf.Root.ViewerPreferences, "/DisplayDocTitle", False)),
    "a form": ("6.4", lambda pdf: put(pdf.Root, "/AcroForm", pikepdf.Dictionary())),
    "colours of something else": ("6.2.3", lambda pdf: put(pdf.Root.OutputIntents[0], "/S", pikepdf.Name.GTS_PDFX)),
    "one standard": ("5", lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b""))),
    "no language": ("7.2", lambda pdf: put(pdf.Root, "/Lang", pikepdf.String(""))),
    "unknown kind": ("7.1", lambda pdf: put(first(pdf, "/P"), "/S", pikepdf.Name.Paragraph)),
    "paragraph as a cell": ("7.2", lambda pdf: put(first(pdf, "/TD"), "/S", pikepdf.Name.P)),
    "a wide cell": ("7.2", lambda pdf: put(first(pdf, "/TH").A, "/ColSpan", 2)),
    "a head of nothing": ("7.5", lambda pdf: put(first(pdf, "/TH").A, "/Scope", pikepdf.Name.Neither)),
    "an unknown head": ("7.5", lambda pdf: put(first(pdf, "/TD").A, "/Headers", pikepdf.Array([pikepdf.String("none")]))),
    "a level skipped": ("7.4", lambda pdf: put(first(pdf, "/H2"), "/S", pikepdf.Name.H3)),
    "a note without a name": ("7.9", lambda pdf: drop(first(pdf, "/Note"), "/ID")),
    "a picture without words": ("7.3", lambda pdf: put(first(pdf, "/Figure"), "/Alt", pikepdf.String(" "))),
    "a picture elsewhere": ("14.8.5", lambda pdf: put(first(pdf, "/Figure").A, "/BBox", pikepdf.Array([0, 900, 10, 910]))),
    "another parent": ("7.1", lambda pdf: put(first(pdf, "/LI"), "/P", first(pdf, "/P"))),
    "paint": ("7.1", lambda pdf: painted(pdf, after=b" 0 0 10 10 re f")),
    "paint in a tag in a tag": ("7.1", lambda pdf: painted(pdf, b"/P <</MCID 99>> BDC ", b" EMC")),
    "not ended": ("8.4.2", lambda pdf: painted(pdf, after=b" q")),
    "ink": ("6.2.4", lambda pdf: painted(pdf, after=b" 0 0 0 1 k")),
    "no order of links": ("7.18.3", lambda pdf: drop(pdf.pages[0].obj, "/Tabs")),
    "a link without words": ("7.18.5", lambda pdf: drop(of_type(pdf, "/Link"), "/Contents")),
    "a hidden link": ("6.3", lambda pdf: put(of_type(pdf, "/Link"), "/F", 6)),
    "a link of nothing": ("14.7.4", lambda pdf: put(of_type(pdf, "/Link"), "/StructParent", 0)),
    "no owner": ("14.7.4", lambda pdf: pdf.Root.StructTreeRoot.ParentTree.Nums[1].__setitem__(0, None)),
    "no font": ("7.21.4", lambda pdf: drop(of_type(pdf, "/FontDescriptor"), "/FontFile2")),
    "letters of another width": ("7.21.5", lambda pdf: put(of_type(pdf, "/CIDFontType2"), "/W", pikepdf.Array([]))),
    "letters without meaning": ("7.21.7", lambda pdf: drop(of_type(pdf, "/Type0"), "/ToUnicode")),
    "a file without a kind": ("6.8", lambda pdf: drop(pdf.Root.AF[0].EF.F, "/Subtype")),
    "a file without a relation": ("6.8", lambda pdf: drop(pdf.Root.AF[0], "/AFRelationship")),
    "a file that is not listed": ("6.8", lambda pdf: put(pdf.Root, "/AF", pikepdf.Array())),
    "a long text": ("6.1.13", lambda pdf: put(pdf.Root, "/Lang", pikepdf.String("x" * 40000))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_broken_rule_is_found(made, name):
    rule, change = CHANGES[name]
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        change(pdf)
        pdf.save(buffer)
    assert any(re.search(rf"(^|: ){re.escape(rule)}: ", found) for found in violations(buffer.getvalue()))
