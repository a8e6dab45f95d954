"""A German report has no English sentence of the program's left: every text of the page comes from a marked sentence, and those are translated."""

import html
import re

import pytest
from unmade import translations, unmade, unmarked

from reportgen import languages
from reportgen.analysis.study import analyse
from reportgen.config import Config
from reportgen.evidence import gather, pictures
from reportgen.language import Language, spoken
from reportgen.languages.extract import sentences
from reportgen.report.drawings import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.view import view
from reportgen.runs import Run

#: What stands in a report in every language: names of things, addresses, units, and words of code.
NAMES = re.compile(
    r"TensorFlow|PyTorch|Keras|keras|SavedModel|TFLite|LiteRT|ONNX Runtime|ONNX|state_dict|XLA|Adam|SGD|Flatten|Dense|Linear|CPython|Python|"
    r"Optical Recognition of Handwritten Digits|TensorFloat-32|float(32|64)|SHA-256|AMD EPYC|Debian\S*|GNU/Linux|bookworm|kernel \S+|CC BY 4\.0|"
    r"\d{4}-\d\d-\d\d-\d+-mlp-digits|https?://\S+|\b[KMG]?i?B\b|results\.json|"
    r"python -m reportgen \S+|\b[mµ]?s\b|\b(cpu|ln|n|p)\b|P\d\d|10\^|\d+(\.\d+)*\+?\w*|e-\d+"
)
CALLS = re.compile(r"\S*model\S*|\S*predict\S*|\S*inference_mode\S*|\S*serv\S*|\S*invoke\S*|\S*run\S*|\S*_\S*|\S+\(\S*\)")


def page(example_run, language: Language) -> str:
    run = Run(example_run)
    with spoken(language):
        results = analyse(gather(run))
        content = view(results, Config(folder=example_run.parent))
        return to_markup(content, make_resources(results, pictures(run, results), content), "print", None)


def texts(markup: str) -> list[str]:
    """Return the texts of a page: between its elements, and in the attributes that are read aloud. Code, references and names of packages are out."""
    body = markup.split("</head>")[1]
    body = re.sub(r"(?s)<(style|script|pre|code)\b.*?</\1>", " ", body)
    body = re.sub(r'(?s)<ol class="references">.*?</ol>|<table id="table-packages">.*?</tbody>|<td class="code">.*?</td>', " ", body)
    body = re.sub(r'(?s)<table id="table-software">.*?</tbody>', " ", body)
    aloud = re.findall(r'(?:alt|aria-label)="([^"]*)"', body)
    return [html.unescape(text) for text in (*re.split(r"<(?!/?(?:span|b|sup|a)\b)[^>]+>", body), *aloud)]


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
    for sentence in sentences():
        fixed = [part.strip() for part in re.split(r"\{[^}]*\}", sentence) if part.count(" ") >= 3]
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
