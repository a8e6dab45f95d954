import re

import pytest

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.scaffold import contents, initialise

NAMES = ["report.toml", "introduction.md", "challenges.md", "discussion.md", "conclusion.md", "declaration.md", "references.json"]


def test_all_files_are_written_into_a_new_folder(tmp_path):
    written = initialise(tmp_path / "my" / "report")
    assert [path.name for path in written] == NAMES
    assert sorted(path.name for path in (tmp_path / "my" / "report").iterdir()) == sorted(NAMES)
    for path in written:
        assert path.read_text(encoding="utf-8") == contents()[path.name]


def test_what_is_written_runs_as_it_is(tmp_path):
    initialise(tmp_path)
    config = load_config(tmp_path)
    assert config.path == tmp_path / "report.toml"
    for section in type(config.prose).model_fields:
        assert config.prose_file(section).is_file()


@pytest.mark.parametrize("name", NAMES[1:6])
def test_prose_files_hold_nothing_but_a_prompt(name):
    """What is left without comments is what the report would print as the author's."""
    text = contents()[name]
    assert re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip() == ""
    assert "--" not in text.replace("<!--", "", 1).replace("-->", "", 1)
    assert "eplace this comment" in text


@pytest.mark.parametrize("name", NAMES)
def test_an_existing_file_is_named_and_nothing_is_written(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(ReportgenError, match=f"already holds {name}"):
        initialise(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_all_existing_files_are_named(tmp_path):
    initialise(tmp_path)
    with pytest.raises(ReportgenError, match=", ".join(NAMES)):
        initialise(tmp_path)


def test_a_failure_on_the_way_leaves_nothing(tmp_path, monkeypatch):
    texts = contents()
    monkeypatch.setattr("reportgen.scaffold.contents", lambda: {**texts, "report.toml/below.md": "x"})
    with pytest.raises(ReportgenError, match=r"report.toml cannot be written.*Nothing was written"):
        initialise(tmp_path / "new" / "deep")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(ReportgenError, match="cannot be written"):
        initialise(tmp_path / "taken")
    assert (tmp_path / "taken").is_file()
