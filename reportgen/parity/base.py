"""What a parity check is: a pure function from what two frameworks showed of themselves to a verdict, with a code that never changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from reportgen.analysis.results import ParityOutcome
from reportgen.language import gettext, localised
from reportgen.parity.probe import Floats
from reportgen.records import ParityResult, ParitySpec, Precision

# Limits where rounding is all that may differ. The forward pass of the multilayer perceptron was measured at 5e-7 in float32 and 1e-15 in
# float64, that of convolutional networks at 1e-6 and 2e-15; a wrong layout, activation or flattening gives 0.01 or more.
ROUNDING: Mapping[Precision, float] = {"float32": 1e-5, "float64": 1e-12}
# Two frameworks round at every operation of every step, while the disturbance that gives the noise floor is a single one. Measured on the
# multilayer perceptron and on the convolutional network, they stay within twice the floor; a formula that differs in the fifth digit leaves that of
# the perceptron by more than ten.
NOISE_FACTOR = 10.0
# A floor can be 0 by luck where losses are rounded to the same number: then a few units in the last place of a float32 loss of about 1.
LEAST_TRAINING_LIMIT = 1e-6
# Where a framework departs from itself by more than this after one rounding error, training is chaotic: a unit that is switched on or off, or
# another pixel that is the largest of its pool, sends it another way. The built-in convolutional network gets there within 20 steps of plain gradient
# descent, at a step that no run shares with another: a stricter limit for the steps before would fail by chance. The perceptron stays below 1e-6.
CHAOS = 0.01
# In float64, steps of equal formulas were measured at 4e-16 (multilayer perceptron) and 1.4e-14 (convolutional network).
FLOAT64_TRAINING_LIMIT = 1e-9


@dataclass(frozen=True, kw_only=True)
class Side:
    """One framework's part of the evidence; ``arrays`` are those that :mod:`reportgen.runner.parity` names."""

    title: str
    spec: ParitySpec
    result: ParityResult
    arrays: Mapping[str, Floats]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What two frameworks, or two modes of one, showed in one precision. ``train_count`` and ``class_count`` are the data set's."""

    first: Side
    second: Side
    precision: Precision
    train_count: int
    class_count: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both frameworks' parts."""
        return self.first, self.second

    def difference(self, name: str) -> float:
        """Return the largest absolute difference between both frameworks' arrays of this name; infinite when their shapes differ."""
        return difference(self.first.arrays[name], self.second.arrays[name])

    def noise_floor(self, name: str) -> float:
        """Return how far the frameworks depart from themselves after a disturbance, in arrays ``name`` and ``name``_disturbed."""
        return max(difference(side.arrays[name], side.arrays[f"{name}_disturbed"]) for side in self.sides)

    def training_limit(self, floor: float) -> float:
        """Return the largest difference of training steps that rounding explains; where training diverged, there is no floor to go by."""
        if self.precision == "float64":
            return FLOAT64_TRAINING_LIMIT
        return max(NOISE_FACTOR * floor, LEAST_TRAINING_LIMIT) if math.isfinite(floor) else LEAST_TRAINING_LIMIT

    def judge_training(self, value: float, floor: float, unit: str, what: str) -> Verdict:
        """Return the verdict on a difference of training steps; it says so where the noise floor leaves room for almost anything."""
        verdict = within(value, self.training_limit(floor), unit, what)
        if self.precision == "float64" or not CHAOS < floor < math.inf or verdict.outcome == "failed":
            return verdict
        remark = gettext(
            "One rounding error alone makes a framework depart from itself by {floor:.2g} here, so float32 rules out gross differences only; "
            "float64 decides.",
            floor=floor,
        )
        return replace(verdict, detail=f"{verdict.detail} {remark}")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check found, before code and name are put to it."""

    outcome: ParityOutcome
    detail: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check; ``explanation`` is what docs/parity.md prints.

    ``requires`` names checks with smaller codes without which this one says nothing. One that ``declares`` names what differs by design, and does
    not fail. One that is for ``classes_only`` is skipped where a network is to find numbers. With ``each_precision`` it is made in float32 and in
    float64, else once, on what was seen in float32. One that is ``of_modes`` compares a mode with the main one of its framework, by what both left
    in one trial; the others compare two frameworks.
    """

    code: str
    name: str
    explanation: str
    judge: Callable[[Pair], Verdict]
    each_precision: bool = False
    requires: tuple[str, ...] = ()
    blocks_claims: tuple[str, ...] = ()
    declares: bool = False
    classes_only: bool = False
    of_modes: bool = False


def difference(first: Floats, second: Floats) -> float:
    """Return the largest absolute difference; infinite when shapes differ or a value is not finite."""
    if first.shape != second.shape:
        return math.inf
    largest = float(np.max(np.abs(first.astype(np.float64) - second.astype(np.float64)), initial=0.0))
    return largest if math.isfinite(largest) else math.inf


def within(value: float, limit: float, unit: str, what: str, failed: str = "") -> Verdict:
    """Return the verdict on a difference: equal when it is 0, equal within tolerance up to ``limit``, else failed.

    ``what`` is a noun phrase for what was compared; ``failed`` says what a difference beyond the limit means.
    """
    if value == 0:
        return Verdict(outcome="equal", value=value, limit=limit, unit=unit, detail=gettext("No difference was found in {what}.", what=what))
    size = f"{localised(f'{value:.2g}')} {gettext(unit)}".strip()
    if value <= limit:
        detail = gettext("The largest difference in {what} is {size}, within {limit:.2g}.", what=what, size=size, limit=limit)
        return Verdict(outcome="equal within tolerance", value=value, limit=limit, unit=unit, detail=detail)
    detail = (
        gettext("The two frameworks differ in {what}: {size}, where at most {limit:.2g} is accepted.", what=what, size=size, limit=limit)
        if math.isfinite(value)
        else gettext(
            "The two frameworks differ in {what}: so much that no number says it (other shapes, or values that are not finite), where at most "
            "{limit:.2g} is accepted.",
            what=what,
            limit=limit,
        )
    )
    return Verdict(outcome="failed", value=value, limit=limit, unit=unit, detail=f"{detail} {failed}".strip())


def same(mismatches: list[str], unit: str, agreed: str) -> Verdict:
    """Return the verdict on facts that must be the same: ``mismatches`` names those that are not."""
    if not mismatches:
        return Verdict(outcome="equal", value=0, limit=0, unit=unit, detail=agreed)
    return Verdict(outcome="failed", value=len(mismatches), limit=0, unit=unit, detail=f"{'; '.join(mismatches)}.")
