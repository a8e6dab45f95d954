"""A language whose sentences are in marks: what stands outside of them in a document went through no catalogue."""

import re
from string import Formatter

from reportgen import languages
from reportgen.language import Language
from reportgen.languages.extract import messages, sentences


class Unmade(dict):
    """Sentences by themselves, their fixed parts in marks."""

    def get(self, sentence, default=None):
        return in_marks(sentence) if sentence in self else default


def in_marks(sentence: str) -> str:
    """Return a sentence with its fixed parts in marks."""
    parts = []
    for text, name, form, conversion in Formatter().parse(sentence):
        parts.append("\u27e6" + text.replace("{", "{{").replace("}", "}}") + "\u27e7" if text else "")
        parts.append("" if name is None else "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}")
    return "".join(parts)


def unmade(decimal_mark: str = ",") -> Language:
    """Return the language; it writes numbers and dates as German does."""
    plurals = {message[0]: (in_marks(message[0]), in_marks(message[1])) for message in messages() if len(message) > 1}
    return Language(code="de", sentences=Unmade(dict.fromkeys(sentences(), "")), plurals=plurals, decimal_mark=decimal_mark, date_pattern="dd.MM.y")


def translations(code: str) -> dict[str, str]:
    """Return what a language says for each English text: for a form of a counted sentence all forms of it."""
    spoken = languages.find(code)
    counted = {text: " ".join(spoken.plurals[message[0]]) for message in messages() if len(message) > 1 for text in message}
    return {**spoken.sentences, **counted}


def unmarked(text: str) -> str:
    """Return what of a text is outside of all marks."""
    return re.sub("\u27e6[^\u27e6\u27e7]*\u27e7", " ", text)
