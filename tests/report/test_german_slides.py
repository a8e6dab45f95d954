"""German slides have the background of the frameworks in German, and its English facts are sentences of every catalogue."""

import re

from unmade import unmade, unmarked

from reportgen import languages
from reportgen.forms.slides.background import background, facts
from reportgen.language import spoken
from reportgen.languages.extract import sentences


def texts(found):
    """Return all that the table and the list of its sources say, without what the packages say of themselves."""
    cells = [cell.text for row in found.rows[3:] for cell in row.cells]
    return [*(row.name for row in found.rows), *cells, *found.sources]


def test_every_fact_is_a_sentence_of_the_catalogues():
    places = sentences()
    for feature, by_framework in facts().items():
        for sentence in (feature, *(fact.text for fact in by_framework.values())):
            assert "forms/slides/background.toml" in places[sentence]


def test_every_text_of_the_background_goes_through_a_catalogue(material):
    with spoken(unmade()):
        said = texts(background(material.results.frameworks))
    left = [re.sub(r"https?://\S+|\b(Python|tensorflow|torch|cu)\b|\d+", "", unmarked(text)) for text in said]
    assert [text for text in left if re.search(r"[A-Za-z]{3}", text)] == []


def test_a_german_background_has_no_english_sentence(material):
    with spoken(languages.find("de")):
        german = background(material.results.frameworks)
    english = background(material.results.frameworks)
    same = {row.name for row in german.rows} & {row.name for row in english.rows}
    assert same == {"Version", "Python", "Installation"}
    assert not {cell.text for row in german.rows[3:] for cell in row.cells} & {cell.text for row in english.rows for cell in row.cells}
    assert "https://www.tensorflow.org/js (abgerufen am 28.11.2026)" in german.sources
    assert german.sources[0] == "Im gemessenen Lauf aus den Frameworks zurückgelesen"
    assert [[cell.marks for cell in row.cells] for row in german.rows] == [[cell.marks for cell in row.cells] for row in english.rows]
