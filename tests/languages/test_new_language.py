"""A language is one file: dropped into the folder of the catalogues, a report is made in it; what it has not is said in English."""

import pytest
from across_runs import EXAMPLE_RUN
from click.testing import CliRunner

from reportgen import languages
from reportgen.cli import main
from reportgen.errors import ReportgenError
from reportgen.language import spoken
from reportgen.report.format import date, number

#: A made-up language, of which Babel knows nothing: five sentences, one of them counted, with a word order and three plurals of its own.
CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n == 1 ? 0 : n < 5 ? 1 : 2);\\n"

msgid "Results"
msgstr "Zorutu"

msgid "Figure\u00a0{number}"
msgstr "{number}. Figu"

msgid "{headline} sums up all trials of each framework."
msgstr "Zor fremu tuta {headline} summa."

msgid "{count} epoch"
msgid_plural "{count} epochs"
msgstr[0] "epok {count}"
msgstr[1] "epoki {count}"
msgstr[2] "epokuru {count}"

msgid "Learning curves"
msgstr ""
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the catalogues, with that of the new language alone in it."""
    catalogues = tmp_path / "languages"
    catalogues.mkdir()
    (catalogues / "xx.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", catalogues)
    return tmp_path


def render(folder, language):
    arguments = ["render", str(EXAMPLE_RUN), "--form", "markdown", "--language", language, "--out", str(folder)]
    return CliRunner().invoke(main, arguments, catch_exceptions=True)


def test_a_report_is_made_in_it(folder):
    done = render(folder, "xx")
    assert done.exit_code == 0, done.output
    text = (folder / EXAMPLE_RUN.name / "markdown" / "README.md").read_text(encoding="utf-8")
    assert "Zorutu" in text
    assert "## 3 Results" not in text
    assert "Zor fremu tuta [" in text
    assert "epokuru 5" in text
    # Not translated, or not in the catalogue at all.
    assert "Learning curves" in text
    assert "Every dot is one trial" in text
    # Babel knows no such language.
    assert "94.6" in text


def test_numbers_and_dates_of_a_language_that_nobody_knows_are_those_of_english(folder):
    with spoken(languages.find("xx")):
        assert (number(1234567.5, 1), date("2026-11-21T12:26:10+00:00")) == ("1\u202f234\u202f567.5", "2026-11-21")


def test_a_language_of_a_region_has_its_own(folder):
    (folder / "languages" / "de_AT.po").write_text(CATALOGUE, encoding="utf-8")
    with spoken(languages.find("de_AT")):
        assert date("2026-01-21") == "21.01.2026"
        assert number(0.5, 1) == "0,5"


def test_one_that_is_not_there_is_an_error_that_lists_what_there_is(folder):
    done = render(folder, "yy")
    assert isinstance(done.exception, ReportgenError)
    assert 'language: there is no "yy"' in str(done.exception)
    assert "Accepted: en, xx." in str(done.exception)
