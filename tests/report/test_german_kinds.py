"""German reports of every kind of run have no English left: suites, numbers instead of classes, modes, variants, experiments, failures, one block."""

from __future__ import annotations

import re
from functools import cache

import pytest
from kinds import KINDS, Made, make
from matplotlib.text import Text
from unmade import CALLS, NAMES, marked_sentences, texts, translations, unmade, unmarked

from reportgen import languages
from reportgen.config import load_config
from reportgen.forms.markdown.blocks import blocks
from reportgen.forms.markdown.tree import parse
from reportgen.language import Language, spoken
from reportgen.report.drawing import localise
from reportgen.report.drawings import SVG
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.pdf import fetcher, load_weasyprint
from reportgen.report.resources import Resource, font_resources
from reportgen.report.sections.parity import spans

#: What these runs name beside that: styles, calls, errors, signals, variants, trials and workloads, as records have them.
OWN_NAMES = re.compile(
    r"\b(tf\.function|tf\.compat\.v\d\.Session|torch\.jit\.trace|torch\.compile|eager|Session|SIGKILL)\b|model\.fit|block-[\w-]+|"
    r"\.\./example/report\.toml|(?<![-\w])(two-layer|[Oo]wn net|mlp|cnn|next|plain|[Ee]xample|example-suite)(?![-\w])|"
    r"\w+Error: [^()]*|FutureWarning: \S+ is deprecated|python -m reportgen"
)
#: A column's head is a part of a check's name, of which the mark is cut off.
CUT_OFF = re.compile(r"(?<=P2\d )\w+\u27e7")
ENGLISH = re.compile(r"\b(the|with|than|not|were)\b")
#: Rows of a table, its heads with it, that show how wide it is.
MOST_ROWS = 8


def page(kind: str, language: Language) -> str:
    """Return the report of a kind, as it is printed; pictures are named there and not shown, so that their bytes do not matter."""
    config = load_config(None, {"report.language": language.code}, rooms=False)
    with spoken(language):
        return printed(make(kind, config))


def printed(made: Made) -> str:
    blank = {one.resource: Resource(name=one.resource, media_type=SVG, content=b"") for one in made.content.figures}
    return to_markup(made.content, font_resources(templates_folder()) | blank, "print", None)


@cache
def german(kind: str) -> str:
    return page(kind, languages.find("de"))


@cache
def marked_in(kind: str) -> list[str]:
    """Return the texts of a report and of its figures in the language whose sentences are in marks."""
    with spoken(unmade()):
        made = make(kind, load_config(None, {"report.language": "de"}, rooms=False))
        return texts(printed(made)) + [text.get_text() for _, one in made.figures() for text in one.figure.findobj(Text)]


def english(text: str) -> str:
    """Return what of a text is neither of a catalogue nor a name."""
    rest = re.sub(r"<[^>]+>", " ", unmarked(CUT_OFF.sub(" ", text)))
    rest = CALLS.sub(" ", NAMES.sub(" ", OWN_NAMES.sub(" ", rest))).strip()
    return rest if re.search(r"[A-Za-z]{3}", rest) else ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_goes_through_a_catalogue(kind):
    assert [text for text in map(english, marked_in(kind)) if text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_english_sentence_is_left(kind):
    said = translations("de")
    shown = "\n".join(re.sub(r"<[^>]+>", "", text) for text in texts(german(kind)))
    for sentence in marked_sentences():
        for part in filter(re.compile("[A-Za-z]{3}").search, re.split(r"\{[^}]*\}", sentence)):
            assert part.count(" ") < 3 or part.strip() not in shown or part.strip() in said[sentence], part
    assert not ENGLISH.search(OWN_NAMES.sub("", shown))
    assert not re.search(r"\b(nan|None|inf)\b", shown)


def test_names_at_ticks_keep_their_points_and_numbers_have_commas():
    with spoken(languages.find("de")):
        made = make("faster modes", load_config(None, {"report.language": "de"}, rooms=False))
        (drawing,) = (one for name, one in made.figures() if name == "modes")
        localise(drawing.figure)
        drawing.figure.draw_without_rendering()
        axes = drawing.figure.axes[0]
        names, numbers = ([label.get_text() for label in axis.get_ticklabels()] for axis in (axes.yaxis, axes.xaxis))
    assert "PyTorch (torch.compile)" in names
    assert any(re.fullmatch(r"0,\d+", number) for number in numbers)


def test_checks_that_one_cause_kept_from_being_made_say_it_once():
    assert spans(["P01", "P02", "P03", "P05", "P07", "P08"]) == ["P01 to P03", "P05", "P07", "P08"]
    said = re.sub(r"<[^>]+>", "", german("two-layer"))
    assert said.count("TensorFlow zeigte nicht, was es in float32 berechnet") == 1
    assert "P01 bis P22: " in said


def test_what_is_done_is_ticked_in_every_language():
    """The mark of a checklist says yes or ja: Markdown ticks what is done, whatever the word."""
    (checklist,) = re.findall(r'(?s)<ul class="checklist">.*?</ul>', german("failures"))
    ticked = "\n".join(blocks(parse(checklist), lambda name: name))
    assert "- [x] Der Datensatz ist" in ticked
    assert "- [ ] Alle geplanten Blöcke" in ticked


def test_what_is_searched_is_there():
    """Each kind shows what no other run has."""
    parts = {
        "faster modes": "Faster ways to train the same network",
        "versions": "Versions and settings beside each other",
        "experiments": "Training in one and in two processes",
        "failures": "Incomplete study",
        "one block": "one block is too little",
        "two-layer": "Mean squared error",
        "suite": "is missing",
    }
    assert list(parts) == list(KINDS)
    for kind, part in parts.items():
        assert part in "\n".join(marked_in(kind))


def test_no_table_is_wider_than_its_page():
    """German words are longer: heads break before a table runs into the margin. Tables that kinds share are typeset once."""
    tables: dict[str, str] = {}
    for kind in KINDS:
        for block in re.findall(r'(?s)<div class="table-block.*?</table>\s*</div>', german(kind)):
            key = re.search(r'id="table-([\w.-]+)"', block)[1].rpartition(".")[2]
            heads = re.sub("<[^>]+>", "", re.search(r"(?s)<thead>.*?</thead>", block)[0])
            rows = block.split("</tr>")
            tables.setdefault(f"{key} {heads}", "</tr>".join(rows[:MOST_ROWS]) + ("</tr></tbody></table></div>" if len(rows) > MOST_ROWS else ""))
    head = german(KINDS[0]).partition("<body")[0]
    weasyprint = load_weasyprint()
    markup = f"{head}<body>{''.join(tables.values())}</body></html>"
    document = weasyprint.HTML(string=markup, url_fetcher=fetcher(font_resources(templates_folder()))).render()
    found = [
        (box.element.get("id"), round(box.width), round(drawn._page_box.width))
        for drawn in document.pages
        for box in drawn._page_box.descendants()
        if type(box).__name__ == "TableBox"
    ]
    assert len({name for name, _, _ in found}) > 20
    assert [one for one in found if one[1] > one[2] + 1] == []
