"""The forms of a report: how they are chosen, what is written, and what happens to the others when one cannot be made."""

import pytest

from reportgen import forms
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.forms import Form
from reportgen.report.documents import write_documents


def test_every_form_says_what_it_is():
    for name, form in forms.members().items():
        assert form.name == name
        assert form.title
        assert form.description
    assert {"pdf", "html", "markdown"} <= set(forms.names())


def test_names_come_with_commas_or_one_by_one():
    assert forms.split(("pdf, html", "markdown", "pdf")) == ("pdf", "html", "markdown")
    with pytest.raises(ReportgenError, match=r"--form needs .* html, markdown"):
        forms.split((" , ",))


def test_an_unknown_form_is_named_with_the_known_ones(tmp_path):
    with pytest.raises(ReportgenError, match=r"--form: .*markdwn.*markdown"):
        load_config(None, {"output.forms": ("markdwn",)})
    (tmp_path / "report.toml").write_text('[output]\nforms = ["word"]\n')
    with pytest.raises(ReportgenError, match=r"report.toml, line 2: output.forms: .*word"):
        load_config(tmp_path / "report.toml", rooms=False)


def test_only_what_was_asked_for_is_written(example, tmp_path):
    documents = write_documents(example.results, example.pictures, example.config.with_forms(("markdown",)), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"markdown", "results.json"}
    written = documents.forms["markdown"]
    assert written.path == tmp_path / "markdown" / "README.md"
    assert written.size_bytes == sum(path.stat().st_size for path in (tmp_path / "markdown").rglob("*") if path.is_file())


@pytest.fixture
def broken(monkeypatch) -> str:
    """A form that cannot be made."""

    def fail(_):
        raise ReportgenError("The form fails on purpose.")

    known = forms.members()
    form = Form(name="broken", title="Broken", description="none", make=fail, missing=lambda: "Something is missing.")
    monkeypatch.setattr(forms, "members", lambda: {**known, "broken": form})
    return form.name


def test_a_form_that_fails_costs_no_other(example, tmp_path, broken):
    config = example.config.with_forms((broken, "html"))
    with pytest.raises(ReportgenError, match=r"fails on purpose\.\nWritten all the same: HTML, in "):
        write_documents(example.results, example.pictures, config, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "results.json"}


def test_what_a_machine_lacks_for_a_form_is_said_before(broken):
    forms.check(("html", "markdown"))
    with pytest.raises(ReportgenError, match=r"Something is missing\."):
        forms.check(("html", broken))
