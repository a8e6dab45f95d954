"""Writing the documents of a comparison: comparison.json always, and the forms that were asked for, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import languages
from reportgen.analysis.across.outcome import Comparison
from reportgen.language import gettext, spoken
from reportgen.records import json_in_words
from reportgen.report.across.view import ComparisonView, comparison_view, drawn, resource
from reportgen.report.comparison_figures import drawn_ratios
from reportgen.report.data_tables import has_numbers, printed, to_csv
from reportgen.report.documents import write_whole
from reportgen.report.drawing import drawing_style, plain_fonts
from reportgen.report.drawings import data_file
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.own_files import WithOwn
from reportgen.report.pdf import to_pdf
from reportgen.report.resources import SVG, Resource, font_resources

if TYPE_CHECKING:
    from reportgen.config import Config

TEMPLATE = "comparison.html.j2"
NAME = "comparison"


def write_comparison(comparison: Comparison, command: str, config: Config, folder: Path, forms: Sequence[str]) -> dict[str, Path]:
    """Write the documents into ``folder``, which is made if need be, and return their paths by what they are called.

    Raises :class:`ReportgenError` when a template is wrong (then nothing is written), or a system library for the PDF is missing (then the
    others are).
    """
    with spoken(languages.find(config.report.language)):
        return write_spoken(comparison, command, config, folder, forms)


def write_spoken(comparison: Comparison, command: str, config: Config, folder: Path, forms: Sequence[str]) -> dict[str, Path]:
    """Write the documents in the language that is spoken."""
    content = comparison_view(comparison, command, config)
    resources = WithOwn(make_resources(comparison, content), config.templates_folder)
    own, theme = config.templates_folder, config.report.theme
    json = json_in_words(comparison).encode() + b"\n"
    screen = to_markup(content, resources, "screen", own, theme, TEMPLATE).encode()
    written: dict[str, Path] = {}
    if "html" in forms:
        written["HTML"] = write_whole(folder / f"{NAME}.html", screen)
    written["Results"] = write_whole(folder / f"{NAME}.json", json)
    if "pdf" in forms:
        paper = to_markup(content, resources, "print", own, theme, TEMPLATE)
        pdf = to_pdf(paper, resources, json, comparison.finished_at, f"{NAME}.json")
        written = {"PDF": write_whole(folder / f"{NAME}.pdf", pdf), **written}
    return written


def make_resources(comparison: Comparison, content: ComparisonView) -> Mapping[str, Resource]:
    """Return the fonts, a figure for each run that has one, and the data of figures and tables, by name."""
    resources = font_resources(templates_folder())
    files: list[Resource] = []
    with plain_fonts() as fonts, drawing_style(fonts):
        for position, against in enumerate(content.against, start=1):
            if against.ratios is not None:
                name = resource(comparison, position)
                label = gettext("{run} over {first}", run=comparison.runs[position].label, first=comparison.runs[0].label)
                drawing = drawn_ratios(drawn(comparison, position), label)
                resources[name] = Resource(name=name, media_type=SVG, content=drawing.svg)
                files.append(data_file(against.ratios, to_csv(drawing.data)))
    files += [data_file(table, to_csv(printed(table))) for table in content.tables if has_numbers(table)]
    return resources | {file.name: file for file in files}
