"""Writing the documents of a run: report.pdf, report.html and results.json, each whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults
from reportgen.errors import ReportgenError
from reportgen.report.drawings import make_resources as make_resources
from reportgen.report.drawings import make_suite_resources
from reportgen.report.markup import to_markup
from reportgen.report.pdf import to_pdf
from reportgen.report.resources import Resource
from reportgen.report.suite_view import suite_view
from reportgen.report.view import View, view
from reportgen.storage import write_atomically

if TYPE_CHECKING:
    from reportgen.config import Config


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
    """Write the three documents of one workload into ``folder``, which is made if need be.

    Raises :class:`ReportgenError` when a template or the author's prose is wrong (then nothing new is written) or when a system library for the
    PDF is missing (then report.html and results.json are written).
    """
    started = time.perf_counter()
    content = view(results, config)
    return write_all(results, content, make_resources(results, pictures, content), config, folder, started)


def write_suite_documents(suite: SuiteResults, pictures: Sequence[Pictures], config: Config, folder: Path) -> Documents:
    """Write the three documents of a suite; ``pictures`` are those of ``suite.members``. See :func:`write_documents`."""
    started = time.perf_counter()
    content = suite_view(suite, config)
    return write_all(suite, content, make_suite_resources(suite, pictures, content), config, folder, started)


def write_all(
    results: Results | SuiteResults, content: View, resources: Mapping[str, Resource], config: Config, folder: Path, started: float
) -> Documents:
    """Write the documents of ``content``; ``started`` is when the rendering began, by ``time.perf_counter``."""
    own_templates, theme = config.templates_folder, config.report.theme
    # One order of keys, whatever the order in which a mapping was filled: the same results are the same bytes.
    results_json = stable_json(results)
    screen = to_markup(content, resources, "screen", own_templates, theme).encode("utf-8")
    paper = to_markup(content, resources, "print", own_templates, theme)
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


def stable_json(results: Results | SuiteResults) -> bytes:
    """Return ``results`` as indented JSON, fields in the order of the schema."""
    return results.model_dump_json(indent=1).encode("utf-8") + b"\n"


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` so that a reader finds the old file or the new one, never a part. Raises :class:`ReportgenError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise ReportgenError(f"{path} cannot be written: {error.strerror or error}. Free some space or choose another folder with --out.") from error
    return path
