"""What the author wrote, read in the order of the document: that is how footnotes and citations are numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from reportgen.analysis.results import Results
from reportgen.report.citations import Citations, read_references
from reportgen.report.prose import AUTHORS, NOTHING, Prose, read_prose
from reportgen.report.prose_marks import Names, labels
from reportgen.report.prose_problems import Problems
from reportgen.report.sections.arrangement import Arrangement
from reportgen.report.sections.elements import Heading, Register
from reportgen.report.sections.references import References
from reportgen.report.values import named_values

if TYPE_CHECKING:
    from reportgen.config import Config


class Written(TypedDict):
    """What the author wrote, by field of the view; a section that the report leaves out is empty."""

    introduction: Prose
    challenges: Prose
    discussion: Prose
    conclusion: Prose
    declaration: Prose
    own: dict[str, Prose]
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


def written(config: Config, arranged: Arrangement, headings: Mapping[str, Heading], known: Names) -> Written:
    """Return the author's sections and the references that they cite. Raises one :class:`ReportgenError` for all that is wrong in any of them."""
    own = {section.key: section.file for section in arranged.own.values()}
    files = {key: str(getattr(config.prose, key)) for key in AUTHORS} | own
    found: dict[str, Prose] = {}
    problems = Problems()
    for key, heading in headings.items():
        if key in files:
            with problems.noted():
                found[key] = read_prose(files[key], config.folder, heading.level, known, titled=key in own)
    problems.tell()
    return Written(
        introduction=found.get("introduction", NOTHING),
        challenges=found.get("challenges", NOTHING),
        discussion=found.get("discussion", NOTHING),
        conclusion=found.get("conclusion", NOTHING),
        declaration=found.get("declaration", NOTHING),
        own={key: found.get(key, NOTHING) for key in own},
        own_references=known.citations.texts,
    )
