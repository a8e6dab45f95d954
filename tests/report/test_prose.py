"""The author's text: its marks, its footnotes, its formulae, and errors that name file and line."""

import re

import pytest
from pages import PIXEL

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.report.citations import Citations
from reportgen.report.named import Value
from reportgen.report.prose import Prose, read_prose, require_prose
from reportgen.report.prose_marks import Label, Names
from reportgen.report.resources import resolve
from reportgen.report.view import view
from reportgen.scaffold import initialise


def names() -> Names:
    return Names(
        values={"accuracy.pytorch.mean": Value(text="94.9", meaning=""), "difference": Value(text="5.7 \u00d7 10^\u22126", meaning="")},
        labels={
            "fig-curves": Label(words="Figure\u00a04", target="figure-curves", title=""),
            "tbl-headline": Label(words="Table\u00a07", target="table-headline", title=""),
            "sec-references": Label(words="section\u00a07", target="references", title=""),
        },
        citations=Citations({"adam": "D. Kingma", "lecun": "Y. LeCun"}, {"torch": (3, "PyTorch")}),
    )


def read(folder, text: str, known: Names | None = None) -> Prose:
    (folder / "discussion.md").write_text(text, encoding="utf-8")
    return read_prose("discussion.md", folder, 2, known or names())


def refused(folder, text: str) -> str:
    with pytest.raises(ReportgenError) as caught:
        read(folder, text)
    return str(caught.value)


def test_a_value_is_printed_and_marked(tmp_path):
    assert '<p>It got <span class="measured">94.9</span> %.</p>' in read(tmp_path, 'It got {{ value("accuracy.pytorch.mean") }} %.').paper
    assert "94.9" in read(tmp_path, "{{value('accuracy.pytorch.mean')}}").screen
    assert "10<sup>\u22126</sup>" in read(tmp_path, '{{ value("difference") }}').screen


def test_figures_and_tables_are_named_by_their_numbers(tmp_path):
    markup = read(tmp_path, "See @fig-curves, and (@tbl-headline).").screen
    assert '<a href="#figure-curves">Figure\u00a04</a>, and (<a href="#table-headline">Table\u00a07</a>).' in markup
    assert read(tmp_path, "[all of @fig-curves](https://example.org)").screen.count("<a ") == 1


def test_citations_are_numbered_in_the_order_of_the_text(tmp_path):
    known = names()
    markup = read(tmp_path, "First [@lecun], then [@adam, p. 3; @torch], then [@lecun].", known).screen
    numbers = [re.sub("<[^>]+>", "", found) for found in re.findall(r"\[[^\]]*\]", markup)]
    assert numbers == ["[4]", "[5, p. 3, 3]", "[4]"]
    assert 'href="#reference-5"' in markup
    assert known.citations.texts == ((4, "Y. LeCun"), (5, "D. Kingma"))


def test_a_sentence_may_begin_with_a_reference(tmp_path):
    assert (
        '<a href="#references">Section\u00a07</a> and <a href="#figure-curves">Figure\u00a04</a>'
        in read(tmp_path, "@Sec-references and @Fig-curves").screen
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7 * 7 }}",
        "ada@fig-x.org",
        "@home",
        r"\@torch",
        r"\{{ a.b }}",
        "[@torch](https://example.com)",
        "`@fig-none`",
        "    [@none]",
        r"\@fig-none",
        r"\[@none]",
        "[@ada](https://example.org)",
        "$5 and $6",
    ],
)
def test_what_is_no_mark_stays_as_it_is(tmp_path, text):
    assert "formula" not in read(tmp_path, text).screen


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ('One.\n\nTwo\n{{ value("accuracy.pytorch.men") }}', 4, "accuracy.pytorch.mean"),
        ("{{ value(accuracy) }}", 1, 'value("NAME")'),
        ("{{ accuracy.pytorch.mean }}", 1, 'value("NAME")'),
        ("see @tab-headline", 1, "@tbl-headline"),
        ("as @torch says", 1, "[@torch]"),
        ("Text\n![what](my dot.png)", 2, "(<my dot.png>)"),
        ("$$\n\\begin{align} a &= b \\end{align}\n$$", 1, "a formula of its own"),
        ("![what](text.png)", 1, "cannot be read as a picture"),
        ("![what](loads.svg)", 1, "file:///etc/passwd"),
        ("![what](runs.svg)", 1, "<script>"),
        ("<!-- a\ncomment\n-->\nSee @fig-curve.", 4, "@fig-curves"),
        ("a\n\n- b\n- c\n  d @tbl-none", 5, "@tbl-none"),
        ("| a |\n| - |\n| @fig-none |", 3, "@fig-none"),
        ("One.\n\n[@adm]", 3, "@adam"),
        ("[@adam and more]", 1, "[@KEY"),
        ("Fine.\n\n$\\undefined{x}$", 3, "undefined"),
        ("One $x$.\n\n$$\n\\frac{1}\n$$", 3, "\\frac"),
        ("A\nB[^note]", 1, "[^note]"),
        ("A.\n\n[^lost]: Text.", 3, "[^lost]"),
        ("A[^a].\n\n[^a]: Text with @fig-none.", 3, "@fig-none"),
        ("A[^a].\n\n[^a]: One.\n\n[^a]: Two.", 5, "defined twice"),
        ("A[^a].\n\n[^a]: One[^b].\n\n[^b]: Two.", 1, "another"),
        ("A^[see @fig-none].", 1, "@fig-none"),
        ("Text\n\n![](dot.png)", 3, "description"),
        ("Text\nand ![what](none.png)", 2, "none.png"),
    ],
)
def test_a_slip_is_named_with_file_line_and_advice(tmp_path, text, line, advice):
    (tmp_path / "dot.png").write_bytes(PIXEL)
    (tmp_path / "text.png").write_text("text")
    (tmp_path / "loads.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')
    (tmp_path / "runs.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    said = refused(tmp_path, text)
    assert f"{tmp_path / 'discussion.md'}, line {line}: " in said
    assert advice in said


def test_a_picture_by_itself_may_have_a_caption(tmp_path):
    (tmp_path / "dot.png").write_bytes(PIXEL)
    made = read(
        tmp_path,
        '![A dot](dot.png "Mine: {{ value("accuracy.pytorch.mean") }} %, see @fig-curves <b>")'.replace('"acc', "'acc").replace('n")', "n')"),
    )
    for markup in (made.screen, made.paper):
        assert '<figure><img src="resource:author/dot.png" alt="A dot" /><figcaption>Mine: <span class="measured">94.9</span> %, see <a ' in markup
        assert "&lt;b&gt;</figcaption></figure>" in markup
        assert "<p>" not in markup
    assert "discussion.md, line 3: @fig-none" in refused(tmp_path, 'One.\n\n![A dot](dot.png "@fig-none")')


def test_all_slips_are_said_at_once(tmp_path):
    said = refused(tmp_path, '{{ value("nix") }} and @fig-none\n\n![what](none.png)\n\n[^lost]').splitlines()
    assert [line.split(": ")[0].split(", ")[-1] for line in said[:-1]] == ["line 1", "line 1", "line 3", "line 5"]
    assert said[-1] == "`python -m reportgen values RUN` lists all names."


def test_a_comment_in_code_is_code(tmp_path):
    markup = read(tmp_path, "Write `<!-- so`. <!-- gone\n\n-->Then\n\n```html\n<!-- kept -->\n```\n\nThe end.").screen
    assert "&lt;!-- so" in markup
    assert "&lt;!-- kept --&gt;" in markup
    assert "gone" not in markup
    assert "The end." in markup


@pytest.mark.parametrize("name", ["my (first) dot ü.png", "it's & more.PNG", "photo.jpg"])
def test_a_picture_may_have_any_name(tmp_path, name):
    (tmp_path / name).write_bytes(PIXEL)
    made = read(tmp_path, f"![A dot](<{name}>)")
    (picture,) = made.pictures
    assert picture.media_type == "image/png", "what a file is, not what it is called"
    assert f'src="{picture.data_uri()}"' in resolve(made.screen, {picture.name: picture}, embed=True)


def test_a_footnote_is_at_the_foot_of_the_page_or_below_the_section(tmp_path):
    known = names()
    first = read(tmp_path, "One[^a] and two^[In *place*.] and one again[^a].\n\n[^a]: See @fig-curves.\n\n    More.", known)
    call = '<span class="footnote" data-number="1">See <a href="#figure-curves">Figure\u00a04</a>.<br>More.</span>'
    assert call in first.paper
    assert '<span class="footnote" data-number="2">In <em>place</em>.</span>' in first.paper
    assert first.paper.count('<sup class="note-call">1</sup>') == 1
    assert first.screen.count('href="#note-1"') == 2
    assert first.screen.count('id="note-1"') == first.screen.count('id="note-1-from"') == 1
    assert first.screen.index('id="note-1"') < first.screen.index('id="note-2"')
    assert 'data-number="3"' in read(tmp_path, "Three^[Numbers go on.].", known).paper


def test_formulae_are_pictures_with_their_text(tmp_path):
    made = read(tmp_path, "In line $x_i$, and\n\n$$\n\\frac{1}{n}\n$$\n\nagain $x_i$, and $\\frac{1}{n}$.")
    assert made.screen.count('alt="Formula: x_i"') == 2
    assert '<p class="formula-block">' in made.screen
    assert len(made.pictures) == 3  # a fraction is larger in a line of its own
    assert all(picture.content.startswith(b"<?xml") for picture in made.pictures)


def test_formulae_have_the_same_bytes_every_time(tmp_path):
    assert read(tmp_path, "$\\sqrt{x}$").pictures == read(tmp_path, "$\\sqrt{x}$").pictures


def test_a_formula_without_end_is_refused(tmp_path):
    assert "longer than" in refused(tmp_path, f"${'{' * 400}x{'}' * 400}$")


def test_code_looks_like_the_listings_of_the_report(tmp_path):
    markup = read(tmp_path, "```python\nimport this  # <b>\n```\n\n```\n<script>\n```\n\n    indented").screen
    assert markup.count('<pre class="listing') == 3
    assert '<span class="kn">import</span>' in markup
    assert "&lt;b&gt;" in markup
    assert "<script>" not in markup


def test_tables_have_heads_and_scroll_by_themselves(tmp_path):
    made = read(tmp_path, "| a | b |\n| - | -: |\n| 1 | 2 |")
    markup = made.screen
    assert '<div class="table-block" tabindex="0" role="group" aria-label="Table of the author"><table>' in markup
    assert '<div class="table-block"><table>' in made.paper
    assert markup.count('scope="col"') == 2


def test_the_description_of_a_picture_may_name_a_value(tmp_path):
    (tmp_path / "dot.png").write_bytes(PIXEL)
    markup = read(tmp_path, '![A dot at {{ value("accuracy.pytorch.mean") }}, $x$](dot.png)').screen
    assert 'alt="A dot at 94.9, x"' in markup
    assert 'src="resource:author/dot.png"' in markup


def test_empty_sections_are_an_error_where_strictness_is_asked_for(tmp_path):
    for name in ("challenges", "discussion", "conclusion"):
        (tmp_path / f"{name}.md").write_text("Words.")
    config = load_config(None, {}, rooms=False).model_copy(update={"folder": tmp_path})
    require_prose(config)
    (tmp_path / "discussion.md").write_text("<!-- nothing\nyet -->\n")
    (tmp_path / "conclusion.md").unlink()
    with pytest.raises(ReportgenError) as caught:
        require_prose(config)
    assert str(tmp_path / "discussion.md") in str(caught.value)
    assert str(tmp_path / "conclusion.md") in str(caught.value)
    assert "challenges" not in str(caught.value)
    shorter = config.sections.model_copy(update={"order": ("introduction", "results", "own.md")})
    (tmp_path / "own.md").write_text("# Mine\n\nWords.")
    require_prose(config.model_copy(update={"sections": shorter}))


def test_every_name_of_the_example_can_be_used(example_results, tmp_path):
    """Each value, figure, table, section and reference that ``values`` lists prints what it lists."""
    config = load_config(None, {}, rooms=False).model_copy(update={"folder": tmp_path})
    known = view(example_results, config).names
    text = "".join(f'{{{{ value("{name}") }}}}\n\n' for name in known.values)
    text += "".join(f"@{name}\n\n[@{key}]\n\n" for name in known.labels for key in known.citations.available)
    markup = read(tmp_path, text, known).screen
    assert markup.count('class="measured"') == len(known.values) > 100
    assert known.values["accuracy.pytorch.mean"].text == "94.9"
    assert "Figure\u00a04" in markup


def test_every_mark_is_shown_by_an_example_that_is_right(example_results, tmp_path):
    """What stands indented in the prompts is taken for text, with the references that are written beside it."""
    initialise(tmp_path)
    found = ""
    for name in ("introduction.md", "challenges.md", "discussion.md", "conclusion.md"):
        text = (tmp_path / name).read_text()
        examples = [line.removeprefix("    ") for line in text.splitlines() if line.startswith("    ")]
        (tmp_path / name).write_text("\n\n".join(examples) if "```python" not in text else "\n".join(examples))
        found += "\n".join(examples)
    for mark in ("{{ value(", "@fig-", "@tbl-", "@sec-", "[@", "[^", "$$", "```python"):
        assert mark in found, mark
    content = view(example_results, load_config(tmp_path))
    assert "measured" in content.discussion.paper
    assert "footnote" in content.challenges.paper
    assert "formula" in content.conclusion.paper
    assert len(content.own_references) == 1


def test_numbers_follow_the_order_of_the_sections(example_results, tmp_path):
    """Footnotes and references are counted through the document as it is arranged, the author's own sections among the others."""
    (tmp_path / "references.json").write_text('[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}, {"id": "c", "title": "C"}]')
    (tmp_path / "mine.md").write_text("# Mine\n\nFirst^[Note.] [@c] {{ value('blocks') }}.")
    (tmp_path / "conclusion.md").write_text("Second^[Note.] [@b].")
    (tmp_path / "discussion.md").write_text("Left out [@a] @fig-none.")
    (tmp_path / "report.toml").write_text('[sections]\norder = ["mine.md", "conclusion", "results", "references"]')
    content = view(example_results, load_config(tmp_path))
    assert 'data-number="1"' in content.own["own-mine"].paper
    assert 'data-number="2"' in content.conclusion.paper
    assert [text for _, text in content.own_references] == ["“C.”", "“B.”"]
    assert not content.discussion.given


def test_without_a_list_of_references_a_citation_leads_nowhere(tmp_path):
    known = Names(citations=Citations({"a": "A"}, {}))
    assert "[1]" in read(tmp_path, "[@a]", known).screen
