"""A German report has no English sentence of the program's left: every text of the page comes from a marked sentence, and those are translated."""

import re

import pytest
from unmade import CALLS, NAMES, marked_sentences, texts, translations, unmade, unmarked

from reportgen import languages
from reportgen.analysis.study import analyse
from reportgen.config import Config
from reportgen.evidence import gather, pictures
from reportgen.language import Language, spoken
from reportgen.report.drawings import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.view import view
from reportgen.runs import Run


def page(example_run, language: Language) -> str:
    run = Run(example_run)
    with spoken(language):
        results = analyse(gather(run))
        content = view(results, Config(folder=example_run.parent))
        return to_markup(content, make_resources(results, pictures(run, results), content), "print", None)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_every_text_of_the_page_goes_through_a_catalogue(example_run_folder):
    left = []
    for text in texts(page(example_run_folder, unmade(decimal_mark="."))):
        rest = re.sub(r"<[^>]+>", " ", unmarked(text))
        rest = CALLS.sub(" ", NAMES.sub(" ", rest))
        left += [rest.strip()] if re.search(r"[A-Za-z]{3}", rest) else []
    assert left == [], left


def test_a_german_page_has_no_english_sentence(example_run_folder):
    german, translated_sentences = languages.find("de"), translations("de")
    markup = page(example_run_folder, german)
    shown = "\n".join(re.sub(r"<[^>]+>", "", text) for text in texts(markup))
    for sentence in marked_sentences():
        fixed = [part.strip() for part in re.split(r"\{[^}]*\}", sentence) if part.count(" ") >= 3 and re.search("[A-Za-z]{3}", part)]
        translated = translated_sentences[sentence]
        for part in fixed:
            assert part not in shown or part in translated, part
    assert "Kein Unterschied gezeigt" in shown
    assert "Abbildung\u00a01" in shown or "Abbildung 1" in shown
    assert "94,6" in shown
    references = re.findall(r'(?s)<ol class="references">.*?</ol>', markup)[0]
    assert "M. Abadi u.\u202fa., „TensorFlow: A system for large-scale machine learning“, in Proc. 12th" in references
    assert "E. Alpaydin und C. Kaynak, Optical Recognition of Handwritten Digits [Datensatz], UCI" in references
    assert not re.search(r"et al\.|\band\b|\bpp\.|vol\.", re.sub(r"(„.*?“|, in .*?,)", "", references))
