"""The outcome of a suite: a table over all workloads, and the whole results of each; ``results.json`` of a suite is this tree, dumped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.analysis.claims import NoiseFloor, Outcome
from reportgen.analysis.interval import Interval
from reportgen.analysis.results import SCHEMA_VERSION, FrameworkResult, Results, Summary
from reportgen.analysis.sameness import Parity, parity_of
from reportgen.records import Record, Sentence

#: The finding that the table over all workloads shows with its ratio.
RATIO_METRIC = "training_time"


class FrameworkSummary(Record):
    """One framework on one workload: its score on the test set (see :class:`WorkloadSummary`), ``None`` where training diverged; seconds."""

    name: str
    title: str
    version: str
    n: int
    score: Summary | None
    training_time: Summary


class PrimaryOutcome(Record):
    """What may be said of one of the comparisons that were declared beforehand; the whole finding is in the workload's results."""

    metric: str
    title: str
    outcome: Outcome
    sentence: str


class WorkloadSummary(Record):
    """A line of the table over all workloads.

    ``score`` names what :attr:`FrameworkSummary.score` is: ``test accuracy`` (a fraction) or ``test mean squared error``. ``ratio`` is the
    training time of ``numerator`` over that of ``denominator``, paired by block, with the interval that Holm's procedure over all claims of the
    suite leaves it; these are ``None`` where one framework was measured alone. ``parity`` is about the training time.
    """

    workload: str
    title: str
    dataset: str
    planned_blocks: int
    complete_blocks: int
    score: str
    frameworks: tuple[FrameworkSummary, ...]
    numerator: str | None
    denominator: str | None
    ratio: float | None
    interval: Interval | None
    noise_floor: NoiseFloor | None
    primary: tuple[PrimaryOutcome, ...]
    parity: Parity


class MissingWorkload(Record):
    """A workload of the suite that there is nothing to report on, and why."""

    workload: str
    reason: Sentence


class SuiteResults(Record):
    """The whole outcome of a suite.

    ``summary`` and ``workloads`` (results by name) are in the order in which they were asked for, without those in ``missing``. ``created_at`` and
    ``finished_at`` are ISO 8601. p-values and intervals of all findings are adjusted over the claims of all workloads together.
    """

    schema_version: int = SCHEMA_VERSION
    suite: str
    command: str
    created_at: str
    finished_at: str
    reportgen_version: str
    summary: tuple[WorkloadSummary, ...]
    missing: tuple[MissingWorkload, ...]
    workloads: Mapping[str, Results]

    @property
    def members(self) -> tuple[Results, ...]:
        """The results of each workload, in order."""
        return tuple(self.workloads.values())

    @property
    def complete(self) -> bool:
        """Whether every block of every workload is there."""
        return not self.missing and all(results.complete for results in self.members)


def suite_results(suite: str, command: str, created_at: str, members: Sequence[Results], missing: Sequence[MissingWorkload]) -> SuiteResults:
    """Put the results of the workloads together; there is at least one of them."""
    return SuiteResults(
        suite=suite,
        command=command,
        created_at=created_at,
        finished_at=max(results.finished_at for results in members),
        reportgen_version=members[0].reportgen_version,
        summary=tuple(workload_summary(results) for results in members),
        missing=tuple(missing),
        workloads={results.workload: results for results in members},
    )


def workload_summary(results: Results) -> WorkloadSummary:
    """Return the line of one workload."""
    ratio = next((finding for finding in results.findings if finding.primary and finding.metric == RATIO_METRIC and finding.ratio is not None), None)
    classified = all(framework.accuracy is not None for framework in results.frameworks)
    return WorkloadSummary(
        workload=results.workload,
        title=results.workload_title,
        dataset=results.dataset.title,
        planned_blocks=results.planned_blocks,
        complete_blocks=results.complete_blocks,
        score="test accuracy" if classified else "test mean squared error",
        frameworks=tuple(framework_summary(framework, classified=classified) for framework in results.frameworks),
        numerator=ratio.numerator if ratio else None,
        denominator=ratio.denominator if ratio else None,
        ratio=ratio.ratio if ratio else None,
        interval=ratio.interval if ratio else None,
        noise_floor=ratio.noise_floor if ratio else None,
        primary=tuple(
            PrimaryOutcome(metric=finding.metric, title=finding.title, outcome=finding.outcome, sentence=finding.sentence)
            for finding in results.findings
            if finding.primary
        ),
        parity=parity_of(results.parity, RATIO_METRIC),
    )


def framework_summary(framework: FrameworkResult, *, classified: bool) -> FrameworkSummary:
    """Return one framework's part of the line; without an accuracy the score is the loss on the test set."""
    return FrameworkSummary(
        name=framework.name,
        title=framework.title,
        version=framework.version,
        n=framework.n,
        score=framework.accuracy if classified else framework.test_loss,
        training_time=framework.training_time,
    )
