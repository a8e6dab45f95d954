"""All pictures of a report by name: those of each workload, and the one over all workloads of a suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults
from reportgen.language import gettext
from reportgen.report.comparison_figures import epoch_parts_figure, parity_losses_figure, ratios_figure
from reportgen.report.data_tables import CSV, DataTable, has_numbers, printed, to_csv
from reportgen.report.drawing import Drawing, Sheet, drawing_style, plain_fonts
from reportgen.report.export_figure import export_figure
from reportgen.report.figures import times_figure
from reportgen.report.images import misclassified_sheet, sample_sheet
from reportgen.report.locate import templates_folder
from reportgen.report.loss_figure import learning_curves
from reportgen.report.mode_figures import modes_figure, variants_figure
from reportgen.report.picture_data import augmentation_data, misclassified_data, predictions_data, samples_data
from reportgen.report.picture_rows import augmentation_sheet, predictions_sheet
from reportgen.report.resources import SVG, Resource, font_resources
from reportgen.report.sections.attachments import data_name
from reportgen.report.sections.elements import Figure, Register, Table
from reportgen.report.sections.experiments import experiment_pictures
from reportgen.report.suite_figures import summary_ratios_figure
from reportgen.report.trend.figure import history_figure
from reportgen.report.view import View

PNG = "image/png"

#: The measured figures by the name of their resource, a function each. Each is drawn where the report has a figure of that resource.
FIGURES: dict[str, Callable[[Results], Drawing]] = {
    "curves": learning_curves,
    "times": times_figure,
    "exported": export_figure,
    "ratios": ratios_figure,
    "parity-losses": parity_losses_figure,
    "epoch-parts": epoch_parts_figure,
    "modes": modes_figure,
    "variants": variants_figure,
    "history": history_figure,
}
#: The same for pictures that are made of the data set's images, with what is behind them.
SHEETS: dict[str, tuple[Callable[[Results, Pictures, Path], bytes], Callable[[Results, Pictures], DataTable]]] = {
    "samples": (sample_sheet, samples_data),
    "augmentation": (augmentation_sheet, augmentation_data),
    "predictions": (predictions_sheet, predictions_data),
}


def make_resources(results: Results, pictures: Pictures, content: View) -> dict[str, Resource]:
    """Return fonts, figures, contact sheets, the author's pictures and the data of a report on one workload, by name."""
    return all_resources((results,), (pictures,), content)


def make_suite_resources(suite: SuiteResults, pictures: Sequence[Pictures], content: View) -> dict[str, Resource]:
    """Return the same for a suite; ``pictures`` are those of ``suite.members``."""
    return all_resources(suite.members, pictures, content, suite)


def all_resources(members: Sequence[Results], pictures: Sequence[Pictures], content: View, suite: SuiteResults | None = None) -> dict[str, Resource]:
    """Return everything that the documents load or attach, by name; what no figure of ``content`` shows is not drawn."""
    resources = font_resources(templates_folder())
    figures = {figure.resource: figure for figure in content.figures}
    with plain_fonts() as fonts, drawing_style(fonts):
        made = dict(drawn_figures(members, content, suite))
        for name, drawing in made.items():
            resources[name] = Resource(name=name, media_type=SVG, content=drawing.svg)
        sheets = dict(made_sheets(members, pictures, content, fonts))
    for name, sheet in sheets.items():
        resources[name] = Resource(name=name, media_type=PNG, content=sheet.png)
    behind = {name: drawing.data for name, drawing in made.items()} | {name: sheet.data for name, sheet in sheets.items()}
    for name, values in behind.items():
        file = data_file(figures[name], to_csv(values))
        resources[file.name] = file
    for table in content.tables:
        if has_numbers(table):
            file = data_file(table, to_csv(printed(table)))
            resources[file.name] = file
    for prose in (content.introduction, content.challenges, content.discussion, content.conclusion, *content.own.values()):
        resources.update({picture.name: picture for picture in prose.pictures})
    return resources


def data_file(item: Figure | Table, content: bytes) -> Resource:
    """Return the data of a figure or a table as a file."""
    name = data_name(item)
    numbered = gettext("Figure {number}" if isinstance(item, Figure) else "Table {number}", number=item.number)
    return Resource(name=name, media_type=CSV, content=content, description=f"{numbered}. {item.title}")


def drawn_figures(members: Sequence[Results], content: View, suite: SuiteResults | None = None) -> Iterator[tuple[str, Drawing]]:
    """Yield the measured figures that a report shows, by the names of their resources."""
    wanted = {figure.resource for figure in content.figures}
    for chapter, results in zip(content.chapters, members, strict=True):
        register = Register().within(chapter.prefix, "")
        for name, draw in FIGURES.items():
            if register.own(name) in wanted:
                yield register.own(name), draw(results)
        yield from ((register.own(name), drawing) for name, drawing in experiment_pictures(results).items() if register.own(name) in wanted)
    if suite is not None and "summary-ratios" in wanted:
        yield "summary-ratios", summary_ratios_figure(suite)


def made_sheets(members: Sequence[Results], pictures: Sequence[Pictures], content: View, fonts: Path) -> Iterator[tuple[str, Sheet]]:
    """Yield the pictures that are made of images, by the names of their resources."""
    wanted = {figure.resource for figure in content.figures}
    for chapter, results, own in zip(content.chapters, members, pictures, strict=True):
        register = Register().within(chapter.prefix, "")
        for name, (sheet, behind) in SHEETS.items():
            if register.own(name) in wanted:
                yield register.own(name), Sheet(png=sheet(results, own, fonts), data=behind(results, own))
        for framework in results.frameworks:
            name = register.own(f"misclassified-{framework.name}")
            if name in wanted:
                yield name, Sheet(png=misclassified_sheet(framework, own, fonts), data=misclassified_data(framework, own))
