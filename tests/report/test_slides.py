"""The slides: a page for each, wide, tagged, with the report's numbers, and facts that say where they come from."""

import logging
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from pages import Page, visible
from pdf_rules import violations
from pypdf import PdfReader
from recorded import recorded

from reportgen import frameworks
from reportgen.forms.slides import make
from reportgen.forms.slides.background import UNKNOWN, background, facts, licence
from reportgen.forms.slides.deck import LETTERS, LINES, by_framework, chunked, deck, height, network_text, pages
from reportgen.forms.slides.render import markup, without_dead_links
from reportgen.report.pdf import to_pdf
from reportgen.report.sections.elements import Cell


@pytest.fixture(scope="module")
def page(material) -> str:
    return markup(material)


@pytest.fixture(scope="module")
def made(material, tmp_path_factory):
    """Return the deck's file and what the typesetter complained about."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        content = make(material)["slides.pdf"]
    finally:
        logger.removeHandler(handler)
    path = tmp_path_factory.mktemp("slides") / "slides.pdf"
    path.write_bytes(content)
    return path, said


def test_every_slide_fits_on_a_page_of_16_to_9(made, page):
    path, said = made
    assert said == []
    found = PdfReader(path)
    assert len(found.pages) == page.count('<section class="slide')
    for one in found.pages:
        assert float(one.mediabox.width) / float(one.mediabox.height) == pytest.approx(16 / 9, rel=1e-3)
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    texts = [" ".join(one.extract_text().split()) for one in found.pages]
    assert all(title in text for title, text in zip(titles, texts[1:], strict=True))


def test_the_first_slide_stays_one_however_long_the_title(material, tmp_path):
    front = replace(
        material.content.front,
        title="A very long title that goes on and on over several lines, " * 3,
        subtitle="And a subtitle",
        author_rows=tuple((label, f"{label} of the author") for label in ("Student", "Student ID", "Course", "Instructor", "Performed", "Submitted")),
    )
    text = markup(replace(material, content=replace(material.content, front=front)))
    before, first, after = text.partition("</section>")
    (tmp_path / "first.pdf").write_bytes(to_pdf(f"{before}{first}</body></html>", material.resources, b"{}", material.results.finished_at))
    assert after
    assert len(PdfReader(tmp_path / "first.pdf").pages) == 1


def test_it_keeps_the_standards_and_carries_the_results(made, material):
    assert violations(made[0].read_bytes()) == []
    with pikepdf.open(made[0]) as pdf:
        assert pdf.Root.Lang == "en"
        assert pdf.attachments["results.json"].get_file().read_bytes() == material.results_json


def test_it_can_be_read_aloud(page):
    found = Page(page)
    assert len(found.all("h1")) == 1
    assert all(len(image["alt"]) > 20 for image in found.all("img"))
    assert all("scope" in cell for cell in found.all("th"))


def test_tables_and_figures_have_the_numbers_of_the_report(page, material):
    known = {f"Table {one.number}": one.title for one in material.content.tables} | {
        f"Figure {one.number}": one.title for one in material.content.figures
    }
    shown = re.findall(r'<span class="label">((?:Table|Figure) \d+)\.</span> <b>(.*?)\.</b>', page)
    assert len(shown) >= 6
    assert all(known[label] == title for label, title in shown)


def test_the_headline_table_has_the_same_cells_side_by_side(material):
    table = material.content.chapters[0].training.headline
    turned = by_framework(table, ["TensorFlow", "PyTorch"])
    assert turned.number == table.number
    before = sorted(cell.text for row in table.rows for cell in row if cell.numeric and cell.text)
    counts = {str(one.n) for one in material.results.frameworks}
    after = sorted(cell.text for row in turned.rows for cell in row if cell.numeric and cell.text)
    # The number of trials stands in the report's table once for each row.
    assert after == [text for text in before if text not in counts]
    assert {len(row[1:]) + sum(cell.colspan - 1 for cell in row[1:]) for row in turned.rows} == {8}


def test_code_is_that_of_the_report_in_pieces_that_fit(material):
    lines = [f"line {number}" for number in range(60)] + ["long " * 30]
    assert [line for piece in chunked(lines) for line in piece] == lines
    assert max(height(piece, LETTERS) for piece in chunked(lines)) <= LINES
    assert min(len(piece) for piece in chunked(lines)) > LINES // 2
    text = "".join(str(piece.markup) for one in deck(material).parts[0].code for title, piece in one.pieces if title == "PyTorch")
    assert "Network" in text
    assert "backward" in text
    assert list(pages(range(15), 7)) == [tuple(range(5)), tuple(range(5, 10)), tuple(range(10, 15))]


def test_a_change_of_the_images_is_no_part_of_the_network(material):
    _, _, framework = recorded(material.results, "cnn", "pytorch", "dataloader")
    text = network_text(framework)
    assert text.startswith("class Network(nn.Module):")
    assert "def forward" in text
    assert "RandomChanges" not in text
    (model, *others) = framework.sources
    odd = framework.model_copy(update={"sources": (model.model_copy(update={"text": "no python {"}), *others)})
    assert network_text(odd) == "no python {"


def test_every_fact_has_sources_and_a_day_that_is_not_to_come():
    names = set(frameworks.names())
    wanted = {"Developer", "Languages", "Graphs", "Level of the interface", "Installation", "Debugging", "Architecture", "Distributed training"}
    assert wanted | {"Deployment", "Ecosystem", "Tools"} <= set(facts())
    for feature, found in facts().items():
        assert set(found) == names, feature
        for fact in found.values():
            assert fact.accessed <= date.today()
            assert all(source.scheme == "https" for source in fact.sources)
            assert not re.search(r"\b(best|better|easy|easier|powerful|popular|fast|faster|superior|worse)\b", fact.text, re.IGNORECASE), fact.text


def test_what_the_software_tells_is_read_and_every_mark_has_its_source(material, page):
    found = background(material.results.frameworks)
    version, licences, python = found.rows[:3]
    assert [cell.text for cell in version.cells] == [one.version for one in material.results.frameworks]
    assert all("Apache" in cell.text or "BSD" in cell.text for cell in licences.cells)
    assert all(cell.text.startswith(">=3") for cell in python.cells)
    marks = {mark for row in found.rows for cell in row.cells for mark in cell.marks}
    assert marks == set(range(1, len(found.sources) + 1))
    assert all(cell.marks for row in found.rows for cell in row.cells)
    text = visible(page)
    assert all(f"[{number}]" in text for number in marks)


def test_a_framework_that_nobody_described_is_not_described(material):
    (first, second) = material.results.frameworks
    stranger = first.model_copy(update={"name": "tensorflow", "version": "9"})
    assert background([stranger]).rows[0].cells[0].text == "9"
    assert licence(None) == UNKNOWN
    assert second.title in {"TensorFlow", "PyTorch"}


def test_links_to_what_no_slide_shows_are_only_words():
    text = '<p id="here"></p><a href="#here">one</a> <a class="x" href="#gone">two</a> <a href="https://example.org">three</a>'
    assert without_dead_links(text) == '<p id="here"></p><a href="#here">one</a> two <a href="https://example.org">three</a>'


def test_what_others_wrote_is_text(material):
    front = replace(material.content.front, title="<script>x</script>", subtitle="{{ 7 * 7 }}")
    text = markup(replace(material, content=replace(material.content, front=front)))
    assert "<script>" not in text
    assert "{{ 7 * 7 }}" in text


def test_a_section_that_is_left_out_of_the_report_has_no_slide(material):
    (chapter,) = material.content.chapters
    shorter = replace(chapter, headings={key: one for key, one in chapter.headings.items() if key not in ("findings", "inference")})
    (part,) = deck(replace(material, content=replace(material.content, chapters=(shorter,)))).parts
    assert part.findings is None
    assert part.ratios is None
    assert not part.inference
    assert part.headline is not None
    assert isinstance(part.headline.rows[0][0], Cell)
