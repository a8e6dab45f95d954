"""German reports of every kind of run have no English left: suites, numbers instead of classes, modes, variants, experiments, failures, one block."""

import re
from functools import cache

import pytest
from kinds import KINDS, make
from matplotlib.text import Text
from unmade import CALLS, NAMES, marked_sentences, texts, unmade, unmarked

from reportgen import languages
from reportgen.config import load_config
from reportgen.language import Language, spoken
from reportgen.report.drawings import SVG
from reportgen.report.markup import to_markup
from reportgen.report.resources import Resource

#: What these runs name beside that: styles, calls, errors, signals, variants, trials and workloads, as records have them.
OWN_NAMES = re.compile(
    r"\b(tf\.function|tf\.compat\.v\d\.Session|torch\.jit\.trace|torch\.compile|eager|Session|SIGKILL)\b|model\.fit|block-[\w-]+|"
    r"\.\./example/report\.toml|(?<![-\w])(two-layer|[Oo]wn net|mlp|cnn|next|plain|[Ee]xample|example-suite)(?![-\w])|"
    r"\w+Error: [^()]*|FutureWarning: \S+ is deprecated|"
    r"python -m reportgen"
)
#: A column's head is a part of a check's name, of which the mark is cut off.
CUT_OFF = re.compile(r"(?<=P2\d )\w+\u27e7")


def in_language(kind: str, language: Language, *, figures: bool) -> tuple[list[str], list[str]]:
    """Return the texts of a report, and where they are wanted those in its figures."""
    config = load_config(None, {"report.language": language.code}, rooms=False)
    with spoken(language):
        made = make(kind, config)
        # On paper, pictures are named and not shown: their bytes do not matter.
        blank = {one.resource: Resource(name=one.resource, media_type=SVG, content=b"") for one in made.content.figures}
        page = to_markup(made.content, blank, "print", None)
        drawn = [text.get_text() for _, one in made.figures() for text in one.figure.findobj(Text)] if figures else []
    return texts(page), drawn


@cache
def marked_in(kind: str) -> tuple[list[str], list[str]]:
    return in_language(kind, unmade(), figures=True)


def english(text: str) -> str:
    """Return what of a text is neither of a catalogue nor a name."""
    rest = re.sub(r"<[^>]+>", " ", unmarked(CUT_OFF.sub(" ", text)))
    rest = CALLS.sub(" ", NAMES.sub(" ", OWN_NAMES.sub(" ", rest))).strip()
    return rest if re.search(r"[A-Za-z]{3}", rest) else ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_goes_through_a_catalogue(kind):
    shown, drawn = marked_in(kind)
    assert [text for text in map(english, (*shown, *drawn)) if text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_english_sentence_is_left(kind):
    german = languages.find("de")
    shown = "\n".join(re.sub(r"<[^>]+>", "", text) for text in in_language(kind, german, figures=False)[0])
    for sentence in marked_sentences():
        for part in re.split(r"\{[^}]*\}", sentence):
            assert part.count(" ") < 3 or part.strip() not in shown or part.strip() in german.sentences[sentence], part
    assert not re.search(r"\b(the|with|than|not|were)\b", OWN_NAMES.sub("", shown))
    assert not re.search(r"\b(nan|None|inf)\b", shown)


def test_what_these_runs_show_is_there():
    """The texts that are searched are those of the kinds: each has what no other run has."""
    said = {kind: "\n".join(marked_in(kind)[0]) for kind in KINDS}
    for kind, part in {
        "faster modes": "Faster ways to train the same network",
        "versions": "Versions and settings beside each other",
        "experiments": "Training in one and in two processes",
        "failures": "Incomplete study",
        "one block": "one block is too little",
        "two-layer": "Mean squared error",
        "suite": "is missing",
    }.items():
        assert part in said[kind]
