"""What an experiment is: a description that costs nothing, code for a child process of each framework, an analysis, and a section of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from reportgen.records import ExperimentNote, ExperimentSpec, Series, Source

if TYPE_CHECKING:
    from reportgen.analysis.experiments import ExperimentMeasure, ExperimentOutcome
    from reportgen.analysis.inputs import ExperimentTrial
    from reportgen.analysis.results import Results
    from reportgen.report.drawing import Drawing
    from reportgen.report.named import Named
    from reportgen.report.sections.elements import Figure, Register, Table
    from reportgen.runner.phases import PhaseClock


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What the code of an experiment saw in one process: raw samples, what could not be measured and why, and the code that ran."""

    versions: Mapping[str, str]
    series: tuple[Series, ...]
    notes: tuple[ExperimentNote, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExperimentText:
    """An experiment's part of section Results, ready to be printed: paragraphs, then figures, then tables, then notes in small type."""

    paragraphs: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Figure | Table, ...]:
        """Everything that is numbered, in the order in which it is printed."""
        return (*self.figures, *self.tables)


class MeasuringCode(Protocol):
    """The module ``tensorflow`` or ``pytorch`` of an experiment; importing it imports the framework."""

    def measure(
        self, spec: ExperimentSpec, files: Path, clock: PhaseClock
    ) -> Measurement:
        """Measure; ``files`` is a folder, not yet made, for whatever else the process leaves behind. Phases are entered into ``clock``."""


class AnalysingCode(Protocol):
    """The module ``analysis`` of an experiment: pure."""

    def analyse(
        self, trials: Sequence[ExperimentTrial]
    ) -> tuple[ExperimentMeasure, ...]:
        """Return what the samples of all its processes come to."""


class ReportingCode(Protocol):
    """The module ``section`` of an experiment: it reads results, and no record."""

    def section(
        self, outcome: ExperimentOutcome, results: Results, register: Register
    ) -> ExperimentText:
        """Return what the report prints; tables and figures are made by ``register``, which numbers them."""

    def pictures(
        self, outcome: ExperimentOutcome, results: Results
    ) -> Mapping[str, Drawing]:
        """Return every figure, drawn, by the name of its resource."""


class NamingCode(Protocol):
    """The module ``names`` of an experiment, which may be missing: then the author's text can name none of its numbers."""

    def values(self, outcome: ExperimentOutcome, results: Results) -> Named:
        """Yield names, below the experiment's own, with what they print: the same digits as the section's tables."""


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """One experiment. ``package`` holds the modules ``analysis`` and ``section``, and for each framework of ``processes`` a module of its name.

    With a module ``names`` its numbers can be named in the author's text.

    ``processes`` are (framework, variant): each is carried out in a process of its own, after the blocks. ``workloads`` names those whose study has
    the experiment where nobody says otherwise. ``heading`` is its title in the report.
    """

    name: str
    title: str
    heading: str
    description: str
    workloads: tuple[str, ...]
    processes: tuple[tuple[str, str], ...]
    package: str

    def code(self, framework: str) -> MeasuringCode:
        """Import the framework and return the code that measures; only a child process calls this."""
        return cast(MeasuringCode, import_module(f"{self.package}.{framework}"))

    def analysing(self) -> AnalysingCode:
        """Return the analysis of its results."""
        return cast(AnalysingCode, import_module(f"{self.package}.analysis"))

    def reporting(self) -> ReportingCode:
        """Return what writes its part of the report."""
        return cast(ReportingCode, import_module(f"{self.package}.section"))

    def naming(self) -> NamingCode | None:
        """Return what names its numbers for the author's text, where it does."""
        module = f"{self.package}.names"
        return (
            cast(NamingCode, import_module(module))
            if find_spec(module) is not None
            else None
        )
