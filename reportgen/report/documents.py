"""Writing the documents of a run: report.pdf, report.html and results.json, each whole or not at all."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.errors import ReportgenError
from reportgen.report.comparison_figures import epoch_parts_figure, parity_losses_figure, ratios_figure
from reportgen.report.drawing import drawing_style, plain_fonts
from reportgen.report.figures import curves_figure, latency_figure, times_figure
from reportgen.report.images import misclassified_sheet, sample_sheet
from reportgen.report.locate import templates_folder
from reportgen.report.markup import to_markup
from reportgen.report.pdf import to_pdf
from reportgen.report.resources import Resource, font_resources
from reportgen.report.sections.experiments import experiment_pictures
from reportgen.report.sections.findings import drawn_findings
from reportgen.report.view import View, view
from reportgen.storage import write_atomically

if TYPE_CHECKING:
    from reportgen.config import Config

OWN_TEMPLATES = "templates"  # a folder of this name beside the study's configuration overrides templates one by one


@dataclass(frozen=True, kw_only=True)
class Documents:
    """What was written, how large it is, and how long the rendering took."""

    pdf: Path
    html: Path
    results: Path
    pdf_bytes: int
    html_bytes: int
    results_bytes: int
    render_s: float


def write_documents(results: Results, pictures: Pictures, config: Config, folder: Path) -> Documents:
    """Write the three documents into ``folder``, which is made if need be.

    Raises :class:`ReportgenError` when a template or the author's prose is wrong (then nothing new is written) or when a system library for the
    PDF is missing (then report.html and results.json are written).
    """
    started = time.perf_counter()
    own_templates = config.folder / OWN_TEMPLATES
    # One order of keys, whatever the order in which a mapping was filled: the same results are the same bytes.
    results_json = stable_json(results)
    content = view(results, config)
    resources = make_resources(results, pictures, content)
    screen = to_markup(content, resources, "screen", own_templates).encode("utf-8")
    paper = to_markup(content, resources, "print", own_templates)
    results_path = write_whole(folder / "results.json", results_json)
    html_path = write_whole(folder / "report.html", screen)
    pdf = to_pdf(paper, resources, results_json, results.finished_at)
    pdf_path = write_whole(folder / "report.pdf", pdf)
    return Documents(
        pdf=pdf_path,
        html=html_path,
        results=results_path,
        pdf_bytes=len(pdf),
        html_bytes=len(screen),
        results_bytes=len(results_json),
        render_s=time.perf_counter() - started,
    )


def stable_json(results: Results) -> bytes:
    """Return ``results`` as indented JSON, fields in the order of the schema."""
    return results.model_dump_json(indent=1).encode("utf-8") + b"\n"


def make_resources(results: Results, pictures: Pictures, content: View) -> dict[str, Resource]:
    """Return fonts, figures, contact sheets and the author's pictures by name."""
    resources = font_resources(templates_folder())
    made: dict[str, tuple[str, bytes]] = {}
    with plain_fonts() as fonts:
        with drawing_style(fonts):
            made["curves"] = ("image/svg+xml", curves_figure(results))
            made["times"] = ("image/svg+xml", times_figure(results))
            made["latency"] = ("image/svg+xml", latency_figure(results))
            if drawn_findings(results):
                made["ratios"] = ("image/svg+xml", ratios_figure(results))
            if results.parity_losses:
                made["parity-losses"] = ("image/svg+xml", parity_losses_figure(results))
            if results.profiles:
                made["epoch-parts"] = ("image/svg+xml", epoch_parts_figure(results))
            made.update({name: ("image/svg+xml", drawn) for name, drawn in experiment_pictures(results).items()})
        made["samples"] = ("image/png", sample_sheet(results, pictures, fonts))
        for framework in results.frameworks:
            if framework.misclassified:
                made[f"misclassified-{framework.name}"] = ("image/png", misclassified_sheet(framework, pictures, fonts))
    resources.update({name: Resource(name=name, media_type=media_type, content=data) for name, (media_type, data) in made.items()})
    for prose in (content.introduction, content.challenges, content.discussion, content.conclusion):
        resources.update({picture.name: picture for picture in prose.pictures})
    return resources


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` so that a reader finds the old file or the new one, never a part. Raises :class:`ReportgenError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise ReportgenError(f"{path} cannot be written: {error.strerror or error}. Free some space or choose another folder with --out.") from error
    return path
