"""The verdict on a night as files: verdict.json and JUnit XML for programs, Markdown for the page of a job or an e-mail. All three from one value."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from reportgen.analysis.history.sentences import change_text
from reportgen.analysis.history.shown import NightVerdict, Outcome, WorkloadVerdict
from reportgen.analysis.history.summing import in_language
from reportgen.analysis.history.titles import cell_title, machine
from reportgen.language import Language, gettext, spoken
from reportgen.records.sentence import Sentence, json_in_words
from reportgen.report.format import plural
from reportgen.storage import write_atomically

VERDICT, JUNIT, SUMMARY = "verdict.json", "junit.xml", "summary.md"
#: What programs read is in one language, whatever the documents are in.
PROGRAMS = Language()
#: Control characters, halves of characters, and what Unicode leaves open or keeps for itself.
NOT_IN_XML = frozenset({"Cc", "Cs", "Cn"})
#: What is worth a line of its own in the summary, the gravest first; the rest is counted.
TOLD: tuple[Outcome, ...] = ("regression", "missing", "machine changed", "inconclusive", "not confirmed", "improvement")
# What JUnit calls an outcome: a failed test, a test that could not be run, or one that was left out.
JUNIT_ELEMENTS: dict[Outcome, str] = {
    "regression": "failure",
    "missing": "error",
    "machine changed": "skipped",
    "inconclusive": "skipped",
    "no baseline": "skipped",
}


def write_verdict(folder: Path, verdict: NightVerdict, documents: Sequence[str] = (), language: Language = PROGRAMS) -> None:
    """Write the three files into ``folder``, each whole or not at all; ``documents`` are files beside them that the summary names.

    The summary, which people read, is in ``language``; what programs read is in English.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / VERDICT, (json_in_words(verdict) + "\n").encode())
    write_atomically(folder / JUNIT, junit(verdict))
    with spoken(language):
        write_atomically(folder / SUMMARY, summary(in_language(verdict), documents).encode())


def junit(verdict: NightVerdict) -> bytes:
    """Return the verdict as JUnit XML: a suite for each workload, a test for each metric, and one for the measurement itself."""
    root = ElementTree.Element("testsuites", name=printable(f"nightly {verdict.name}"))
    for one in verdict.workloads:
        suite = ElementTree.SubElement(root, "testsuite", name=printable(f"{one.workload} on {one.dataset}"), timestamp=one.created_at[:19])
        measurement(suite, one.workload, one.problems)
        for cell in one.cells:
            case = ElementTree.SubElement(suite, "testcase", classname=printable(f"{one.workload}.{cell.metric}"), name=printable(cell.title))
            tag = JUNIT_ELEMENTS.get(cell.outcome)
            if tag is not None:
                ElementTree.SubElement(case, tag, message=printable(cell.outcome)).text = printable(cell.sentence)
            ElementTree.SubElement(case, "system-out").text = printable(cell.sentence)
        counted(suite)
    if verdict.problems or not verdict.workloads:
        suite = ElementTree.SubElement(root, "testsuite", name="night", timestamp=verdict.created_at[:19])
        measurement(suite, "night", verdict.problems or ("nothing was measured",))
        counted(suite)
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def measurement(suite: ElementTree.Element, owner: str, problems: Sequence[str | Sentence]) -> None:
    """Add the test that everything planned was measured."""
    case = ElementTree.SubElement(suite, "testcase", classname=printable(f"{owner}.measurement"), name="everything planned was measured")
    if problems:
        ElementTree.SubElement(case, "error", message=printable(str(problems[0]))).text = printable("\n".join(map(str, problems)))


def counted(suite: ElementTree.Element) -> None:
    """Write into a suite how many of its tests did what."""
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def printable(text: str) -> str:
    """Return a text without the control characters that XML does not allow, such as those of a program's coloured messages."""
    return "".join(character for character in text if character in "\t\n" or unicodedata.category(character) not in NOT_IN_XML)


def summary(verdict: NightVerdict, documents: Sequence[str] = ()) -> str:
    """Return the verdict as a short page of Markdown, in the language that is spoken; what it says must be made in it."""
    parts = [f"## {gettext('Nightly comparison: {state}', state=gettext(verdict.state))}", escaped(verdict.line)]
    parts += [f"- {escaped(problem)}" for problem in verdict.problems]
    for one in verdict.workloads:
        parts += workload_summary(one)
    if verdict.left_out:
        parts += [gettext("Left out of the history:"), "\n".join(f"- {escaped(text)}" for text in verdict.left_out)]
    if documents:
        parts.append(gettext("Beside this page: {documents}", documents=", ".join(f"[{name}]({name})" for name in documents)))
    return "\n\n".join(parts) + "\n"


def workload_summary(one: WorkloadVerdict) -> list[str]:
    """Return the paragraphs on a workload."""
    title = gettext("{workload} on {dataset}: {state}", workload=escaped(one.workload), dataset=escaped(one.dataset), state=gettext(one.state))
    parts = [
        f"### {title}",
        gettext(
            "Run {run}, {hardware}, {nights} before.",
            run=f"`{one.run}`",
            hardware=escaped(machine(one.hardware)),
            nights=plural(one.earlier_nights, "comparable night"),
        ),
    ]
    if one.problems:
        parts.append("\n".join(f"- {escaped(text)}" for text in one.problems))
    told = sorted((cell for cell in one.cells if cell.outcome in TOLD), key=lambda cell: TOLD.index(cell.outcome))
    if told:
        heads = (gettext("Metric"), gettext("Verdict"), gettext("Change"), gettext("What was seen"))
        cells = [(cell_title(cell.title), gettext(cell.outcome), change_text(cell), cell.sentence) for cell in told]
        rows = [f"| {' | '.join(map(escaped, row))} |" for row in cells]
        parts.append("\n".join([f"| {' | '.join(heads)} |", "| --- | --- | --- | --- |", *rows]))
    counts = {outcome: sum(cell.outcome == outcome for cell in one.cells) for outcome in ("fine", "no baseline")}
    said = [gettext("No change is shown in {counts}.", counts=plural(counts["fine"], "metric"))] if counts["fine"] else []
    if counts["no baseline"]:
        said.append(gettext("For {counts} the nights are still too few to say anything.", counts=plural(counts["no baseline"], "metric")))
    parts += [" ".join(said)] if said else []
    parts += [escaped(one.begins)] if one.begins else []
    if one.software_changes:
        changes = escaped(one.software_changes)
        parts.append(gettext("Since the night before, the software has changed: {software_changes}.", software_changes=changes))
    return parts


def escaped(text: str | Sentence) -> str:
    """Return a text that Markdown prints as it is, on one line: a message of another program may hold anything."""
    kept = " ".join(str(text).split())
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#" else character for character in kept)
