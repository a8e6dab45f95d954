"""The report as Markdown: it says what the paper says, as code hosts show it, and shows what others wrote as it stands."""

import re

import pytest
from markdown_it import MarkdownIt
from markupsafe import escape as escape_markup
from mdit_py_plugins.footnote import footnote_plugin

from reportgen.forms.markdown import pages
from reportgen.forms.markdown.blocks import blocks
from reportgen.forms.markdown.document import to_markdown
from reportgen.forms.markdown.tree import Element, parse
from reportgen.report.resources import Resource, own_url

# What code hosts read: CommonMark with tables, strikethrough, and tags that they let pass.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
footnote_plugin(READER)
HOSTILE = [
    "<script>alert(1)</script>",
    "**not bold** _not italic_ ~~not struck~~",
    "[no link](https://example.org) ![no picture](x.png)",
    "`no code` $no formula$ a|b \\ &amp;",
    "# no heading",
    "1. no list",
    "- no list",
    "+ no list",
    "===",
    "---",
    "> no quotation",
    "snake_case and _x_",
    "a*b*c 2*3",
]


def to_blocks(markup: str) -> str:
    return "\n\n".join(blocks(parse(markup), lambda url: url))


def words(text: str) -> list[str]:
    return text.replace("\u202f", " ").split()


@pytest.fixture(scope="module")
def made(material) -> dict[str, bytes]:
    return dict(pages(material))


@pytest.fixture(scope="module")
def shown(made) -> Element:
    """The page as a code host shows it."""
    return parse(READER.render(made["README.md"].decode("utf-8")))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("frame", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>", "<table><tbody><tr><td>{}</td></tr></tbody></table>"])
def test_any_text_is_shown_as_it_stands(text, frame):
    markup = frame.format(escape_markup(text))
    again = parse(READER.render(to_blocks(markup)))
    assert " ".join(words(again.text)) == text
    assert not list(again.all("script", "img", "em", "strong", "s", "a", "code", "blockquote", "hr", "h1"))


@pytest.mark.parametrize("code", ["a|b", "``double``", "`", "x = `y`"])
def test_code_is_shown_as_it_stands(code):
    again = parse(READER.render(to_blocks(f"<p><code>{code}</code></p><pre><code>```\n{code}\n```</code></pre>")))
    span, block = again.all("code")
    assert span.text == code
    assert block.text == f"```\n{code}\n```\n"


def test_a_cell_that_spans_rows_stands_in_each_and_heads_are_joined():
    markup = (
        "<table><thead><tr><th rowspan='2'>Q</th><th colspan='2'>T</th></tr><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><th rowspan='2'>time</th><td class='numeric'>1</td><td>2</td></tr><tr><td class='numeric'>3</td><td>x|y</td></tr>"
        "<tr><th>all</th><td colspan='2'>none</td></tr></tbody></table>"
    )
    assert to_blocks(markup).split("\n") == [
        "| Q | T: a | T: b |",
        "| --- | ---: | --- |",
        "| **time** | 1 | 2 |",
        "| **time** | 3 | x\\|y |",
        "| **all** | none |  |",
    ]


def test_a_head_over_a_matrix_is_said_once():
    columns = "".join(f"<th>{number}</th>" for number in range(6))
    markup = f"<table><thead><tr><th rowspan='2'>True</th><th colspan='6'>Predicted</th></tr><tr>{columns}</tr></thead><tbody></tbody></table>"
    assert to_blocks(markup).split("\n")[0] == "| True | Predicted: 0 | 1 | 2 | 3 | 4 | 5 |"


def test_a_list_within_a_list_and_a_quotation_keep_their_places():
    again = parse(READER.render(to_blocks("<blockquote><ol><li>one<ul><li>inner</li></ul></li><li><p>two</p><p>more</p></li></ol></blockquote>")))
    (quotation,) = again.all("blockquote")
    (ordered,) = quotation.all("ol")
    first, second = (item for item in ordered.elements if item.tag == "li")
    assert [words(item.text) for item in first.all("ul")] == [["inner"]]
    assert [words(part.text) for part in second.all("p")] == [["two"], ["more"]]


def test_it_has_every_heading_figure_and_table_of_the_paper_in_order(material, shown):
    headings = [" ".join(words(heading.text)) for heading in shown.all("h2", "h3")]
    assert headings == [f"{one.number} {one.title}" for one in material.content.headings.values()]
    text = " ".join(words(shown.text))
    places = [text.rindex(" ".join(words(f"Figure {one.number}. {one.title}."))) for one in material.content.figures]
    assert places == sorted(places)
    assert len(list(shown.all("table"))) == len(material.content.tables)
    for one, table in zip(material.content.tables, shown.all("table"), strict=True):
        assert f"Table {one.number}. {one.title}." in text
        for cell in (cell for row in one.rows for cell in row if cell.text):
            assert "".join(words(cell.text.replace("^", ""))) in "".join(words(table.text)), one.key


def test_it_says_every_sentence_of_the_paper(material, made):
    calls = re.compile(r'<sup class="footnote-ref">.*?</sup>')
    said = "".join(words(parse(calls.sub("", READER.render(made["README.md"].decode("utf-8")))).text))
    paper = re.sub(r'<span class="footnote".*?</span>|<img class="formula"[^>]*>', "", material.paper)
    said = re.sub(r"\$[^$]*\$", "", said)
    for part in parse(paper).all("p", "dd", "figcaption"):
        if not part.classes:
            assert "".join(words(part.text)) in said


def test_every_link_leads_somewhere_and_every_picture_is_beside_it(made, shown):
    places = {element.attributes["id"] for element in shown.all("a", "li") if "id" in element.attributes}
    links = [anchor.attributes["href"] for anchor in shown.all("a") if "href" in anchor.attributes]
    assert links
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= places
    pictures = {image.attributes["src"] for image in shown.all("img")}
    assert pictures == set(made) - {"README.md"}
    assert all(len(image.attributes["alt"]) > 20 for image in shown.all("img"))


def test_the_authors_prose_keeps_its_form_and_is_safe(made, shown):
    text = made["README.md"].decode("utf-8")
    assert "The **spread** matters." in text
    assert "[^1]\nThe mean" in text or "[^1] The mean" in text
    assert "\n[^1]: This note stands at the foot of its page.\n" in text
    assert r"The mean is $`\bar{x} = \frac{1}{n} \sum_i x_i`$." in text
    assert "<script" not in text
    assert not list(shown.all("script"))
    assert "<script>alert(1)</script> {{ 7 * 7 }}" in re.sub(r"\s+", " ", shown.text)


def test_what_was_measured_is_underlined_and_columns_keep_their_side():
    text, _ = to_markdown(
        '<p>It got <span class="measured">94.6</span> %.</p><table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead>'
        '<tbody><tr><td>1</td><td style="text-align:right">2</td></tr></tbody></table>',
        {},
    )
    assert "It got <ins>94.6</ins> %." in text
    assert "| --- | ---: |" in text


def test_a_picture_with_an_awkward_name_is_found():
    name = "author/my (first) picture.png"
    resource = Resource(name=name, media_type="image/png", content=b"png")
    text, pictures = to_markdown(f'<p><img src="{own_url(name)}" alt="[mine]"></p>', {name: resource})
    assert pictures == {f"figures/{name}": b"png"}
    (image,) = parse(READER.render(text)).all("img")
    assert image.attributes == {"src": "figures/author/my%20%28first%29%20picture.png", "alt": "[mine]"}
