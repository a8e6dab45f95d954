"""Templates: overriding, errors with file and line, the sandbox, and what a document may load."""

import pytest
from jinja2.exceptions import SecurityError
from pages import Page

from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.look import check_look
from reportgen.report import pdf
from reportgen.report.documents import make_resources, write_documents, write_whole
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.pdf import fetcher
from reportgen.report.resources import Resource
from reportgen.report.templating import render, template_environment
from reportgen.report.view import view
from reportgen.template_files import blocks_of, eject, template_names

#: Made of other templates, or of one list alone.
WHOLE = ("sections/front.html.j2", "sections/contents.html.j2", "sections/appendix.html.j2")
#: Their headings stand in sections/appendix.html.j2.
APPENDICES = {f"parts/{name}.html.j2" for name in ("environment", "configuration", "timings", "listings", "provenance", "checklist", "attachments")}


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


def test_parts_sections_and_elements_are_changed_block_by_block(example, tmp_path):
    """Each template here changes one block of a built-in one, wherever that is included from."""
    changed = {
        "parts/headline.html.j2": ("heading", '<h3 id="{{ chapter.headings["headline"].key }}">My numbers</h3>'),
        "sections/discussion.html.j2": ("body", "{{ el.prose(view.discussion) }}<p>My addition</p>"),
        "partials/table.html.j2": ("caption", "<i>{{ item.title }}</i>, my caption"),
        "report.html.j2": ("conclusion", "{{ super() }}<p>My end</p>"),
    }
    for name, (block, text) in changed.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'{{% extends "builtin/{name}" %}}{{% block {block} %}}{text}{{% endblock %}}')
    markup = screen(example, tmp_path)
    assert '<h3 id="headline">My numbers</h3>' in markup
    assert "My addition" in markup
    assert markup.count("my caption") == len(Page(markup).all("table")) > 10
    assert markup.index('id="conclusion"') < markup.index("My end")
    assert markup.count("<tbody>") == markup.count("my caption"), "what was not changed is still there"


@pytest.mark.parametrize("name", [name for name in template_names() if name.startswith(("parts/", "sections/"))])
def test_every_section_and_part_can_be_changed_in_pieces(name):
    assert set(blocks_of(name)) == ({"body"} if name in APPENDICES else {"heading", "body"}) or name in WHOLE


def test_a_style_sheet_is_overridden_alone(example, tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "code.css").write_text(".mine { color: red }")
    assert ".mine { color: red }" in screen(example, tmp_path)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n{% if %}\n", "line 2"),
        ("a\nb\n{{ view.no_such_thing }}\n", "line 3"),
        ("{{ 1 / 0 }}", "line 1"),
        ('\n{% include "absent" %}', "wrong.html.j2, line 2: there is no template 'absent'"),
        ('{% extends "wrong.html.j2" %}', "without end"),
        ("{{ view.no_such_thing.__class__ }}", "line 1"),
        ('{% include "../secret.html.j2" %}', "there is no template"),
        ("\n\n{% for x in range(10**9) %}{% endfor %}", "line 3"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path, template, line):
    (tmp_path / "wrong.html.j2").write_text(template)
    with pytest.raises(ReportgenError) as caught:
        render(template_environment(tmp_path), "wrong.html.j2", {"view": object()}, {})
    assert line in str(caught.value)


def test_what_is_not_well_formed_is_found_before_anything_is_measured(tmp_path):
    (tmp_path / "templates" / "parts").mkdir(parents=True)
    path = tmp_path / "templates" / "parts" / "headline.html.j2"
    path.write_text("\n{% block body %}")
    with pytest.raises(ReportgenError) as caught:
        check_look(Config(folder=tmp_path))
    assert str(caught.value).startswith(f"{path}, line 2: ")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ReportgenError, match="UTF-8"):
        check_look(Config(folder=tmp_path))


def test_templates_read_nothing_outside_their_folder(tmp_path):
    (tmp_path / "secret.html.j2").write_text("secret")
    own = tmp_path / "templates"
    own.mkdir()
    (own / "link.html.j2").symlink_to(tmp_path / "secret.html.j2")
    (own / "wrong.html.j2").write_text('{% include "link.html.j2" %}')
    with pytest.raises(ReportgenError, match="leads out of"):
        render(template_environment(own), "wrong.html.j2", {}, {})


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
