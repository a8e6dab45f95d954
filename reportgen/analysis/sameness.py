"""What is said about whether two programs compute the same thing: the outcome of each check, and the losses step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportgen.records import Record

ParityOutcome = Literal["equal", "equal within tolerance", "declared difference", "not comparable", "skipped", "failed"]


class ParityCheck(Record):
    """What one check of the parity of two frameworks found; its code is explained in docs/parity.md.

    ``precision`` is "-" where the check does not depend on it. ``value`` and ``limit`` are in ``unit``; a difference beyond the limit fails.
    ``blocks_claims`` names the metrics about which nothing may be claimed where :attr:`withholds_claims` is true; empty means all.
    """

    code: str
    name: str
    precision: Literal["float32", "float64", "-"]
    outcome: ParityOutcome
    value: float | None
    limit: float | None
    unit: str
    detail: str
    blocks_claims: tuple[str, ...]

    @property
    def withholds_claims(self) -> bool:
        """Whether parity is not shown: the check failed, or could not be made."""
        return self.outcome in ("failed", "not comparable")


Parity = Literal["not checked", "shown", "not shown"]


def parity_of(checks: Sequence[ParityCheck], metric: str) -> Parity:
    """Return whether parity is shown for what ``metric`` compares: the word that stands beside its numbers."""
    made = [check for check in checks if check.outcome != "skipped"]
    if not made:
        return "not checked"
    withheld = any(check.withholds_claims and (not check.blocks_claims or metric in check.blocks_claims) for check in made)
    return "not shown" if withheld else "shown"


class LossTrajectory(Record):
    """The losses of two frameworks over training steps on the same batches from the same weights, one value a step.

    ``losses`` are by framework, in order of ``frameworks``. ``noise_floor`` is, up to each step, the largest departure of a framework from
    itself after its weights were disturbed by one rounding error; ``difference`` is that of the two frameworks at the step.
    """

    optimizer: str
    precision: Literal["float32", "float64"]
    frameworks: tuple[str, str]
    losses: tuple[tuple[float, ...], tuple[float, ...]]
    difference: tuple[float, ...]
    noise_floor: tuple[float, ...]
