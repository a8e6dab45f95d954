"""What the history of nights hands to everything that shows it: pure values, in the metrics' own units, with no way of computing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.records import SCHEMA_VERSION, Record
from reportgen.records.night import CellKind
from reportgen.records.sentence import NOTHING, Sentence

Outcome = Literal["fine", "regression", "improvement", "not confirmed", "inconclusive", "machine changed", "no baseline", "missing"]
MarkKind = Literal["regression", "flagged", "recovery", "improvement"]
State = Literal["fine", "regression", "failure", "inconclusive"]
#: Why a flagged metric has its outcome: what the repetition and the control workload beside it said, if anything was called for.
Reason = Literal["better", "not measured again", "not seen again", "unclear", "control moved", "seen again", "seen again without control"]


class CellVerdict(Record):
    """What is said of one metric. ``baseline`` and ``value`` are in the metric's unit; ``change`` is a fraction, of an accuracy a difference.

    ``value`` is the mean of the last ``window`` nights where something was flagged, else tonight's. ``adjusted_p`` is Benjamini and Hochberg's
    over all metrics of the night. ``reason`` is that of a flagged metric's outcome, with the ``problem`` for which it was not measured again, and
    ``needed`` how many nights one without a baseline needs. ``sentence`` says all this in words, in the language that was spoken when it was made.
    """

    code: str
    title: str
    metric: str
    framework: str
    unit: str
    outcome: Outcome
    sentence: str = ""
    value: float | None
    baseline: float | None = None
    change: float | None = None
    nights: int = 0
    window: int | None = None
    p_value: float | None = None
    adjusted_p: float | None = None
    again: float | None = None
    reason: Reason | None = None
    problem: Sentence = NOTHING
    needed: int = 0


class TrendPoint(Record):
    """A night's value of a metric with its interval; ``at`` is ISO 8601. ``again`` is what was measured again that night."""

    run: str
    at: str
    centre: float
    low: float | None
    high: float | None
    n: int
    again: float | None = None


class TrendGroup(Record):
    """Older nights taken together: how many, from when to when, their median, and their range."""

    first_at: str
    last_at: str
    count: int
    centre: float
    low: float
    high: float


class Step(Record):
    """A level from night ``first`` to night ``last``, both counted from 0 and included."""

    first: int
    last: int
    level: float


class Mark(Record):
    """Night ``index`` of the points, at which the detector first saw a change of this kind."""

    index: int
    kind: MarkKind


class SoftwareChange(Record):
    """What changed in the software before the night at ``at``, in words."""

    at: str
    text: str


class CellTrend(Record):
    """A metric over nights: older ones in groups, recent ones each as a point, the levels of these, and the marks on them."""

    kind: CellKind
    groups: tuple[TrendGroup, ...]
    points: tuple[TrendPoint, ...]
    levels: tuple[Step, ...]
    marks: tuple[Mark, ...]


class SeriesTrend(Record):
    """All metrics of one workload on one machine."""

    workload: str
    workload_title: str
    dataset: str
    hardware: str
    nights: int
    cells: tuple[CellTrend, ...]
    changes: tuple[SoftwareChange, ...]


class WorkloadVerdict(Record):
    """What is said of one workload of a night.

    ``earlier_nights`` are those that it is compared with, at most; ``software_before`` is the software of the night before, empty where there was
    none, ``software_changes`` says what differs from it, and ``begins`` why a new series of nights begins here, where one does. ``exit_code`` and
    ``state`` are those of a night of this workload alone.
    """

    run: str
    workload: str
    workload_title: str
    dataset: str
    created_at: str
    hardware: str
    hardware_key: str
    workload_hash: str
    software: Mapping[str, str]
    software_before: Mapping[str, str] = {}
    software_changes: str = ""
    begins: Sentence = NOTHING
    earlier_nights: int
    exit_code: int
    state: State
    line: str
    cells: tuple[CellVerdict, ...]
    problems: tuple[Sentence, ...]


class NightVerdict(Record):
    """The verdict on a whole night: verdict.json. ``line`` sums it up; ``problems`` are those that belong to no workload."""

    schema_version: int = SCHEMA_VERSION
    reportgen_version: str
    name: str
    created_at: str
    exit_code: int
    state: State
    line: str
    workloads: tuple[WorkloadVerdict, ...] = ()
    problems: tuple[Sentence, ...] = ()
    left_out: tuple[Sentence, ...] = ()


class NightHistory(Record):
    """What a report shows of the nights up to its own: the verdict on that, and how the main metrics went."""

    verdict: WorkloadVerdict
    trend: SeriesTrend
