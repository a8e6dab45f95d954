"""Sections left out, moved, and added by the author: contents, numbers and places follow, and a reader is told what is missing."""

import re
from dataclasses import replace

import pytest
from pages import Page, visible

from reportgen.analysis.study import prepare, with_findings
from reportgen.analysis.suite import suite_results
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.evidence import gather
from reportgen.report.drawings import make_resources, make_suite_resources
from reportgen.report.markup import to_markup
from reportgen.report.sections.arrangement import arrangement, title_of, without_title
from reportgen.report.suite_view import suite_view
from reportgen.report.view import view
from reportgen.runs import Run

ARRANGED = """
[sections]
order = ["related-work.md", "results", "methodology", "conclusion", "appendix"]
methodology = ["parity", "software", "code"]
results = ["inference", "confusion", "why.md", "headline"]
appendix = ["timings", "thanks.md"]
"""
FILES = {
    "related-work.md": "<!-- # not this -->\n# Related *work* & more #\n\nOthers <b>measured</b>.\n",
    "why.md": "No heading at all.\n",
    "thanks.md": "# Thanks\n\n## To whom\n\nTo all.\n",
}


@pytest.fixture
def config(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "report.toml").write_text(ARRANGED)
    return load_config(tmp_path / "report.toml")


def in_order(page: Page, content) -> None:
    """Hold headings, tables and figures of a page against the contents."""
    found = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(found) == len(set(found))
    keys = [heading.key for heading in content.headings.values()]
    assert [one for one in found if one in keys] == keys
    for kind, items in (("table", content.tables), ("figure", content.figures)):
        assert [one for one in found if one.startswith(f"{kind}-")] == [f"{kind}-{item.key}" for item in items]
        assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= set(found)


def test_a_report_is_what_the_author_arranged(example, config):
    content = view(example.results, config)
    markup = to_markup(content, make_resources(example.results, example.pictures, content), "screen", None)
    titles = {heading.number: heading.title for heading in content.headings.values()}
    assert titles == {
        "1": "Related work & more",
        "2": "Results",
        "2.1": "Inference",
        "2.2": "Confusion matrices",
        "2.3": "Why",
        "2.4": "Headline results",
        "3": "Methodology",
        "3.1": "Parity of the programs",
        "3.2": "Software and hardware",
        "3.3": "Code repository and excerpts",
        "4": "Conclusion",
        "A": "Raw timings of every trial",
        "B": "Thanks",
    }
    in_order(Page(markup), content)
    assert "Related work &amp; more</h2>" in markup
    assert "Others &lt;b&gt;measured&lt;/b&gt;." in markup
    assert "<h3>To whom</h3>" in markup
    assert "appendix" not in re.sub(r"(?s)<pre.*?</pre>", "", markup.split("</nav>")[1]).lower().replace('class="main-section appendix"', "")


def test_what_the_author_added_is_marked_and_what_is_left_out_is_said(example, config):
    content = view(example.results, config)
    words = re.sub(r"\s+", " ", visible(to_markup(content, make_resources(example.results, example.pictures, content), "print", None)))
    assert "2.3 Why Author No heading at all. Generated 2.4 Headline results" in words
    said = dict(content.front.run_rows)["Left out"]
    assert said.startswith("Introduction, Data set, ")
    assert said.endswith("Reproducibility checklist and Attachments, by the author")


def test_what_is_left_out_is_not_drawn(example, config):
    content = view(example.results, config)
    assert {name for name in make_resources(example.results, example.pictures, content) if not name.startswith(("fonts/", "data/"))} == {
        figure.resource for figure in content.figures
    }


def test_chapters_of_a_suite_follow_the_same_arrangement(example, config, example_run_folder):
    prepared = prepare(gather(Run(example_run_folder)))
    members = [replace(prepared, results=prepared.results.model_copy(update={"workload": name})) for name in ("one", "two")]
    suite = suite_results("example", "python -m reportgen", "2026-01-02T03:04:05.000+00:00", with_findings(members), ())
    content = suite_view(suite, config)
    markup = to_markup(content, make_suite_resources(suite, [example.pictures] * 2, content), "screen", None)
    keys = list(content.headings)
    chapter = ["chapter", "parity", "code", "inference", "confusion", "headline"]
    assert keys == [
        "own-related-work",
        *(f"one.{key}" for key in chapter),
        *(f"two.{key}" for key in chapter),
        "own-why",
        *("methodology", "software", "repository", "conclusion", "timings", "own-thanks"),
    ]
    in_order(Page(markup), content)


def test_a_name_that_is_none_is_an_error_with_its_line(tmp_path):
    (tmp_path / "report.toml").write_text(
        '[sections]\norder = ["introductoin"]\nresults = ["headline", "graphs", "software"]\nappendix = ["absent.md"]\n'
    )
    with pytest.raises(ReportgenError) as caught:
        load_config(tmp_path / "report.toml")
    first, second, third = str(caught.value).splitlines()
    assert "line 2: sections.order: there is no " in first
    assert "Did you mean introduction?" in first
    assert 'line 3: sections.results: there is no "software"' in second
    assert "line 4: sections.appendix: there is no file" in third


def test_the_declaration_has_a_place_too(tmp_path):
    (tmp_path / "declaration.md").write_text("I swear.")
    (tmp_path / "report.toml").write_text('[sections]\norder = ["declaration", "results"]\n')
    assert arrangement(load_config(tmp_path / "report.toml")).order == ("declaration", "results")


def test_a_file_has_one_place(tmp_path):
    (tmp_path / "mine.md").write_text("x")
    (tmp_path / "report.toml").write_text('[sections]\norder = ["mine.md"]\nresults = ["mine.md"]\n')
    with pytest.raises(ReportgenError, match=r"mine\.md stands twice"):
        arrangement(load_config(tmp_path / "report.toml"))


def test_the_title_is_taken_out_and_lines_keep_their_numbers(tmp_path):
    text = "<!-- # hint -->\n\n# My title\n\n# Another\n"
    (tmp_path / "a-file.md").write_text(text)
    assert title_of(tmp_path / "a-file.md") == "My title"
    assert without_title(text) == "<!-- # hint -->\n\n\n\n# Another\n"
    (tmp_path / "a-file.md").write_text("```python\n# a remark\n```\n\n# On `torch.compile`\n")
    assert title_of(tmp_path / "a-file.md") == "On torch.compile"
    (tmp_path / "a-file.md").write_text("text")
    assert title_of(tmp_path / "a-file.md") == "A file"
