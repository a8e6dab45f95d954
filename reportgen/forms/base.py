"""What a form is, and what all forms are made from: one view of one run, so that none can say what another does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from reportgen.analysis.inputs import RunRecords
    from reportgen.analysis.results import Results
    from reportgen.analysis.suite import SuiteResults
    from reportgen.config import Config
    from reportgen.report.resources import Resource
    from reportgen.report.view import View
    from reportgen.runs import Run

#: The records of each workload, which whoever writes documents hands on unread: only a form that hands in what ran opens them.
Records: TypeAlias = "tuple[Run, ...]"
#: Content by path below the folder of the documents, with ``/`` between folders. The first is what a person opens.
Files = Mapping[str, bytes]


def nothing_missing() -> str:
    """Return that this form needs nothing that a machine might lack."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of the report: the module attribute ``FORM`` of a file or folder in this room, or of a plugin.

    ``make`` returns the files; it raises :class:`~reportgen.errors.ReportgenError` where it cannot, and imports what it needs only when it is
    called, since every file of the room is imported to list the names. ``missing`` says in a sentence, with the remedy, what this machine lacks
    for it, or nothing; it takes no time. A form with ``needs_records`` can be made only where the records of the run are at hand. ``notice`` is
    said before a form that takes minutes.
    """

    name: str
    title: str
    description: str
    make: Callable[[Material], Files]
    missing: Callable[[], str] = nothing_missing
    needs_records: bool = False
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that a form may be made from. What several forms need is made once, when the first asks for it.

    ``results_json`` is results.json. ``runs`` are the records of ``members``, in order; they are empty where there are results alone.
    """

    results: Results | SuiteResults
    content: View
    resources: Mapping[str, Resource]
    config: Config
    results_json: bytes
    runs: Records = ()

    @property
    def members(self) -> tuple[Results, ...]:
        """The results of each workload."""
        from reportgen.analysis.suite import SuiteResults

        return self.results.members if isinstance(self.results, SuiteResults) else (self.results,)

    @cached_property
    def observed(self) -> tuple[RunRecords, ...]:
        """What the runs observed, read and verified: only a form that hands in what ran asks for it."""
        from reportgen.evidence import gather

        return tuple(gather(run) for run in self.runs)

    def below(self, position: int) -> str:
        """Return the folder, with a slash behind it, that files of the workload at this place go into: none where there is one workload."""
        return f"{self.runs[position].folder.name}/" if len(self.runs) > 1 else ""

    @cached_property
    def screen(self) -> str:
        """The report as markup that stands alone."""
        return self._markup("screen")

    @cached_property
    def paper(self) -> str:
        """The report as markup for paper; its pictures are named by the report's own URLs."""
        return self._markup("print")

    @cached_property
    def pdf(self) -> bytes:
        """The report as PDF. Raises :class:`~reportgen.errors.ReportgenError` where a system library for it is missing."""
        from reportgen.report.pdf import to_pdf

        return to_pdf(self.paper, self.resources, self.results_json, self.results.finished_at)

    def _markup(self, medium: str) -> str:
        from reportgen.report.markup import to_markup

        return to_markup(
            self.content, self.resources, "screen" if medium == "screen" else "print", self.config.templates_folder, self.config.report.theme
        )
