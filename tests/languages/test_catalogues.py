"""Catalogues: every sentence is there in every language, with the same placeholders, and a new language is one file."""

import pytest
from babel.messages.pofile import read_po

from reportgen import languages
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.language import Language, gettext, marked, ngettext, nmarked, spoken
from reportgen.languages.extract import messages, placeholders, read, sentences, updated

OTHERS = [code for code in languages.names() if code != "en"]


@pytest.fixture(scope="module")
def marked_sentences():
    return sentences()


def test_german_is_there():
    assert languages.names()[:2] == ("en", "de")


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_is_left_untranslated_and_none_is_left_over(code):
    """After a change of texts: python -m reportgen.languages.extract CODE, then translate what is empty."""
    found = read(code)
    assert set(found) == set(messages())
    assert [message for message, said in found.items() if not (said if isinstance(said, str) else said and all(said))] == []
    with (languages.FOLDER / f"{code}.po").open("rb") as file:
        assert [message.id for message in read_po(file, locale=code) if message.fuzzy] == []


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_and_spaces_at_the_ends_are_those_of_the_sentence(code):
    for message, said in read(code).items():
        # A form for one may do without the number of it, where one of the English forms does.
        wanted = [placeholders(sentence) for sentence in message]
        for form in (said,) if isinstance(said, str) else said:
            assert placeholders(form) in wanted, message
            assert (message[0][0].isspace(), message[0][-1].isspace()) == (form[0].isspace(), form[-1].isspace()), message


def test_sentences_are_whole(marked_sentences):
    """A piece that begins with a comma or a space is put to others in code, in an order that no translator can change."""
    pieces = {sentence for sentence in marked_sentences if sentence[0] in " ,;" or sentence[-1] in " ,;"}
    # Part of what a runtime recorded; and what is said behind a whole sentence, or behind a value.
    behind = {" Dashed lines: changes of software ({changes}).", " Marked: {marks}.", ", measured again {value}"}
    assert {piece for piece in pieces if not piece.startswith(" Against {first}: ")} <= {"; one image: ", *behind}


def test_no_sentence_is_counted_in_one_place_and_not_in_another():
    alone = {message[0] for message in messages() if len(message) == 1}
    assert {message[0] for message in messages() if len(message) > 1} & alone == set()


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


def test_bringing_a_catalogue_up_to_date_keeps_what_is_translated():
    made = updated("de", {("Learning curves",): "Lernkurven", ("{count} block", "{count} blocks"): ("ein Block", "{count} Blöcke"), ("gone",): "weg"})
    assert made.get("Learning curves").string == "Lernkurven"
    assert made.get("{count} block").string == ("ein Block", "{count} Blöcke")
    assert made.get("{count} step").string == ("", "")
    assert made.get("gone") is None
    assert {(message.id,) if isinstance(message.id, str) else message.id for message in made if message.id} == set(messages())


def test_a_counted_sentence_has_the_forms_of_the_language(tmp_path, monkeypatch):
    """Polish has three forms: for one, for few, for many."""
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    forms = 'msgid "{n} block"\nmsgid_plural "{n} blocks"\nmsgstr[0] "{n} blok"\nmsgstr[1] "{n} bloki"\nmsgstr[2] "{n} bloków"\n'
    (tmp_path / "pl.po").write_text(header + forms, encoding="utf-8")
    with spoken(languages.find("pl")):
        assert [ngettext("{n} block", "{n} blocks", n, n=n) for n in (1, 2, 5, 22)] == ["1 blok", "2 bloki", "5 bloków", "22 bloki"]
        assert ngettext("{n} night", "{n} nights", 2, n=2) == "2 nights"
    assert [ngettext(*nmarked("{n} block", "{n} blocks"), n, n=n) for n in (0, 1, 2)] == ["0 blocks", "1 block", "2 blocks"]


def test_a_sentence_that_is_marked_stays_as_it_is():
    with spoken(Language(code="de", sentences={"a": "b"})):
        assert marked("a") == "a"
        assert gettext(marked("a")) == "b"
