"""Sentences that records hold in English: recognised by the marked sentence that they were made from, and told in the language that is spoken.

Records stay in one language, so that runs and nights agree whoever measured them; a document finds the sentence's parts again, and its catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from string import Formatter

from reportgen.language import gettext


def retold(recorded: str, sentences: Iterable[str], part: Callable[[str, str], str] = lambda _name, text: text) -> str:
    """Return a recorded sentence in the language that is spoken; one that none of the marked ``sentences`` made stays as it is.

    The first that fits counts. ``part`` tells what stands in the place of a name in braces: it is given the name and the text.
    """
    for sentence in sentences:
        found = pattern(sentence).fullmatch(recorded)
        if found:
            return gettext(sentence, **{name: part(name, text) for name, text in found.groupdict().items()})
    return recorded


@cache
def pattern(sentence: str) -> re.Pattern[str]:
    """Return what finds the texts in the places of the names in braces."""
    parts = (f"{re.escape(text)}{'' if name is None else f'(?P<{name}>.+)'}" for text, name, _, _ in Formatter().parse(sentence))
    return re.compile("".join(parts), re.DOTALL)
