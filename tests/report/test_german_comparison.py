"""A German comparison of runs: its document says everything in German, and what is refused is still said in English."""

import html
import re

import pytest
from across_runs import EXAMPLE_RUN, altered_copy
from click.testing import CliRunner
from unmade import unmade, unmarked

from reportgen import languages
from reportgen.analysis.across.compare import compare_runs
from reportgen.analysis.across.side import sides
from reportgen.analysis.study import analyse
from reportgen.cli import main
from reportgen.config import Config
from reportgen.evidence import gather
from reportgen.language import spoken
from reportgen.report.across import documents
from reportgen.report.across.documents import make_resources
from reportgen.report.across.view import comparison_view
from reportgen.report.markup import to_markup
from reportgen.runs import Run

#: Names of things, units, and words of code.
NAMES = re.compile(
    r"TensorFlow|PyTorch|Optical Recognition of Handwritten Digits|AMD EPYC|SavedModel|TFLite|LiteRT|ONNX|state_dict|XLA|Keras|Linux\S*|Debian\S*|"
    r"GNU|bookworm|first|second|command|python -m reportgen\S*|\b\S*_\S*\b|\btorch\S*|\btensorflow\b|\b[KMG]iB\b|\S*\.\S*|"
    r"\b(cpu|idiomatic|tuned|none|compare)\b|[0-9a-f]{12,}"
)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """The example run, and a later one with slower trials and another version."""
    folder = tmp_path_factory.mktemp("compared")
    return [("first", Run(EXAMPLE_RUN)), ("second", Run(altered_copy(folder / "second", {"tensorflow": 1.5})))]


def page(compared, language) -> str:
    with spoken(language):
        gathered = [(name, gather(run)) for name, run in compared]
        comparison = compare_runs(sides([(name, records, analyse(records)) for name, records in gathered]))
        content = comparison_view(comparison, "command", Config(folder=EXAMPLE_RUN))
        return to_markup(content, make_resources(comparison, content), "screen", None, template=documents.TEMPLATE)


def texts(markup: str) -> list[str]:
    """Return what the page shows and what is read aloud, without code."""
    body = re.sub(r"(?s)<(style|script|code)\b.*?</\1>", " ", markup.split("</head>")[1])
    aloud = re.findall(r'(?:alt|aria-label)="([^"]*)"', body)
    return [html.unescape(text) for text in (*re.split(r"<(?!/?(?:span|b|sup|a)\b)[^>]+>", body), *aloud)]


@pytest.mark.filterwarnings("ignore:Glyph")
def test_every_text_of_the_document_goes_through_a_catalogue(compared):
    left = []
    for text in texts(page(compared, unmade())):
        rest = NAMES.sub(" ", re.sub(r"<[^>]+>", " ", unmarked(text)))
        left += [rest.strip()] if re.search(r"[A-Za-z]{3}", rest) else []
    assert left == [], left


def test_a_german_document_reads_as_german(compared):
    said = " ".join(re.sub(r"<[^>]+>", "", text) for text in texts(page(compared, languages.find("de"))))
    assert "Die Läufe A und B im Vergleich" in said
    assert "TensorFlow in A trainierte um den Faktor 1,5" in said
    assert "Gleich konfiguriert: " in said
    assert "unverändert" in said
    assert not re.search(r"\b(the|and|with|of|than|not)\b", said.replace("Optical Recognition of", ""))


def test_the_language_is_asked_for_by_flag(tmp_path, monkeypatch):
    altered_copy(tmp_path / "second", {})
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["compare", str(EXAMPLE_RUN), "second", "--language", "de", "--form", "html"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (written,) = (tmp_path / "out").glob("*/comparison.html")
    text = written.read_text(encoding="utf-8")
    assert '<html lang="de"' in text
    assert "Wie dies zu lesen ist" in text
