"""What the templates print of a suite: what all workloads share once, a summary, and a chapter for each workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.analysis.suite import SuiteResults
from reportgen.language import gettext
from reportgen.report.chapter import Chapter, chapter, prefixes
from reportgen.report.format import enumeration, lowered
from reportgen.report.sections.appendix import appendix
from reportgen.report.sections.arrangement import arrangement
from reportgen.report.sections.attachments import attachments
from reportgen.report.sections.elements import Heading, Register
from reportgen.report.sections.front import versions
from reportgen.report.sections.mistakes import limits
from reportgen.report.sections.outline import left_out, suite_outline
from reportgen.report.sections.protocol import protocol
from reportgen.report.sections.provenance import provenance
from reportgen.report.sections.references import References, references
from reportgen.report.sections.software import software
from reportgen.report.sections.suite_front import suite_front
from reportgen.report.sections.summary import suite_summary
from reportgen.report.stable import stable_json
from reportgen.report.view import View, framework_names, keys, own_sections
from reportgen.report.writing import known_names, written

if TYPE_CHECKING:
    from reportgen.config import Config


def suite_view(suite: SuiteResults, config: Config) -> View:
    """Return what the report of a suite prints; tables and figures are numbered in the order in which this function makes them."""
    members = suite.members
    first = members[0]
    register = Register()
    prefixed = prefixes([results.workload for results in members])
    registers = [register.within(prefix, results.workload) for prefix, results in zip(prefixed, members, strict=True)]
    cited = references(members)
    arranged = arrangement(config)
    titled = [(prefix, results.workload_title, results) for prefix, results in zip(prefixed, members, strict=True)]
    headings, chapter_headings = suite_outline(titled, arranged)
    summary = suite_summary(suite, register.begin("summary", shared=True))
    used = software(first, register.begin("software", shared=True), cited)
    chapters = make_chapters(suite, registers, cited, chapter_headings)
    appended = appendix(members, register, registers)
    sources = provenance(headings, arranged, config, stable_json(suite), register.begin("provenance", shared=True))
    register.arrange(headings)
    titles = enumeration(results.workload for results in members)
    known = known_names(members, register, registers, headings, cited, config)
    return View(
        names=known,
        language=config.report.language.replace("_", "-"),
        paper=config.report.paper,
        generator_version=suite.reportgen_version,
        description=gettext("Lab report: {framework_names} compared on {titles}", framework_names=framework_names(first), titles=titles),
        headings=headings,
        front=suite_front(suite, config, left_out(headings, suite_outline(titled)[0])),
        **own_sections(arranged),
        introduction_stub=introduction_stub(suite),
        summary=summary,
        software=used,
        protocol=protocol(members, config.author.repository),
        chapters=chapters,
        limits=limits(members),
        references=cited.citations,
        appendix=appended,
        provenance=sources,
        attachments=attachments(suite.schema_version, register.figures, register.tables),
        tables=tuple(register.tables),
        figures=tuple(register.figures),
        frameworks=keys(first),
        **written(config, arranged, headings, known),
    )


def make_chapters(suite: SuiteResults, registers: list[Register], cited: References, headings: tuple[dict[str, Heading], ...]) -> tuple[Chapter, ...]:
    """Make the chapters in order; a data set is described in the first chapter that has it, and the others refer to that."""
    described: dict[str, Heading] = {}
    chapters: list[Chapter] = []
    for results, register, own in zip(suite.members, registers, headings, strict=True):
        digest = results.dataset.digest
        chapters.append(chapter(results, register, cited.of(results), own, described.get(digest)))
        if "dataset" in own:
            described.setdefault(digest, own["dataset"])
    return tuple(chapters)


def introduction_stub(suite: SuiteResults) -> tuple[str, ...]:
    """Return the generated introduction: question, workloads, frameworks with versions, design."""
    members = suite.members
    tasks = enumeration(
        gettext(
            "{workload} ({workload_title}, on {title})",
            workload=results.workload,
            workload_title=lowered(results.workload_title),
            title=results.dataset.title,
        )
        for results in members
    )
    return (
        gettext(
            "This report compares {versions} on {members} workloads: {tasks}. For each it asks what the "
            "frameworks need in time and memory for the same training, how good their models are on test data, "
            "and whether their exported models still compute the same when another program runs them.",
            versions=versions(members[0]),
            members=len(members),
            tasks=tasks,
        ),
        gettext(
            "The workloads were measured one after the other on the same machine, each trial in a process of "
            "its own, and every figure below is printed with the number of trials behind it."
        ),
    )
