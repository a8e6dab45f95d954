"""One of the runs that are compared: its letter, its records, and what they came to alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from reportgen.analysis.inputs import RunRecords
from reportgen.analysis.results import Results
from reportgen.language import gettext


@dataclass(frozen=True, kw_only=True)
class Side:
    """A run by its letter."""

    label: str
    name: str
    records: RunRecords
    results: Results

    def titled(self, framework: str) -> str:
        """Return a framework of this run as a sentence has it."""
        return gettext("{framework} in {run}", framework=self.records.titles.frameworks[framework], run=self.label)


def sides(runs: Sequence[tuple[str, RunRecords, Results]]) -> tuple[Side, ...]:
    """Give each run its letter, in order."""
    return tuple(
        Side(label=ascii_uppercase[position], name=name, records=records, results=results) for position, (name, records, results) in enumerate(runs)
    )
