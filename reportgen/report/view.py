"""Everything a template prints, as ready strings: the one wall between what was measured and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.analysis.results import Results
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.format import enumeration, plural
from reportgen.report.prose import Prose, read_prose
from reportgen.report.sections.appendix import Appendix, appendix
from reportgen.report.sections.classes import Classes, classes
from reportgen.report.sections.elements import Figure, Heading, Register, Table
from reportgen.report.sections.experiments import ExperimentSection, experiment_headings, experiment_sections
from reportgen.report.sections.exports import Exports, exports
from reportgen.report.sections.front import Front, front
from reportgen.report.sections.methodology import Methodology, methodology
from reportgen.report.sections.mistakes import Mistakes, mistakes
from reportgen.report.sections.outline import MAIN, SUBSECTION, outline
from reportgen.report.sections.parity import Parity, parity
from reportgen.report.sections.protocol import Protocol, protocol
from reportgen.report.sections.references import references
from reportgen.report.sections.training import Training, training

if TYPE_CHECKING:
    from reportgen.config import Config


@dataclass(frozen=True, kw_only=True)
class Key:
    """A framework's name with its colour, for legends."""

    title: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class View:
    """The whole report. ``headings``, ``tables`` and ``figures`` are in order of the document."""

    language: str
    paper: str
    generator_version: str
    description: str
    headings: Mapping[str, Heading]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    frameworks: tuple[Key, ...]
    front: Front
    introduction: Prose
    introduction_stub: tuple[str, ...]
    methodology: Methodology
    protocol: Protocol
    parity: Parity
    training: Training
    classes: Classes
    exports: Exports
    experiments: tuple[ExperimentSection, ...]
    challenges: Prose
    mistakes: Mistakes
    discussion: Prose
    conclusion: Prose
    references: tuple[str, ...]
    appendix: Appendix


def view(results: Results, config: Config) -> View:
    """Return what the report of ``results`` prints; tables and figures are numbered in the order in which this function makes them."""
    register = Register()
    cited = references(results)
    names = enumeration(framework.title for framework in results.frameworks)
    first_page = front(results, config)
    parts = {
        "methodology": methodology(results, register, cited),
        "protocol": protocol(results),
        "parity": parity(results, register),
        "training": training(results, register),
        "classes": classes(results, register),
        "exports": exports(results, register),
        "experiments": experiment_sections(results, register),
        "mistakes": mistakes(results, register),
        "appendix": appendix(results, register),
    }
    return View(
        language=config.report.language,
        paper=config.report.paper,
        generator_version=results.reportgen_version,
        description=f"Lab report: {names} compared on {results.dataset.title}, {results.workload_title}",
        headings=outline(experiment_headings(results)),
        tables=tuple(register.tables),
        figures=tuple(register.figures),
        frameworks=tuple(
            Key(title=framework.title, colour=FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)])
            for position, framework in enumerate(results.frameworks)
        ),
        front=first_page,
        introduction=read_prose(config.prose.introduction, config.folder, MAIN),
        introduction_stub=introduction_stub(results, names),
        challenges=read_prose(config.prose.challenges, config.folder, SUBSECTION),
        discussion=read_prose(config.prose.discussion, config.folder, MAIN),
        conclusion=read_prose(config.prose.conclusion, config.folder, MAIN),
        references=cited.citations,
        **parts,  # type: ignore[arg-type]
    )


def introduction_stub(results: Results, names: str) -> tuple[str, ...]:
    """Return the generated introduction: question, data set, frameworks with versions, design."""
    versions = enumeration(f"{framework.title} {framework.version}" for framework in results.frameworks)
    return (
        f"This report compares {versions} on one task: {results.workload_title.lower()}, trained on {results.dataset.title}. "
        f"It asks what {names} need in time and memory for the same training, how many test images their models get right, and whether "
        "their exported models "
        "still compute the same when another program runs them.",
        f"{results.workload_description} Each framework was trained {plural(results.complete_blocks, 'time')}, each time in a fresh "
        "process, and every figure below is "
        "printed with the number of trials behind it.",
    )
