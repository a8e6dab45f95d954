"""A language whose sentences are in marks: what stands outside of them in a document went through no catalogue."""

import re
from string import Formatter

from reportgen.language import Language
from reportgen.languages.extract import sentences


class Unmade(dict):
    """Sentences by themselves, their fixed parts in marks."""

    def get(self, sentence, default=None):
        if sentence not in self:
            return default
        parts = []
        for text, name, form, conversion in Formatter().parse(sentence):
            parts.append("\u27e6" + text.replace("{", "{{").replace("}", "}}") + "\u27e7" if text else "")
            parts.append("" if name is None else "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}")
        return "".join(parts)


def unmade() -> Language:
    """Return the language; it writes numbers and dates as German does."""
    return Language(code="de", sentences=Unmade(dict.fromkeys(sentences(), "")), decimal_mark=",", date_pattern="dd.MM.y")


def unmarked(text: str) -> str:
    """Return what of a text is outside of all marks."""
    return re.sub("\u27e6[^\u27e6\u27e7]*\u27e7", " ", text)
