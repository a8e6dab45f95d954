"""What the slides print beside the view: the background table, code in pieces that fit, and the headline table with a column for each framework."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.forms.base import Material
from reportgen.forms.slides.background import Background, Row, background
from reportgen.language import gettext
from reportgen.report.chapter import Chapter
from reportgen.report.excerpts import first_line, network_part, training_part
from reportgen.report.listings import Listing, listing
from reportgen.report.sections.elements import Cell, Figure, Table, figures, head, words
from reportgen.report.sections.protocol import model_source

Item = TypeVar("Item")
#: Of code on a slide, in columns of so many letters: in a size that can be read from a seat, and in a smaller one for code that just fits then.
LINES, LETTERS = 27, 68
DENSE_LINES, DENSE_LETTERS = 35, 84
#: The methods by which images pass through a network, in either framework.
PASSES = ("forward", "call", "__call__")
#: Of the background table, and of sources in two columns.
ROWS = 7
SOURCES = 36
#: Of a small table.
TABLE_ROWS = 14
#: In letters: a longer title is set smaller, so that the first slide stays one.
TITLE = 70
#: Paragraphs of an experiment beside its figure.
PARAGRAPHS = 2


@dataclass(frozen=True, kw_only=True)
class Code:
    """A slide of code side by side: what it shows, and each framework's title with its piece; the piece is empty where its code has ended.

    ``style`` is ``dense`` where the code is set in the smaller size.
    """

    title: str
    pieces: tuple[tuple[str, Listing], ...]
    style: str = ""


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """An experiment's slide."""

    title: str
    description: str
    paragraphs: tuple[str, ...]
    figure: Figure | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """The slides of one workload; what the report leaves out, or does not have, is ``None`` or empty."""

    title: str
    chapter: Chapter
    samples: Figure | None
    code: tuple[Code, ...]
    headline: Table | None
    curves: Figure | None
    times: Figure | None
    findings: Table | None
    ratios: Figure | None
    modes: Figure | None
    inference: tuple[Table, ...]
    shipping: tuple[str, ...]
    experiments: tuple[Experiment, ...]


@dataclass(frozen=True, kw_only=True)
class Deck:
    """All slides that are not the view's alone."""

    titles: tuple[str, ...]
    background: Background
    background_pages: tuple[tuple[Row, ...], ...]
    parts: tuple[Part, ...]
    source_pages: tuple[tuple[tuple[int, str], ...], ...]
    long_title: bool


def deck(material: Material) -> Deck:
    """Return the deck of a report."""
    members = material.members
    found = background(members[0].frameworks)
    several = len(members) > 1
    return Deck(
        titles=tuple(framework.title for framework in members[0].frameworks),
        background=found,
        background_pages=tuple(pages(found.rows, ROWS)),
        parts=tuple(part(results, chapter, several=several) for results, chapter in zip(members, material.content.chapters, strict=True)),
        source_pages=tuple(pages(tuple(enumerate(found.sources, start=1)), SOURCES)),
        long_title=len(material.content.front.title) > TITLE,
    )


def pages(items: Sequence[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield items in pages of nearly the same size, none above ``size``."""
    count = -(-len(items) // size)
    for number in range(count):
        yield tuple(items[number * len(items) // count : (number + 1) * len(items) // count])


def in_pages(table: Table, rows: int) -> Iterator[Table]:
    """Yield a table in pages of nearly the same number of rows."""
    return (replace(table, rows=some) for some in pages(table.rows, rows))


def part(results: Results, chapter: Chapter, *, several: bool) -> Part:
    """Return the slides of one workload: of each section that the report has, its table or figure."""
    training, has = chapter.training, chapter.headings.__contains__
    modes = chapter.modes
    return Part(
        title=f"{results.workload_title}: " if several else "",
        chapter=chapter,
        samples=chapter.methodology.samples if has("dataset") and chapter.dataset_of is None else None,
        code=tuple(code(results)),
        headline=by_framework(training.headline, [framework.title for framework in results.frameworks]) if has("headline") else None,
        curves=training.curves if has("curves") else None,
        times=training.times if has("times") else None,
        findings=training.findings.table if has("findings") else None,
        ratios=training.findings.ratios if has("findings") else None,
        modes=modes.figure if modes is not None and has("modes") else None,
        inference=tuple(in_pages(chapter.exports.inference, TABLE_ROWS)) if has("inference") else (),
        shipping=chapter.exports.shipping if has("exports") else (),
        experiments=tuple(experiments(chapter)) if results.experiments else (),
    )


def experiments(chapter: Chapter) -> Iterator[Experiment]:
    """Yield a slide for each experiment that the report shows."""
    for key, section in chapter.experiments.items():
        if key in chapter.headings:
            text = section.text
            yield Experiment(
                title=section.title,
                description=section.description,
                paragraphs=() if text is None else tuple(text.paragraphs[:PARAGRAPHS]),
                figure=next(iter(text.figures), None) if text is not None else None,
            )


def code(results: Results) -> Iterator[Code]:
    """Yield the slides of code: the networks, then what trains them, as many as the longest takes."""
    for title, text_of in ((gettext("The network"), network_text), (gettext("The training"), training_text)):
        texts = [text_of(framework).split("\n") for framework in results.frameworks]
        dense = max(height(lines, LETTERS) for lines in texts) > LINES and max(height(lines, DENSE_LETTERS) for lines in texts) <= DENSE_LINES
        chunks = [[lines] if dense else list(chunked(lines)) for lines in texts]
        for number in range(max(len(one) for one in chunks)):
            pieces = [
                (framework.title, listing("\n".join(one[number]) if number < len(one) else ""))
                for framework, one in zip(results.frameworks, chunks, strict=True)
            ]
            yield Code(
                title=title if number == 0 else gettext("{title} (continued)", title=title), pieces=tuple(pieces), style="dense" if dense else ""
            )


def chunked(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines in pieces that fit on a slide, the last about as long as the others."""
    total = height(lines, LETTERS)
    # A long line more than its share may go over to the next piece.
    share = min(LINES, -(-total // -(-total // LINES)) + 2)
    piece: list[str] = []
    for line in lines:
        if piece and height([*piece, line], LETTERS) > share:
            yield piece
            piece = []
        piece.append(line)
    yield piece


def height(lines: Sequence[str], letters: int) -> int:
    """Return how many lines these take in a column of ``letters``: a long one takes several."""
    return sum(max(1, -(-len(line) // letters)) for line in lines)


def network_text(framework: FrameworkResult) -> str:
    """Return the code that defines the network: of several classes those that images pass through, which a change of images is not."""
    source = model_source(framework)
    text = network_part(source.text.rstrip("\n")) if source is not None else ""
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)] if is_python(text) else []
    passed = [node for node in classes if any(isinstance(inner, ast.FunctionDef) and inner.name in PASSES for inner in node.body)]
    lines = text.split("\n")
    return "\n\n\n".join("\n".join(lines[first_line(node) - 1 : node.end_lineno]) for node in passed) or text


def is_python(text: str) -> bool:
    """Say whether a text can be taken apart."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def training_text(framework: FrameworkResult) -> str:
    """Return the code that takes the training steps."""
    source = next((one for one in framework.sources if one.title.startswith("Training")), None)
    return training_part(source.text.rstrip("\n")) if source is not None else ""


def by_framework(table: Table, titles: Sequence[str]) -> Table:
    """Return the headline table with the frameworks side by side: the same cells under the same number, in fewer rows."""
    found: dict[str, dict[str, list[Cell]]] = {}
    label = ""
    for row in table.rows:
        cells = list(row)
        if cells[0].header:
            label, cells = cells[0].text, cells[1:]
        found.setdefault(label, {})[cells[0].text] = cells[1:]
    columns = (gettext("Mean"), gettext("SD"), gettext("Median"), gettext("Interval"))
    top = [head(gettext("Quantity"), rowspan=2), *(head(title, colspan=len(columns)) for title in titles)]
    units = [head(column, numeric=True) for _ in titles for column in columns]
    rows = [(head(label), *(cell for title in titles for cell in shown(by_title.get(title, []), len(columns)))) for label, by_title in found.items()]
    return replace(table, head=(tuple(top), tuple(units)), rows=tuple(rows), style="pivot")


def shown(cells: list[Cell], count: int) -> list[Cell]:
    """Return the first cells of a framework; words that take the place of all of them still do."""
    if not cells:
        return [words("", colspan=count)]
    return [replace(cells[0], colspan=count)] if cells[0].colspan > 1 else [figures(cell.text) for cell in cells[:count]]
