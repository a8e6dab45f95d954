"""Catalogues: every sentence is there in every language, with the same placeholders, and a new language is one file."""

import pytest
from babel.messages.pofile import read_po

from reportgen import languages
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.language import Language, gettext, marked, spoken
from reportgen.languages.extract import placeholders, sentences, updated

OTHERS = [code for code in languages.names() if code != "en"]


@pytest.fixture(scope="module")
def marked_sentences():
    return sentences()


def catalogue(code):
    with (languages.FOLDER / f"{code}.po").open("rb") as file:
        return {str(message.id): message for message in read_po(file, locale=code, abort_invalid=True) if message.id}


def test_german_is_there():
    assert languages.names()[:2] == ("en", "de")


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_is_left_untranslated_and_none_is_left_over(code, marked_sentences):
    """After a change of texts: python -m reportgen.languages.extract CODE, then translate what is empty."""
    found = catalogue(code)
    assert {sentence for sentence in marked_sentences if sentence not in found or not found[sentence].string} == set()
    assert set(found) - set(marked_sentences) == set()
    assert [message.id for message in found.values() if message.fuzzy] == []


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_and_spaces_at_the_ends_are_those_of_the_sentence(code):
    for sentence, message in catalogue(code).items():
        assert placeholders(sentence) == placeholders(message.string), sentence
        assert (sentence[0].isspace(), sentence[-1].isspace()) == (message.string[0].isspace(), message.string[-1].isspace()), sentence


def test_marks_are_found_in_code_and_templates(marked_sentences):
    assert "languages/extract.py" not in {place for places in marked_sentences.values() for place in places}
    assert marked_sentences["Learning curves"] == ("report/sections/outline.py", "report/sections/training.py")
    assert "partials/elements.html.j2" in marked_sentences["Not provided by the author"]
    assert not [sentence for sentence in marked_sentences if not sentence.strip()]


def test_a_new_language_is_one_file(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    (tmp_path / "fr.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{n} trials"\nmsgstr "{n} essais"\n')
    assert languages.names() == ("en", "fr")
    with spoken(languages.find("fr")):
        assert gettext("{n} trials", n=2) == "2 essais"
        assert gettext("{value:.2f}", value=0.5) == "0,50"
        assert gettext("not in the catalogue") == "not in the catalogue"
    assert gettext("{n} trials", n=2) == "2 trials"
    (tmp_path / "report.toml").write_text('[report]\nlanguage = "fr"\n')
    assert load_config(tmp_path / "report.toml").report.language == "fr"


def test_a_language_that_is_not_there_is_an_error_with_those_that_are(tmp_path):
    (tmp_path / "report.toml").write_text('[report]\nlanguage = "dee"\n')
    with pytest.raises(ReportgenError, match=r'line 2: report\.language: there is no "dee"\. Did you mean de\? Accepted: en, de\.'):
        load_config(tmp_path / "report.toml")
    with pytest.raises(ReportgenError, match="no language 'xx'"):
        languages.find("xx")


def test_a_catalogue_that_is_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    (tmp_path / "fr.po").write_text('msgid "a\nnonsense')
    with pytest.raises(ReportgenError, match=r"fr\.po cannot be read"):
        languages.find("fr")


def test_bringing_a_catalogue_up_to_date_keeps_what_is_translated(marked_sentences):
    made = updated("de", {"Learning curves": "Lernkurven", "gone": "weg"})
    assert made.get("Learning curves").string == "Lernkurven"
    assert made.get("gone") is None
    assert {str(message.id) for message in made if message.id} == set(marked_sentences)


def test_a_sentence_that_is_marked_stays_as_it_is():
    with spoken(Language(code="de", sentences={"a": "b"})):
        assert marked("a") == "a"
        assert gettext(marked("a")) == "b"
