"""What a report may say about a difference, as values: each finding with its numbers, its guards and its one sentence.

They are made in :mod:`reportgen.analysis.findings` alone; terminal, documents and ``results.json`` print them as they are.
"""

from __future__ import annotations

from typing import Literal

from reportgen.analysis.interval import Interval
from reportgen.records import Record

Outcome = Literal["claim", "within noise floor", "no difference shown", "equivalent", "suppressed"]


class Guard(Record):
    """A condition that a claim depends on: whether it holds, and why. A guard that passed may still have something to say."""

    name: str
    passed: bool
    reason: str


class NoiseFloor(Record):
    """How far apart two measurements of one and the same program may lie on this machine, as a fraction: 0.02 is 2 %.

    ``source`` says in words where the figure comes from; ``calibrated`` is whether an A/A study of this machine stands behind it.
    """

    value: float
    calibrated: bool
    source: str


class Sensitivity(Record):
    """The same question answered by a method with other assumptions. It never decides anything; it shows how much hangs on the method."""

    method: str
    estimate: float
    p_value: float
    sentence: str


class Finding(Record):
    """One comparison of two frameworks and what may be said about it.

    ``numerator`` and ``denominator`` are readable names. A comparison of times has a ``ratio`` (numerator over denominator: above 1, the
    denominator was faster), one of accuracies a ``difference`` (numerator minus denominator, a fraction of the test set). ``interval`` and
    ``minimal_detectable_effect`` are on that scale too, the latter as a distance: a ratio of 1.04 stands for 4 % either way. ``interval`` has
    the level that Holm's procedure leaves to this comparison, and the nominal 95 % where the claim is suppressed. ``p_value`` is that of "no
    difference", two-sided, or for the outcome "equivalent" that of "they differ by ``margin`` or more"; ``adjusted_p`` is Holm's. Both are
    ``None`` where the claim is suppressed, and ``noise_floor`` where none applies.
    """

    code: str
    metric: str
    title: str
    primary: bool
    outcome: Outcome
    sentence: str
    numerator: str
    denominator: str
    n: int
    ratio: float | None = None
    difference: float | None = None
    interval: Interval | None = None
    p_value: float | None = None
    adjusted_p: float | None = None
    minimal_detectable_effect: float | None = None
    noise_floor: NoiseFloor | None = None
    margin: float | None = None
    sensitivity: Sensitivity | None = None
    guards: tuple[Guard, ...]


class ModelPair(Record):
    """The two models of one block on the same test set: ``b`` images only the numerator's got right, ``c`` only the denominator's.

    ``difference`` is (b - c) / N with its interval; ``p_value`` is that of McNemar's exact test. It is a description of these two models, and no
    claim about the frameworks is made from it.
    """

    block: int
    numerator: str
    denominator: str
    b: int
    c: int
    image_count: int
    difference: float
    interval: Interval
    p_value: float


class PositionEffect(Record):
    """How much longer a trial took for running first in its block, where that is shown and exceeds the noise floor: ``ratio`` of first to second."""

    metric: str
    title: str
    n: int
    ratio: float
    interval: Interval
    sentence: str
