"""Writing the documents of a run: results.json and the report in the forms that were asked for, each file whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import forms, languages
from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults
from reportgen.errors import ReportgenError
from reportgen.forms import Files, Form, Material, Records
from reportgen.language import spoken
from reportgen.report.drawings import make_resources as make_resources
from reportgen.report.drawings import make_suite_resources
from reportgen.report.own_files import WithOwn
from reportgen.report.stable import stable_json as stable_json
from reportgen.report.suite_view import suite_view
from reportgen.report.view import view
from reportgen.storage import write_atomically

if TYPE_CHECKING:
    from reportgen.config import Config

RESULTS = "results.json"


@dataclass(frozen=True, kw_only=True)
class Written:
    """One form as it was written: ``path`` is what a person opens, ``size_bytes`` that of all its files, ``render_s`` what making it took.

    What several forms share is made by the first of them.
    """

    title: str
    path: Path
    size_bytes: int
    render_s: float


@dataclass(frozen=True, kw_only=True)
class Documents:
    """What was written, how large it is, and how long the rendering took in all."""

    results: Path
    results_bytes: int
    forms: Mapping[str, Written]
    render_s: float

    @property
    def pdf(self) -> Path:
        """The report as PDF, where that form was asked for."""
        return self.forms["pdf"].path

    @property
    def html(self) -> Path:
        """The report as a web page, where that form was asked for."""
        return self.forms["html"].path

    @property
    def pdf_bytes(self) -> int:
        """The size of the PDF."""
        return self.forms["pdf"].size_bytes

    @property
    def html_bytes(self) -> int:
        """The size of the web page."""
        return self.forms["html"].size_bytes


def write_documents(results: Results, pictures: Pictures, config: Config, folder: Path, runs: Records = ()) -> Documents:
    """Write the documents of one workload into ``folder``, which is made if need be; ``runs`` holds its records, where they are at hand.

    Raises :class:`ReportgenError` when a form cannot be made: when a template or the author's prose is wrong, or when a system library for the PDF
    is missing. The forms that can be made are written all the same; where there is none, nothing is.
    """
    started = time.perf_counter()
    with spoken(languages.find(config.report.language)):
        return write_run(results, pictures, config, folder, runs, started)


def write_run(results: Results, pictures: Pictures, config: Config, folder: Path, runs: Records, started: float) -> Documents:
    """Write the documents of one workload in the language that is spoken; ``started`` is when the rendering began."""
    content = view(results, config)
    resources = WithOwn(make_resources(results, pictures, content), config.templates_folder)
    material = Material(results=results, content=content, resources=resources, config=config, results_json=stable_json(results), runs=runs)
    return write_all(material, folder, started)


def write_suite_documents(suite: SuiteResults, pictures: Sequence[Pictures], config: Config, folder: Path, runs: Records = ()) -> Documents:
    """Write the documents of a suite; ``pictures`` and ``runs`` are those of ``suite.members``. See :func:`write_documents`."""
    started = time.perf_counter()
    with spoken(languages.find(config.report.language)):
        return write_suite(suite, pictures, config, folder, runs, started)


def write_suite(suite: SuiteResults, pictures: Sequence[Pictures], config: Config, folder: Path, runs: Records, started: float) -> Documents:
    """Write the documents of a suite in the language that is spoken; ``started`` is when the rendering began."""
    content = suite_view(suite, config)
    resources = WithOwn(make_suite_resources(suite, pictures, content), config.templates_folder)
    material = Material(results=suite, content=content, resources=resources, config=config, results_json=stable_json(suite), runs=runs)
    return write_all(material, folder, started)


def write_all(material: Material, folder: Path, started: float) -> Documents:
    """Write results.json and every form of the configuration; ``started`` is when the rendering began, by ``time.perf_counter``."""
    made: list[tuple[Form, Files, float]] = []
    problems: list[str] = []
    for name in material.config.output.wanted:
        form, begin = forms.find(name), time.perf_counter()
        try:
            made.append((form, files_of(form, material), time.perf_counter() - begin))
        except ReportgenError as error:
            problems.append(str(error))
    written: dict[str, Written] = {}
    if made or not problems:
        write_whole(folder / RESULTS, material.results_json)
    for form, files, seconds in made:
        paths = [write_whole(folder / name, content) for name, content in files.items()]
        written[form.name] = Written(title=form.title, path=paths[0], size_bytes=sum(len(content) for content in files.values()), render_s=seconds)
    if problems:
        # Forms that share a cause say it once.
        told = list(dict.fromkeys(problems))
        told += [f"Written all the same: {', '.join(one.title for one in written.values())}, in {folder}."] if written else []
        raise ReportgenError("\n".join(told))
    return Documents(results=folder / RESULTS, results_bytes=len(material.results_json), forms=written, render_s=time.perf_counter() - started)


def files_of(form: Form, material: Material) -> Files:
    """Return the files of a form; raises :class:`ReportgenError` where it needs the records of a run and there are results alone."""
    if form.needs_records and not material.runs:
        raise ReportgenError(f"The form {form.name!r} is made from the records of a run, which are not at hand here: python -m reportgen render RUN")
    return form.make(material)


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` so that a reader finds the old file or the new one, never a part. Raises :class:`ReportgenError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise ReportgenError(f"{path} cannot be written: {error.strerror or error}. Free some space or choose another folder with --out.") from error
    return path
