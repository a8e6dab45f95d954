"""Every form of the report says the same: the values of results.json as the one format module prints them, and the numbers of tables and figures."""

import json
import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from pages import visible
from pypdf import PdfReader

from reportgen import forms
from reportgen.analysis.results import Results
from reportgen.forms.bundle.contents import contents
from reportgen.forms.markdown import pages
from reportgen.forms.markdown.tree import parse
from reportgen.forms.notebooks.write import notebooks
from reportgen.forms.slides import make as make_slides
from reportgen.report.sections.elements import summary_text
from reportgen.report.sections.training import QUANTITIES

#: Forms that hold the whole report; the others hold a part of it.
WHOLE = ("pdf", "html", "markdown", "bundle")
#: A form of pictures and their data: its files carry the numbers.
PICTURES = "figures"
TEXTS = [name for name in forms.names() if name != PICTURES]
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def of_markdown(text: str) -> str:
    return parse(READER.render(text)).text


def of_pdf(path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def of_slides(material, folder) -> str:
    path = folder / "slides.pdf"
    path.write_bytes(make_slides(material)["slides.pdf"])
    return of_pdf(path)


def of_notebooks(material) -> str:
    """What is quoted from the report in them, which their execution does not touch."""
    (chapter,) = material.content.chapters
    made = [one for framework in material.results.frameworks for one in notebooks(material.runs[0], material.results, framework, chapter)]
    return " ".join(of_markdown(cell.text) for notebook in made for cell in notebook.cells if not cell.is_code)


@pytest.fixture(scope="module")
def read(material, example, tmp_path_factory) -> dict[str, str]:
    """What a reader of each form reads, without spaces: these are set differently everywhere."""
    folder = tmp_path_factory.mktemp("forms")
    readers: dict[str, Callable[[], str]] = {
        "pdf": lambda: of_pdf(example.documents.pdf),
        "html": lambda: parse(visible(example.documents.html.read_text(encoding="utf-8"))).text,
        "markdown": lambda: of_markdown(pages(material)["README.md"].decode("utf-8")),
        "bundle": lambda: of_markdown(contents(material)["README.md"].decode("utf-8")),
        "slides": lambda: of_slides(material, folder),
        "notebooks": lambda: of_notebooks(material),
    }
    assert set(readers) == set(TEXTS), "a new form needs a reader here"
    return {name: close(reader()) for name, reader in readers.items()}


def close(text: str) -> str:
    return re.sub(r"\s|\u00ad", "", text)


@pytest.fixture(scope="module")
def stored(example) -> Results:
    """The results as results.json has them, and nothing else."""
    return Results.model_validate(json.loads(example.documents.results.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", TEXTS)
def test_the_headline_values_of_results_json_are_printed_alike(read, stored, name):
    printed = 0
    for framework in stored.frameworks:
        for quantity in QUANTITIES:
            summary = quantity.summary(framework)
            if summary is None:
                continue
            text = summary_text(summary, quantity.scale, quantity.most_decimals)
            row = close(f"{text.mean} {text.standard_deviation} {text.median} {text.interval}")
            assert row in read[name], (quantity.label, row)
            printed += 1
    assert printed > 15


@pytest.mark.parametrize("name", TEXTS)
def test_tables_and_figures_have_the_numbers_of_the_view(read, material, name):
    labels = [f"Table {one.number}. {one.title}." for one in material.content.tables]
    labels += [f"Figure {one.number}. {one.title}." for one in material.content.figures]
    if name in WHOLE:
        assert [label for label in labels if close(label) not in read[name]] == []
    known = {close(label).partition(".")[0]: close(label).partition(".")[2].rstrip(".") for label in labels}
    # Where the label of a table or a figure is followed by a title, it is the title that the view gives that number.
    found = re.findall(r"((?:Table|Figure)\d+)\.(?=[A-Z])", read[name])
    assert found
    for label in found:
        assert re.search(re.escape(f"{label}.{known[label]}"), read[name]), label
    headline = next(one for one in material.content.tables if one.title == "Headline results")
    assert close(f"Table {headline.number}. Headline results") in read[name]
    curves = next(one for one in material.content.figures if one.title == "Learning curves")
    assert close(f"Figure {curves.number}") in read[name].replace("figure", "Figure")


def test_files_of_figures_have_the_numbers_of_the_view(material):
    files = forms.find(PICTURES).make(material)
    for figure in material.content.figures:
        for suffix in ("svg", "png", "csv"):
            assert files[f"figures/{figure.number:02d}-{figure.key}.{suffix}"]
    assert len(files) == 3 * len(material.content.figures)


@pytest.mark.parametrize("name", [*WHOLE, "slides"])
def test_findings_are_said_word_for_word(read, material, name):
    table = next(one for one in material.content.tables if one.title == "Findings")
    sentences = [row[2].text for row in table.rows]
    assert sentences
    # A narrow column of a PDF sets the cells beside a long sentence between its lines: its parts are looked for.
    for sentence in sentences:
        parts = re.split(r"[;,.]\s", sentence) if name in ("pdf", "slides") else [sentence]
        for part in parts:
            words = part.split()
            assert all(close(word) in read[name] for word in words), sentence
            assert close(" ".join(words[:3])) in read[name], sentence
