"""The author's references: CSL-JSON as reference managers write it, by their keys."""

import json

import pytest

from reportgen.errors import ReportgenError
from reportgen.report.citations import read_references

ARTICLE = {"id": "lecun", "type": "article-journal", "title": "Gradient-based learning"}


def test_the_references_of_a_file_by_key(tmp_path):
    path = tmp_path / "references.json"
    assert read_references(path) == {}
    path.write_text(json.dumps([ARTICLE, {"id": 7, "title": "Seven"}]))
    assert list(read_references(path)) == ["lecun", "7"]
    assert read_references(path)["7"] == "“Seven.”"


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
