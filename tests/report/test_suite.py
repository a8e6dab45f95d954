"""The report of a suite: the example run stands for three workloads, of which the third has other data; a fourth is missing."""

import logging
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from pages import Page, first_only, visible
from pypdf import PdfReader

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.study import Prepared, prepare, with_findings
from reportgen.analysis.suite import MissingWorkload, SuiteResults, suite_results
from reportgen.config import Config
from reportgen.evidence import gather
from reportgen.report.chapter import prefixes
from reportgen.report.documents import write_suite_documents
from reportgen.report.drawings import make_suite_resources
from reportgen.report.markup import to_markup
from reportgen.report.suite_view import suite_view
from reportgen.report.view import View
from reportgen.runs import Run

NAMES = ("mlp", "wide net", "wide-net")
REASON = "The run 'suite/broken' has no complete block to report on."


@dataclass(frozen=True, kw_only=True)
class Suite:
    results: SuiteResults
    content: View
    html: str


@pytest.fixture(scope="module")
def prepared(example_run_folder) -> Prepared:
    return prepare(gather(Run(example_run_folder)))


def named(one: Prepared, workload: str, **changes) -> Prepared:
    return replace(one, results=one.results.model_copy(update={"workload": workload, "workload_title": f"Title of {workload}", **changes}))


def together(members: list[Prepared], missing: tuple[MissingWorkload, ...] = ()) -> SuiteResults:
    return suite_results("example-suite", "python -m reportgen", "2026-01-02T03:04:05.000+00:00", with_findings(members), missing)


def shown(suite: SuiteResults, pictures: Pictures) -> tuple[View, str]:
    content = suite_view(suite, Config(folder=Path(__file__).parent))
    return content, to_markup(content, make_suite_resources(suite, [pictures] * len(suite.members), content), "screen", None)


@pytest.fixture(scope="module")
def suite(example_pictures, prepared) -> Suite:
    other = prepared.results.dataset.model_copy(update={"digest": "0" * 64, "title": "Other digits", "citation": "Somebody, Other digits."})
    members = [named(prepared, NAMES[0]), named(prepared, NAMES[1]), named(prepared, NAMES[2], dataset=other)]
    results = together(members, (MissingWorkload(workload="broken", reason=REASON),))
    content, html = shown(results, example_pictures)
    return Suite(results=results, content=content, html=html)


def test_every_workload_has_a_chapter_between_what_is_said_once(suite):
    main = [heading.title for heading in suite.content.headings.values() if heading.level == 2]
    assert main[:6] == ["Introduction", "Summary", "Methodology", *(f"Title of {name}" for name in NAMES)]
    assert main[6:10] == ["Challenges and limitations", "Discussion", "Conclusion", "References"]
    numbers = [heading.number for heading in suite.content.headings.values() if heading.level == 2]
    assert numbers == [*map(str, range(1, 11)), *"ABCDEFG"]
    for chapter, number in zip(suite.content.chapters, "456", strict=True):
        subsections = [heading.number for heading in chapter.headings.values() if heading.level == 3]
        assert subsections == [f"{number}.{position}" for position in range(1, len(subsections) + 1)]
    assert [heading.key for heading in suite.content.headings.values()] == list(suite.content.headings)


def test_headings_stand_in_the_page_in_the_order_of_the_contents(suite):
    page = Page(suite.html)
    found = [attributes["id"] for tag, attributes in page.tags if tag in ("h2", "h3") and "id" in attributes]
    assert found == list(suite.content.headings)


def test_identifiers_are_unique_and_links_lead_to_them(suite):
    page = Page(suite.html)
    found = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(found) == len(set(found))
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= set(found)
    assert {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes} <= set(found)
    names = [choice["name"] for choice in page.all("input")]
    assert len(set(names)) == len(NAMES), "the tabs of one chapter do not switch those of another"


def test_tables_and_figures_are_numbered_through_and_stand_in_that_order(suite):
    page = Page(suite.html)
    found = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    for kind, items in (("table", suite.content.tables), ("figure", suite.content.figures)):
        assert [item.number for item in items] == list(range(1, len(items) + 1))
        assert len({item.title for item in items}) == len(items), "the lists tell them apart"
        assert [name for name in found if name.startswith(f"{kind}-")] == [f"{kind}-{item.key}" for item in items]


def test_every_chapter_has_its_own_pictures(suite):
    resources = [figure.resource for figure in suite.content.figures]
    assert len(set(resources)) == len(resources)
    sources = re.findall(r'<img src="data:([^"]+)"', suite.html)
    assert len(sources) == len(resources)


def test_the_protocol_says_of_every_workload_what_measuring_it_cost(suite):
    terms = [term for term, _ in suite.content.protocol.steps if term.startswith("Cost of the tool")]
    assert terms == [f"Cost of the tool, {name}" for name in NAMES]


def test_a_data_set_is_described_once(suite):
    words = visible(suite.html)
    chapters = re.split(r"\d\s+Title of [\w -]+\s+Generated", words)[1:]
    first, second, third = chapters
    number = suite.content.chapters[0].headings["dataset"].number
    assert f"The data set is that of section {number}" in " ".join(re.sub(r"\s+", " ", second).split())
    assert "The data set is that of" not in first + third
    marks = [re.search(r"Each image has .*?\[(\d+)\]", re.sub(r"\s+", " ", chapter)).group(1) for chapter in (first, third)]
    citations = suite.content.references
    assert citations[int(marks[1]) - 1] == "Somebody, Other digits."
    assert marks[0] != marks[1]


def test_what_is_missing_is_said_on_the_first_page_and_in_the_summary(suite):
    words = re.sub(r"\s+", " ", visible(suite.html))
    sentence = f"broken is missing: {REASON.replace(chr(39), '&#39;')}"
    assert words.index(sentence) < words.index("Contents")
    assert words.count(sentence) == 2


def test_code_that_workloads_share_is_printed_once(suite):
    digests = [source.sha256 for source in suite.content.appendix.sources]
    assert len(digests) == len(set(digests))
    assert {source.title for source in suite.content.appendix.sources} >= {"TensorFlow: Model", "PyTorch: Model"}


def test_code_of_one_workload_says_whose_it_is(example_pictures, prepared):
    framework = prepared.results.frameworks[0]
    changed = framework.sources[0].model_copy(update={"sha256": "f" * 64, "text": "x = 1\n"})
    other = framework.model_copy(update={"sources": (changed, *framework.sources[1:])})
    members = [named(prepared, "one"), named(prepared, "two", frameworks=(other, *prepared.results.frameworks[1:]))]
    content, _ = shown(together(members), example_pictures)
    titles = [source.title for source in content.appendix.sources if source.title.startswith(f"{framework.title}: {changed.title}")]
    assert titles == [f"{framework.title}: {changed.title} (one)", f"{framework.title}: {changed.title} (two)"]


def test_findings_are_those_of_one_family(suite, prepared):
    (alone,) = with_findings([prepared])
    for together_, apart in zip(suite.results.members[0].findings, alone.findings, strict=True):
        if apart.adjusted_p is not None:
            assert together_.adjusted_p >= apart.adjusted_p
    claimed = [one for one in alone.findings if one.outcome == "claim"]
    assert claimed, "the example shows something"


def test_a_workload_that_predicts_numbers_shows_its_mean_squared_error(prepared):
    frameworks = tuple(framework.model_copy(update={"accuracy": None}) for framework in prepared.results.frameworks)
    results = together([named(prepared, "one")]).summary[0]
    assert results.score == "test accuracy"
    numbers = together([Prepared(results=prepared.results.model_copy(update={"frameworks": frameworks}), comparisons=None)]).summary[0]
    assert numbers.score == "test mean squared error"
    assert numbers.frameworks[0].score == prepared.results.frameworks[0].test_loss


def test_one_framework_alone_makes_no_ratios(example_pictures, prepared):
    alone = [replace(named(prepared, name), comparisons=None) for name in NAMES[:2]]
    alone = [replace(one, results=first_only(one.results)) for one in alone]
    content, html = shown(together(alone), example_pictures)
    assert content.summary.ratios is None
    words = visible(html)
    for wrong in (r"\bnan\b", r"\bNone\b", r"Training time of"):
        assert not re.search(wrong, words), wrong


def test_names_become_different_identifiers():
    assert prefixes(["mlp", "Wide net", "wide_net", "wide-net-2", "---", "日本"]) == (
        "mlp",
        "wide-net",
        "wide-net-2",
        "wide-net-2-2",
        "workload",
        "workload-2",
    )


def test_results_json_holds_the_summary_and_the_results_of_each(suite):
    again = SuiteResults.model_validate_json(suite.results.model_dump_json())
    assert list(again.workloads) == list(NAMES)
    assert again.summary == suite.results.summary
    assert again.missing[0].workload == "broken"
    assert again.summary[0].ratio == again.workloads["mlp"].findings[0].ratio


def test_the_pdf_has_every_chapter_and_says_nothing_on_the_log(example, prepared, tmp_path, caplog):
    results = together([named(prepared, name) for name in NAMES[:2]])
    (tmp_path / "discussion.md").write_text('Of the first: {{ value("mlp.n.tensorflow") }} trials, see @fig-mlp.curves.')
    config = example.config.model_copy(update={"folder": tmp_path})
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        documents = write_suite_documents(results, [example.pictures] * 2, config, tmp_path / "out")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(documents.pdf).pages]
    places = [
        next(number for number, text in enumerate(pages) if f"{heading} Title of {name} Generated" in text)
        for heading, name in ((4, "mlp"), (5, "wide net"))
    ]
    assert all(before < after for before, after in pairwise(places))
    assert any("Of the first: 6 trials, see Figure" in text for text in pages)
    contents = next(text for text in pages if "Contents" in text)
    assert f"4 Title of mlp {places[0] + 1}" in contents
    # Two columns that are longer than a page go on over the next one, and lose nothing.
    view = suite_view(results, config)
    listed = "".join("".join(pages[: places[0]]).split())
    assert [item.title for item in (*view.figures, *view.tables) if "".join(item.title.split()) not in listed] == []
    # Two workloads need less than twice the documents of one: fonts, shared code and data are there once.
    assert documents.pdf_bytes < 2 * example.documents.pdf_bytes
    assert documents.html_bytes < 2 * example.documents.html_bytes
