"""Templates: overriding, errors with file and line, the sandbox, and what a document may load."""

import pytest
from jinja2.exceptions import SecurityError

from reportgen.errors import ReportgenError
from reportgen.report import pdf
from reportgen.report.documents import make_resources, write_documents, write_whole
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.pdf import fetcher
from reportgen.report.resources import Resource
from reportgen.report.templating import render, template_environment
from reportgen.report.view import view
from reportgen.template_files import blocks_of, eject


def screen(example, folder) -> str:
    content = view(example.results, example.config)
    return to_markup(content, make_resources(example.results, example.pictures, content), "screen", folder)


def test_templates_are_found():
    assert (templates_folder() / "report.html.j2").is_file()


def test_a_block_is_overridden_without_copying_the_rest(example, tmp_path):
    (tmp_path / "report.html.j2").write_text(
        '{% extends "builtin/report.html.j2" %}{% block discussion %}<h2 id="discussion">Mine</h2>{% endblock %}'
    )
    markup = screen(example, tmp_path)
    assert '<h2 id="discussion">Mine</h2>' in markup
    assert "Confusion matrices" in markup


def test_blocks_that_were_copied_change_nothing_yet(example, tmp_path):
    blocks = blocks_of("report.html.j2")
    path = eject("report.html.j2", "discussion", tmp_path)
    others = [text for name, text in blocks.items() if name != "discussion"]
    path.write_text(path.read_text() + "\n".join(others))
    assert screen(example, tmp_path) == screen(example, None)


def test_a_style_sheet_is_overridden_alone(example, tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "code.css").write_text(".mine { color: red }")
    assert ".mine { color: red }" in screen(example, tmp_path)


@pytest.mark.parametrize(
    ("template", "line"),
    [("a\n{% if %}\n", "line 2"), ("a\nb\n{{ view.no_such_thing }}\n", "line 3"), ("{{ 1 / 0 }}", "line 1"), ('{% include "absent" %}', "absent")],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path, template, line):
    (tmp_path / "wrong.html.j2").write_text(template)
    with pytest.raises(ReportgenError) as caught:
        render(template_environment(tmp_path), "wrong.html.j2", {"view": object()}, {})
    assert line in str(caught.value)


def test_templates_are_sandboxed_and_escape(tmp_path):
    environment = template_environment()
    with pytest.raises(SecurityError):
        environment.from_string("{{ ''.__class__.__mro__ }}").render()
    with pytest.raises(SecurityError):
        environment.from_string("{{ items.append(1) }}").render(items=[])
    assert environment.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://127.0.0.1/", "reportgen:absent", "reportgen:../secret"])
def test_a_document_loads_nothing_but_its_own(url):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        fetcher({"own.png": Resource(name="own.png", media_type="image/png", content=b"x")}).fetch(url)


def test_a_failing_write_leaves_the_old_document(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    write_whole(path, b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises((ReportgenError, OSError), match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_without_pango_the_rest_is_written_and_the_command_is_named(example, tmp_path, monkeypatch):
    def missing() -> None:
        raise ReportgenError(pdf.MISSING_LIBRARY.format(library="Pango", error="cannot load library"))

    monkeypatch.setattr(pdf, "load_weasyprint", missing)
    with pytest.raises(ReportgenError, match="apt install libpango"):
        write_documents(example.results, example.pictures, example.config, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "results.json"}
