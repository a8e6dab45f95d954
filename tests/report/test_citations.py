"""The author's references: CSL-JSON as reference managers write it."""

import json

import pytest

from reportgen.errors import ReportgenError
from reportgen.report.citations import citation, edition, read_references

ARTICLE = {
    "id": "lecun",
    "type": "article-journal",
    "title": "Gradient-based <i>learning</i>",
    "author": [{"family": "LeCun", "given": "Yann"}, {"family": "van Beethoven", "given": "Jean-Luc M."}, {"literal": "The Group"}],
    "container-title": "Proceedings of the IEEE",
    "volume": 86,
    "issue": "11",
    "page": "2278-2324",
    "issued": {"date-parts": [["1998", 11]]},
    "DOI": "10.1109/5.726791",
}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            ARTICLE,
            'Y. LeCun, J.-L. M. van Beethoven and The Group, "Gradient-based learning," Proceedings of the IEEE, vol. 86, no. 11, '
            "pp. 2278\u20132324, 1998. https://doi.org/10.1109/5.726791",
        ),
        (
            {"type": "book", "title": "Deep Learning", "author": [{"family": "Goodfellow", "given": "Ian"}], "edition": 2, "publisher": "MIT Press"},
            "I. Goodfellow, Deep Learning, 2nd ed., MIT Press.",
        ),
        (
            {"type": "webpage", "title": "A page", "URL": "https://example.org", "accessed": {"date-parts": [[2026, 3, 4]]}},
            "A page. https://example.org (accessed 2026-03-04)",
        ),
        ({"title": "Alone"}, '"Alone."'),
        ({"title": "Many", "author": [{"family": f"N{number}"} for number in range(9)]}, 'N0 et al., "Many."'),
        (
            {"type": "paper-conference", "title": "T", "container-title": "Proc. X", "page": "7", "issued": {"raw": "2020"}},
            '"T," in Proc. X, p. 7, 2020.',
        ),
    ],
)
def test_an_entry_is_set_in_the_numbered_style(entry, expected):
    assert citation(entry) == expected


def test_editions_are_counted():
    assert [edition(value) for value in (1, "2", 3, 4, 11, "21", "revised")] == [
        "1st ed.",
        "2nd ed.",
        "3rd ed.",
        "4th ed.",
        "11th ed.",
        "21st ed.",
        "revised",
    ]


def test_the_references_of_a_file_by_key(tmp_path):
    path = tmp_path / "references.json"
    assert read_references(path) == {}
    path.write_text(json.dumps([ARTICLE, {"id": 7, "title": "Seven"}]))
    assert list(read_references(path)) == ["lecun", "7"]
    assert read_references(path)["7"] == '"Seven."'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[\n {"id": "a",\n  "title" "A"}\n]', 3, "not JSON"),
        ("{}", 1, "list of entries"),
        ('[\n {"id": "a", "title": "A"},\n\n {"title": "B"}\n]', 4, '"id"'),
        ('[\n {"id": "a", "title": "A"},\n {"id": "a", "title": "B"}]', 3, "twice"),
        ('[{"id": "a", "title": "A"},\n "b"]', 2, '"id"'),
        ('[{"id": "a"}]', 1, '"title"'),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path, text, line, said):
    path = tmp_path / "references.json"
    path.write_text(text)
    with pytest.raises(ReportgenError) as caught:
        read_references(path)
    assert f"{path}, line {line}" in str(caught.value)
    assert said in str(caught.value)
