"""What results hold of an experiment, in one shape for all experiments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.analysis.summary import Summary
from reportgen.records import Record, Sentence, Source


class ExperimentMeasure(Record):
    """One quantity of one subject under given conditions; the unit is that of the summary, n its samples within one process."""

    framework: str
    variant: str
    subject: str
    quantity: str
    parameters: Mapping[str, float]
    summary: Summary


class ExperimentRemark(Record):
    """A sentence of the measuring process about one subject: why it is missing, or what else a reader must know."""

    framework: str
    variant: str
    subject: str
    kind: Literal["not available", "remark"]
    text: Sentence


class ExperimentOutcome(Record):
    """What came of one experiment. ``missing`` says, for each process that left no result, why; ``versions`` are the frameworks', by name."""

    name: str
    title: str
    heading: str
    description: str
    measures: tuple[ExperimentMeasure, ...]
    remarks: tuple[ExperimentRemark, ...]
    missing: tuple[str, ...]
    versions: Mapping[str, str]
    sources: tuple[Source, ...]

    def chosen(self, quantity: str, framework: str | None = None, subject: str | None = None) -> tuple[ExperimentMeasure, ...]:
        """Return the measures of one quantity, in order of measurement; of one framework and subject where they are given."""
        return tuple(
            one for one in self.measures if one.quantity == quantity and framework in (None, one.framework) and subject in (None, one.subject)
        )
