"""A language whose sentences are in marks: what stands outside of them in a document went through no catalogue, unless it is a name."""

import html
import re
from functools import cache
from string import Formatter

from reportgen import languages
from reportgen.language import Language
from reportgen.languages.extract import messages, sentences

#: What stands in a report in every language: names of things, addresses, units, and words of code.
NAMES = re.compile(
    r"TensorFlow|PyTorch|Keras|keras|SavedModel|TFLite|LiteRT|ONNX Runtime|ONNX|state_dict|XLA|Adam|SGD|Flatten|Dense|Linear|CPython|Python|"
    r"Optical Recognition of Handwritten Digits|TensorFloat-32|float(32|64)|SHA-256|AMD EPYC|Debian\S*|GNU/Linux|bookworm|kernel \S+|CC BY 4\.0|"
    r"\d{4}-\d\d-\d\d-\d+-mlp-digits|https?://\S+|\b[KMG]?i?B\b|results\.json|"
    r"python -m reportgen \S+|\b[mµ]?s\b|\b(cpu|ln|n|p)\b|P\d\d|10\^|\d+(\.\d+)*\+?\w*|e-\d+"
)
CALLS = re.compile(r"\S*model\S*|\S*predict\S*|\S*inference_mode\S*|\S*serv\S*|\S*invoke\S*|\S*run\S*|\S*_\S*|\S+\(\S*\)")


class Unmade(dict):
    """Sentences by themselves, their fixed parts in marks."""

    def get(self, sentence, default=None):
        return in_marks(sentence) if sentence in self else default


@cache
def marked_sentences() -> dict[str, tuple[str, ...]]:
    """Return what code and templates mark, read once for all tests of a process."""
    return sentences()


@cache
def marked_messages() -> tuple[tuple[str, ...], ...]:
    """Return the same with both forms of what is counted."""
    return tuple(messages())


def in_marks(sentence: str) -> str:
    """Return a sentence with its fixed parts in marks."""
    parts = []
    for text, name, form, conversion in Formatter().parse(sentence):
        parts.append("\u27e6" + text.replace("{", "{{").replace("}", "}}") + "\u27e7" if text else "")
        parts.append("" if name is None else "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}")
    return "".join(parts)


def unmade(decimal_mark: str = ",") -> Language:
    """Return the language; it writes numbers and dates as German does."""
    plurals = {message[0]: (in_marks(message[0]), in_marks(message[1])) for message in marked_messages() if len(message) > 1}
    return Language(
        code="de", sentences=Unmade(dict.fromkeys(marked_sentences(), "")), plurals=plurals, decimal_mark=decimal_mark, date_pattern="dd.MM.y"
    )


def translations(code: str) -> dict[str, str]:
    """Return what a language says for each English text: for a form of a counted sentence all forms of it."""
    spoken = languages.find(code)
    counted = {text: " ".join(spoken.plurals[message[0]]) for message in marked_messages() if len(message) > 1 for text in message}
    return {**spoken.sentences, **counted}


def unmarked(text: str) -> str:
    """Return what of a text is outside of all marks."""
    return re.sub("\u27e6[^\u27e6\u27e7]*\u27e7", " ", text)


def texts(markup: str) -> list[str]:
    """Return the texts of a page: between its elements, and in the attributes that are read aloud. Code, references and names of packages are out."""
    body = markup.split("</head>")[1]
    body = re.sub(r"(?s)<(style|script|pre|code)\b.*?</\1>", " ", body)
    body = re.sub(r'(?s)<ol class="references">.*?</ol>|<table id="table-packages">.*?</tbody>|<td class="code">.*?</td>', " ", body)
    body = re.sub(r'(?s)<table id="table-software">.*?</tbody>', " ", body)
    aloud = re.findall(r'(?:alt|aria-label)="([^"]*)"', body)
    return [html.unescape(text) for text in (*re.split(r"<(?!/?(?:span|b|sup|a)\b)[^>]+>", body), *aloud)]
