"""Style sheets and themes: found by themselves, replaced one by one, legible, and loading nothing from elsewhere."""

import re
from itertools import product

import pytest

from reportgen.config import Config, load_config
from reportgen.errors import ReportgenError
from reportgen.look import check_look
from reportgen.report.colours import contrast, parse
from reportgen.report.locate import templates_folder
from reportgen.report.styles import split_dark, style_sheets, theme_names

VARIABLE = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
#: What is written, by the ground that it stands on.
INKS = {
    "--paper": ("--ink", "--soft", "--accent", "--author"),
    "--faint": ("--ink", "--soft", "--accent"),
    "--notice-ground": ("--ink",),
    "--code-ground": ("--ink", "--code-keyword", "--code-string", "--code-comment"),
}
LEAST = {"contrast": 7.0}


@pytest.fixture
def own(tmp_path):
    for name in ("styles", "themes"):
        (tmp_path / "templates" / name).mkdir(parents=True)
    return tmp_path / "templates"


def colours(theme: str, dark: bool) -> dict[str, str]:
    styles = style_sheets((), None, theme)
    return dict(VARIABLE.findall(styles.plain)) | (dict(VARIABLE.findall(styles.dark)) if dark else {})


@pytest.mark.parametrize(("theme", "dark"), list(product(theme_names(None), (False, True))))
def test_every_theme_is_legible_in_light_and_dark(theme, dark):
    found = colours(theme, dark)
    weak = {
        (ink, ground): ratio
        for ground, inks in INKS.items()
        for ink in inks
        if (ratio := contrast(parse(found[ink]), parse(found[ground]))) < LEAST.get(theme, 4.5)
    }
    assert weak == {}


def test_themes_know_each_colour_that_the_style_sheets_name():
    known = set(re.findall(r"(--[\w-]+):", style_sheets((), None).plain))
    for path in (templates_folder() / "styles").glob("*.css"):
        text = path.read_text()
        # A page of its own, such as the trend, has some of its own.
        assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= known | set(re.findall(r"(--[\w-]+):", text)), path.name


def test_a_theme_is_found_by_itself_and_says_only_what_it_changes(own):
    (own / "themes" / "mine.css").write_text(":root { --accent: #123456; }\n")
    assert "mine" in theme_names(own)
    styles = style_sheets(("base.css",), own, "mine")
    assert styles.plain.index("--accent: #00527f") < styles.plain.index("--accent: #123456")
    assert "--accent: #7cc4f2" in styles.dark


def test_an_unknown_theme_is_named_before_anything_is_measured(own):
    config = Config(folder=own.parent)
    with pytest.raises(ReportgenError, match=r"no theme 'contrst'\. Did you mean 'contrast'"):
        check_look(config.with_asked({"report.theme": "contrst"}))
    with pytest.raises(ReportgenError, match="no theme"):
        style_sheets((), own, "../styles/base")


def test_rules_for_the_dark_stand_apart():
    styles = split_dark("p { color: red }\n@media screen and (prefers-color-scheme: dark) { p { color: blue } }\n@media print { p { margin: 0 } }")
    assert "blue" not in styles.plain
    assert "margin" in styles.plain
    assert "blue" in styles.dark


def test_a_style_sheet_may_begin_with_the_built_in_one(own):
    (own / "styles" / "code.css").write_text('@import "builtin/styles/code.css";\n.listing { color: red }\n')
    plain = style_sheets(("code.css",), own).plain
    assert plain.index("white-space: pre-wrap") < plain.index("color: red")


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("p { color red }", 1, "not CSS"),
        ("p { margin: 0 }\n}\n", 2, "not CSS"),
        ('p { margin: 0 }\n\n@import "https://example.org/x.css";', 3, "cannot be imported"),
        ('@import "builtin/../../secret.css";', 1, "cannot be imported"),
        ("p {\n background: url(http://example.org/x.png) }", 2, "loaded from elsewhere"),
        ('@media print { p { background: url("file:///etc/passwd") } }', 1, "loaded from elsewhere"),
        ("@font-face {\n\n src: url(//example.org/x.woff2) }", 3, "loaded from elsewhere"),
    ],
)
def test_a_wrong_style_sheet_is_named_with_line_and_cause(own, text, line, cause):
    path = own / "styles" / "code.css"
    path.write_text(text)
    with pytest.raises(ReportgenError, match=cause) as caught:
        check_look(Config(folder=own.parent))
    assert str(caught.value).startswith(f"{path}, line {line}: ")


def test_a_style_sheet_is_not_read_through_a_link_to_elsewhere(own, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text(".secret {}")
    (own / "styles" / "code.css").symlink_to(secret)
    with pytest.raises(ReportgenError, match="leads out of"):
        style_sheets(("code.css",), own)


def test_folder_and_theme_come_from_the_file_or_the_command_line(tmp_path, monkeypatch):
    (tmp_path / "looks").mkdir()
    (tmp_path / "report.toml").write_text('[report]\ntemplates = "looks"\ntheme = "contrast"\n')
    monkeypatch.chdir(tmp_path.parent)
    config = load_config(tmp_path / "report.toml")
    assert (config.templates_folder, config.report.theme) == (tmp_path / "looks", "contrast")
    (tmp_path.parent / "others").mkdir(exist_ok=True)
    given = {"report.templates": "others", "report.theme": None}
    assert load_config(tmp_path / "report.toml", given).templates_folder == tmp_path.parent / "others"
    assert config.with_asked(given).templates_folder == tmp_path.parent / "others"
    assert config.with_asked(given).report.theme == "contrast"
    with pytest.raises(ReportgenError, match="--templates: there is no folder"):
        load_config(tmp_path / "report.toml", {"report.templates": "absent"})
