"""Templates: overriding, errors with file and line, the sandbox, and what a document may load."""

import re

import pytest
from jinja2.exceptions import SecurityError
from pages import PIXEL, Page

from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.look import check_look
from reportgen.report import pdf
from reportgen.report.documents import make_resources, write_documents, write_whole
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.own_files import WithOwn, sources
from reportgen.report.pdf import fetcher
from reportgen.report.resources import Resource, own_url
from reportgen.report.templating import render, template_environment
from reportgen.report.view import view
from reportgen.template_files import blocks_of, eject, template_names

#: Made of other templates, or of one list alone.
WHOLE = ("sections/contents.html.j2", "sections/appendix.html.j2")
FRONT = {"logo", "title", "title_data", "notices", "key_results", "legend"}
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
    wanted = FRONT if name == "sections/front.html.j2" else {"body"} if name in APPENDICES else {"heading", "body"}
    assert set(blocks_of(name)) == wanted or name in WHOLE


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
        ("\n{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}", "line 2: its loops take more than"),
        ("\n{{ 'x' * 10000000 }}", "line 2: something is repeated"),
        ("\n{{ 7 ** 99999 }}", "line 2: a base or an exponent"),
        ('\n{{ source("own/none.png") }}', "line 2: there is no file 'own/none.png'"),
        ('\n{{ source("own/../secret.png") }}', "line 2: there is no file"),
        ('\n{{ source("own/link.png") }}', "leads out of"),
        ('\n{{ source("own/text.png") }}', "cannot be read as a picture"),
        ('\n{{ source("own/text.woff2") }}', "is no font"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path, template, line):
    own = tmp_path / "templates"
    own.mkdir()
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (own / "link.png").symlink_to(tmp_path / "secret.png")
    for name in ("text.png", "text.woff2"):
        (own / name).write_text("text")
    (own / "wrong.html.j2").write_text(template)
    with pytest.raises(ReportgenError) as caught:
        render(template_environment(own), "wrong.html.j2", {"view": object()}, {"source": sources(WithOwn({}, own), embed=True)})
    assert line in str(caught.value)


def test_loops_know_where_they_are():
    """They are counted, and that must not be seen."""
    text = "{% for x in items %}{{ loop.index }} of {{ loop.length }}{% if loop.last %}.{% else %}, {% endif %}{% endfor %}"
    assert template_environment().from_string(text).render(items=[7, 8]) == "1 of 2, 2 of 2."


@pytest.fixture
def dressed(tmp_path):
    """A folder of templates with a picture on the first page and a face of its own."""
    (tmp_path / "my logo.png").write_bytes(PIXEL)
    font = next((templates_folder() / "fonts").glob("IBMPlexMono-Regular.woff2"))
    (tmp_path / "face.woff2").write_bytes(font.read_bytes())
    for name in ("sections/front.html.j2", "themes/mine.css"):
        (tmp_path / name).parent.mkdir()
    (tmp_path / "sections" / "front.html.j2").write_text(
        '{% extends "builtin/sections/front.html.j2" %}{% block logo %}<img class="logo" src="{{ source("own/my logo.png") }}" alt="Mine">'
        "{% endblock %}"
    )
    (tmp_path / "themes" / "mine.css").write_text(
        '@font-face { font-family: "Mine"; src: url("resource:own/face.woff2"); }\n.front { background: url("resource:own/my%20logo.png"); }'
    )
    return tmp_path


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_pictures_and_fonts_of_ones_own_are_in_the_document(example, dressed, medium):
    content = view(example.results, example.config)
    resources = WithOwn(make_resources(example.results, example.pictures, content), dressed)
    markup = to_markup(content, resources, medium, dressed, "mine")
    picture = resources["own/my logo.png"]
    shown = picture.data_uri() if medium == "screen" else own_url(picture.name)
    assert f'<img class="logo" src="{shown}" alt="Mine">' in markup
    assert f'.front {{ background: url("{shown}"); }}' in markup
    face = re.search(r'"Mine"; src: url\("(?P<address>[^"]+)"\)', markup)
    if medium == "print":
        assert face["address"] == "reportgen:own/face.woff2"
        assert fetcher(resources).fetch(face["address"]).read() == (dressed / "face.woff2").read_bytes()
    else:
        assert face["address"].startswith("data:font/woff2;base64,")
        assert len(face["address"]) < (dressed / "face.woff2").stat().st_size, "only the letters that the page has"


def test_what_a_template_would_load_from_elsewhere_is_refused(example, tmp_path):
    (tmp_path / "report.html.j2").write_text(
        '{% extends "builtin/report.html.j2" %}{% block discussion %}<img alt="x" src="https://example.com/x.png">{% endblock %}'
    )
    with pytest.raises(ReportgenError, match=r"loads 'https://example\.com/x\.png'"):
        screen(example, tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sections/discussion.html.j2", '{% extends "builtin/sections/discussion.html.j2" %}\n{% block boddy %}x{% endblock %}', "line 2: .*'body'"),
        ("repot.html.j2", "x", r"Did you mean report\.html\.j2"),
    ],
)
def test_what_nothing_would_print_is_a_slip(tmp_path, name, text, said):
    path = tmp_path / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ReportgenError, match=said):
        check_look(Config(folder=tmp_path))
    path.rename(path.with_name("mine.html.j2"))
    path.with_name("mine.html.j2").write_text("x")
    check_look(Config(folder=tmp_path))


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
