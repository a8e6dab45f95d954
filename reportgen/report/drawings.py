"""All pictures of a report by name: those of each workload, and the one over all workloads of a suite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults
from reportgen.report.comparison_figures import epoch_parts_figure, parity_losses_figure, ratios_figure
from reportgen.report.drawing import drawing_style, plain_fonts
from reportgen.report.export_figure import export_figure
from reportgen.report.figures import times_figure
from reportgen.report.images import misclassified_sheet, sample_sheet
from reportgen.report.locate import templates_folder
from reportgen.report.loss_figure import learning_curves
from reportgen.report.mode_figures import modes_figure, variants_figure
from reportgen.report.picture_rows import augmentation_sheet, predictions_sheet
from reportgen.report.resources import Resource, font_resources
from reportgen.report.sections.elements import Register
from reportgen.report.sections.experiments import experiment_pictures
from reportgen.report.suite_figures import summary_ratios_figure
from reportgen.report.trend.figure import history_figure
from reportgen.report.view import View

SVG, PNG = "image/svg+xml", "image/png"

#: The measured figures by the name of their resource. Each is drawn where the report has a figure of that resource.
FIGURES: dict[str, Callable[[Results], bytes]] = {
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
#: The same for pictures that are made of the data set's images.
SHEETS: dict[str, Callable[[Results, Pictures, Path], bytes]] = {
    "samples": sample_sheet,
    "augmentation": augmentation_sheet,
    "predictions": predictions_sheet,
}


def make_resources(results: Results, pictures: Pictures, content: View) -> dict[str, Resource]:
    """Return fonts, figures, contact sheets and the author's pictures of a report on one workload, by name."""
    return all_resources((results,), (pictures,), content)


def make_suite_resources(suite: SuiteResults, pictures: Sequence[Pictures], content: View) -> dict[str, Resource]:
    """Return the same for a suite; ``pictures`` are those of ``suite.members``."""
    return all_resources(suite.members, pictures, content, suite)


def all_resources(members: Sequence[Results], pictures: Sequence[Pictures], content: View, suite: SuiteResults | None = None) -> dict[str, Resource]:
    """Return everything that the documents load, by name; what no figure of ``content`` shows is not drawn."""
    wanted = {figure.resource for figure in content.figures}
    resources = font_resources(templates_folder())
    with plain_fonts() as fonts, drawing_style(fonts):
        for chapter, results, own in zip(content.chapters, members, pictures, strict=True):
            register = Register().within(chapter.prefix, "")
            for resource in chapter_pictures(results, own, fonts, register, wanted):
                resources[resource.name] = resource
        if suite is not None and "summary-ratios" in wanted:
            resources["summary-ratios"] = Resource(name="summary-ratios", media_type=SVG, content=summary_ratios_figure(suite))
    for prose in (content.introduction, content.challenges, content.discussion, content.conclusion, *content.own.values()):
        resources.update({picture.name: picture for picture in prose.pictures})
    return resources


def chapter_pictures(results: Results, pictures: Pictures, fonts: Path, register: Register, wanted: Collection[str]) -> Iterator[Resource]:
    """Yield the pictures of one workload under the names that its chapter gives them."""
    for name, draw in FIGURES.items():
        if register.own(name) in wanted:
            yield Resource(name=register.own(name), media_type=SVG, content=draw(results))
    for name, sheet in SHEETS.items():
        if register.own(name) in wanted:
            yield Resource(name=register.own(name), media_type=PNG, content=sheet(results, pictures, fonts))
    for name, picture in experiment_pictures(results).items():
        if register.own(name) in wanted:
            yield Resource(name=register.own(name), media_type=SVG, content=picture)
    for framework in results.frameworks:
        name = register.own(f"misclassified-{framework.name}")
        if name in wanted:
            yield Resource(name=name, media_type=PNG, content=misclassified_sheet(framework, pictures, fonts))
