"""What a comparison of runs comes to; ``comparison.json`` is this tree, dumped. Units as in :mod:`reportgen.analysis.results`."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.claims import Finding
from reportgen.analysis.interval import Interval as Interval
from reportgen.analysis.results import Summary
from reportgen.records import Record

SCHEMA_VERSION = 1


class ComparedRun(Record):
    """One of the runs. ``label`` is the letter that it goes by; ``software`` is its software key in full."""

    label: str
    run: str
    created_at: str
    finished_at: str
    host_name: str
    planned_blocks: int
    complete_blocks: int
    software: Mapping[str, str]


class Difference(Record):
    """Something that is not alike in all runs, as text for each of them, in order; ``None`` where a run has no such thing."""

    name: str
    values: tuple[str | None, ...]


class ComparedMetric(Record):
    """A metric in every run, in order; ``None`` where a run does not have it.

    ``findings`` compare each run after the first with the first, which is the denominator of their ratios. They are ``None`` where one of the two has
    no such metric, and for what does not scatter (``unit`` is ``bytes of a file``), where the values say it all.
    """

    code: str
    metric: str
    title: str
    unit: str
    summaries: tuple[Summary | None, ...]
    findings: tuple[Finding | None, ...]


class Comparison(Record):
    """Runs of one workload on one kind of machine, compared. The first is the reference.

    ``alike`` names what was looked at and does not differ. Findings are adjusted over all claims that are made here.
    """

    schema_version: int = SCHEMA_VERSION
    reportgen_version: str
    workload: str
    workload_title: str
    dataset: str
    hardware: str
    hardware_key: str
    workload_hash: str
    runs: tuple[ComparedRun, ...]
    configuration: tuple[Difference, ...]
    software: tuple[Difference, ...]
    packages: tuple[Difference, ...]
    settings: tuple[Difference, ...]
    alike: tuple[str, ...]
    metrics: tuple[ComparedMetric, ...]
    notices: tuple[str, ...]

    @property
    def finished_at(self) -> str:
        """When the last of the runs ended, ISO 8601."""
        return max(run.finished_at for run in self.runs)

    def findings_of(self, position: int) -> tuple[Finding, ...]:
        """Return what is found of a run, by its position, compared with the first."""
        return tuple(finding for metric in self.metrics if (finding := metric.findings[position - 1]) is not None)
