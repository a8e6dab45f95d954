"""Everything a template prints, as ready strings: the one wall between what was measured and how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from reportgen.analysis.results import Results
from reportgen.report.chapter import Chapter, chapter
from reportgen.report.citations import Citations, read_references
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.format import enumeration, plural
from reportgen.report.prose import Prose, read_prose
from reportgen.report.prose_marks import Names, labels
from reportgen.report.sections.appendix import Appendix, appendix
from reportgen.report.sections.elements import Figure, Heading, Register, Table
from reportgen.report.sections.front import Front, front
from reportgen.report.sections.mistakes import limits
from reportgen.report.sections.outline import MAIN, SUBSECTION, outline
from reportgen.report.sections.protocol import Protocol, protocol
from reportgen.report.sections.references import References, references
from reportgen.report.sections.software import Software, software
from reportgen.report.sections.summary import SuiteSummary
from reportgen.report.values import named_values

if TYPE_CHECKING:
    from reportgen.config import Config


@dataclass(frozen=True, kw_only=True)
class Key:
    """A framework's name with its colour, for legends."""

    title: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class View:
    """The whole report. ``headings``, ``tables`` and ``figures`` are in order of the document.

    ``own_references`` are the author's that the text cites, with their numbers; ``names`` is all that the text may name.
    ``chapters`` has one member for each workload; ``summary`` is None where there is one workload only, and no chapters are printed as such.
    """

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
    summary: SuiteSummary | None
    software: Software
    protocol: Protocol
    chapters: tuple[Chapter, ...]
    challenges: Prose
    limits: tuple[str, ...]
    discussion: Prose
    conclusion: Prose
    references: tuple[str, ...]
    own_references: tuple[tuple[int, str], ...]
    appendix: Appendix
    names: Names


def view(results: Results, config: Config) -> View:
    """Return what the report on one workload prints; tables and figures are numbered in the order in which this function makes them."""
    register = Register()
    cited = references([results])
    headings = outline(results)
    used = software(results, register, cited)
    only = chapter(results, register, cited, headings)
    appended = appendix([results], register, [register], results.schema_version)
    known = known_names([results], register, [register], headings, cited, config)
    return View(
        names=known,
        language=config.report.language,
        paper=config.report.paper,
        generator_version=results.reportgen_version,
        description=f"Lab report: {framework_names(results)} compared on {results.dataset.title}, {results.workload_title}",
        headings=headings,
        front=front(results, config),
        introduction_stub=introduction_stub(results, framework_names(results)),
        summary=None,
        software=used,
        protocol=protocol([results]),
        chapters=(only,),
        limits=limits([results]),
        references=cited.citations,
        appendix=appended,
        tables=tuple(register.tables),
        figures=tuple(register.figures),
        frameworks=keys(results),
        **written(config, known),
    )


def framework_names(results: Results) -> str:
    """Return the frameworks as a sentence has them."""
    return enumeration(framework.title for framework in results.frameworks)


def keys(results: Results) -> tuple[Key, ...]:
    """Return the frameworks with their colours."""
    return tuple(
        Key(title=framework.title, colour=FRAMEWORK_COLOURS[position % len(FRAMEWORK_COLOURS)])
        for position, framework in enumerate(results.frameworks)
    )


class Written(TypedDict):
    """What the author wrote, by field of :class:`View`."""

    introduction: Prose
    challenges: Prose
    discussion: Prose
    conclusion: Prose
    own_references: tuple[tuple[int, str], ...]


def known_names(
    members: Sequence[Results], register: Register, chapters: Sequence[Register], headings: Mapping[str, Heading], cited: References, config: Config
) -> Names:
    """Return what the author's text may name, once all tables and figures are numbered."""
    return Names(
        values=named_values(members, chapters),
        labels=labels(register.figures, register.tables, headings.values()),
        citations=Citations(read_references(config.prose_file("references")), cited.by_key()),
    )


def written(config: Config, known: Names) -> Written:
    """Return the author's four sections, in the order in which their footnotes and citations are numbered, and the references that they cite."""
    sections, folder = config.prose, config.folder
    introduction = read_prose(sections.introduction, folder, MAIN, known)
    challenges = read_prose(sections.challenges, folder, SUBSECTION, known)
    discussion = read_prose(sections.discussion, folder, MAIN, known)
    conclusion = read_prose(sections.conclusion, folder, MAIN, known)
    return Written(
        introduction=introduction, challenges=challenges, discussion=discussion, conclusion=conclusion, own_references=known.citations.texts
    )


def introduction_stub(results: Results, names: str) -> tuple[str, ...]:
    """Return the generated introduction: question, data set, frameworks with versions, design."""
    versions = enumeration(f"{framework.title} {framework.version}" for framework in results.frameworks)
    return (
        f"This report compares {versions} on one task: {results.workload_title.lower()}, trained on {results.dataset.title}. "
        f"It asks what {names} need in time and memory for the same training, {question(results)}.",
        f"{results.workload_description} Each framework was trained {plural(results.complete_blocks, 'time')}, each time in a "
        "process of its own, and every figure below is "
        "printed with the number of trials behind it.",
    )


def question(results: Results) -> str:
    """Return what is asked beside time and memory."""
    if results.dataset.task == "regression":
        return "and whether both come to the same losses"
    return "how many test images their models get right, and whether their exported models still compute the same when another program runs them"
