"""The documents of the example run, made once: a real study of six blocks on the digits, as it lies in docs/example-run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.config import Config, load_config
from reportgen.evidence import gather, pictures
from reportgen.forms import Material
from reportgen.report.documents import Documents, stable_json, write_documents
from reportgen.report.drawings import make_resources
from reportgen.report.view import view
from reportgen.runs import Run

EXAMPLE_RUN = Path(__file__).parents[2] / "docs" / "example-run"
TITLE_DATA = """
[report]
title = "Two frameworks, one network"
[author]
name = "Ada Beispiel"
student_id = "0042"
course = "Neural Networks"
instructor = "Prof. Muster"
institution = "Example University"
date_submitted = "2026-11-30"
"""
DISCUSSION = """The **spread** matters.

<script>alert(1)</script> {{ 7 * 7 }}

TensorFlow reached {{ value("accuracy.tensorflow.mean") }} %, see @fig-curves and [@lovelace].[^why]
The mean is $\\bar{x} = \\frac{1}{n} \\sum_i x_i$.

[^why]: This note stands at the foot of its page.
"""


@dataclass(frozen=True, kw_only=True)
class Example:
    """The example run's results, pictures and documents, with the configuration that they were made with."""

    results: Results
    pictures: Pictures
    config: Config
    documents: Documents
    warnings: tuple[str, ...]


@pytest.fixture(scope="session")
def example_run_folder() -> Path:
    return EXAMPLE_RUN


@pytest.fixture(scope="session")
def example_results() -> Results:
    return analyse(gather(Run(EXAMPLE_RUN)))


@pytest.fixture(scope="session")
def example_pictures(example_results: Results) -> Pictures:
    return pictures(Run(EXAMPLE_RUN), example_results)


@pytest.fixture(scope="session")
def example(example_results: Results, example_pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Write the documents once for all tests that only look at them."""
    import logging

    folder = tmp_path_factory.mktemp("example")
    (folder / "report.toml").write_text(TITLE_DATA)
    (folder / "discussion.md").write_text(DISCUSSION)
    (folder / "references.json").write_text(
        '[{"id": "lovelace", "title": "Notes", "type": "book", "author": [{"family": "Lovelace", "given": "Ada"}]}]'
    )
    config = load_config(folder / "report.toml")
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        documents = write_documents(example_results, example_pictures, config, folder / "out")
    finally:
        logger.removeHandler(handler)
    return Example(results=example_results, pictures=example_pictures, config=config, documents=documents, warnings=tuple(said))


@pytest.fixture(scope="session")
def material(example: Example) -> Material:
    """What forms are made from, with the PDF that was rendered already."""
    content = view(example.results, example.config)
    made = Material(
        results=example.results,
        content=content,
        resources=make_resources(example.results, example.pictures, content),
        config=example.config,
        results_json=stable_json(example.results),
        runs=(Run(EXAMPLE_RUN),),
    )
    vars(made)["pdf"] = example.documents.pdf.read_bytes()
    return made
