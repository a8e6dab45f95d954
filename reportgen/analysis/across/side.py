"""One of the runs that are compared: its letter, its records, and what they came to alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from reportgen.analysis.inputs import RunRecords
from reportgen.analysis.results import Results

# Which of a framework's sources is the network; the others say how it is driven, and belong to the software.
MODEL = "Model"


@dataclass(frozen=True, kw_only=True)
class Side:
    """A run by its letter."""

    label: str
    name: str
    records: RunRecords
    results: Results

    @property
    def models(self) -> dict[str, str]:
        """The digest of each framework's model code, as it ran."""
        return {one.name: source.sha256 for one in self.results.frameworks for source in one.sources if source.title == MODEL}

    @property
    def driving(self) -> dict[str, str]:
        """The digests of the code beside the network's own that ran, by what it is called."""
        return {f"{one.title}: {source.title}": source.sha256 for one in self.results.frameworks for source in one.sources if source.title != MODEL}

    def titled(self, framework: str) -> str:
        """Return a framework of this run as a sentence has it."""
        return f"{self.records.titles.frameworks[framework]} in {self.label}"


def sides(runs: Sequence[tuple[str, RunRecords, Results]]) -> tuple[Side, ...]:
    """Give each run its letter, in order."""
    return tuple(
        Side(label=ascii_uppercase[position], name=name, records=records, results=results) for position, (name, records, results) in enumerate(runs)
    )
