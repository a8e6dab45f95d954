"""Everything a template prints, as ready strings: the one wall between what was measured and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from reportgen.analysis.results import Results
from reportgen.language import gettext, ngettext
from reportgen.report.chapter import Chapter, chapter
from reportgen.report.colours import FRAMEWORK_COLOURS
from reportgen.report.format import enumeration, lowered, one_after_another
from reportgen.report.prose import Prose
from reportgen.report.prose_marks import Names
from reportgen.report.sections.appendix import Appendix, appendix
from reportgen.report.sections.arrangement import Arrangement, arrangement
from reportgen.report.sections.attachments import attachments
from reportgen.report.sections.elements import Figure, Heading, Register, Table
from reportgen.report.sections.front import Front, front
from reportgen.report.sections.mistakes import limits
from reportgen.report.sections.outline import left_out, outline
from reportgen.report.sections.protocol import Protocol, protocol
from reportgen.report.sections.provenance import provenance
from reportgen.report.sections.references import references
from reportgen.report.sections.software import Software, software
from reportgen.report.sections.summary import SuiteSummary
from reportgen.report.stable import stable_json
from reportgen.report.writing import known_names, written

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
    ``order`` names the main sections, with the files of those that the author adds; ``own`` is the text of
    these and of those below a main section, by the key of their heading, ``own_keys`` that key by file, ``own_results`` those below the results.
    ``chapters`` has one member for each workload; ``summary`` is None where there is one workload only, and no chapters are printed as such.
    """

    language: str
    paper: str
    generator_version: str
    description: str
    order: tuple[str, ...]
    own: Mapping[str, Prose]
    own_keys: Mapping[str, str]
    own_results: tuple[str, ...]
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
    declaration: Prose
    references: tuple[str, ...]
    own_references: tuple[tuple[int, str], ...]
    appendix: Appendix
    provenance: Table
    attachments: tuple[tuple[str, str], ...]
    names: Names


def view(results: Results, config: Config) -> View:
    """Return what the report on one workload prints; tables and figures are numbered in the order in which this function makes them."""
    register = Register()
    cited = references([results])
    arranged = arrangement(config)
    headings = outline(results, arranged)
    used = software(results, register.begin("software", shared=True), cited)
    only = chapter(results, register, cited, headings)
    appended = appendix([results], register, [register])
    sources = provenance(headings, arranged, config, stable_json(results), register.begin("provenance", shared=True))
    register.arrange(headings)
    known = known_names([results], register, [register], headings, cited, config)
    return View(
        names=known,
        language=config.report.language.replace("_", "-"),
        paper=config.report.paper,
        generator_version=results.reportgen_version,
        description=gettext(
            "Lab report: {framework_names} compared on {title}, {workload_title}",
            framework_names=framework_names(results),
            title=results.dataset.title,
            workload_title=results.workload_title,
        ),
        headings=headings,
        front=front(results, config, left_out(headings, outline(results))),
        **own_sections(arranged),
        introduction_stub=introduction_stub(results, framework_names(results)),
        summary=None,
        software=used,
        protocol=protocol([results], config.author.repository),
        chapters=(only,),
        limits=limits([results]),
        references=cited.citations,
        appendix=appended,
        provenance=sources,
        attachments=attachments(results.schema_version, register.figures, register.tables),
        tables=tuple(register.tables),
        figures=tuple(register.figures),
        frameworks=keys(results),
        **written(config, arranged, headings, known),
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


class OwnSections(TypedDict):
    """Where the sections are that the author adds, by field of :class:`View`; what they say is in :mod:`reportgen.report.writing`."""

    order: tuple[str, ...]
    own_keys: dict[str, str]
    own_results: tuple[str, ...]


def own_sections(arranged: Arrangement) -> OwnSections:
    """Return the places of the sections that the author adds."""
    return {
        "order": arranged.order,
        "own_keys": {name: own.key for name, own in arranged.own.items()},
        "own_results": tuple(own.key for name, own in arranged.own.items() if name in arranged.groups.get("results", ())),
    }


def introduction_stub(results: Results, names: str) -> tuple[str, ...]:
    """Return the generated introduction: question, data set, frameworks with versions, design."""
    versions = enumeration(f"{framework.title} {framework.version}" for framework in results.frameworks)
    return (
        question(results, versions=versions, workload_title=lowered(results.workload_title), title=results.dataset.title, names=names),
        one_after_another(
            results.workload_description,
            ngettext(
                "Each framework was trained {count} time, in a process of its own, and every figure below is printed with the number of trials "
                "behind it.",
                "Each framework was trained {count} times, each time in a process of its own, and every figure below is printed with the number of "
                "trials behind it.",
                results.complete_blocks,
                count=results.complete_blocks,
            ),
        ),
    )


def question(results: Results, **named: str) -> str:
    """Return what is compared, and what is asked beside time and memory."""
    if results.dataset.task == "regression":
        return gettext(
            "This report compares {versions} on one task: {workload_title}, trained on {title}. It asks what {names} need in time and memory for the "
            "same training, and whether both come to the same losses.",
            **named,
        )
    return gettext(
        "This report compares {versions} on one task: {workload_title}, trained on {title}. It asks what {names} need in time and memory for the "
        "same training, how many test images their models get right, and whether their exported models still compute the same when another "
        "program runs them.",
        **named,
    )
