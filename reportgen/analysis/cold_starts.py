"""Cold starts: what a new interpreter pays until its first training step is done.

Where every trial is a new interpreter, the training trials themselves show it. Where they are forked, trials of their own do, and what a forked
trial needs up to its first step says nothing about the framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis import timing
from reportgen.analysis.inputs import RunRecords
from reportgen.records import Phase


@dataclass(frozen=True, kw_only=True)
class Start:
    """The start of one new interpreter, in a block of the study; ``phases`` end with the first training step."""

    block: int
    phases: tuple[Phase, ...]

    @property
    def seconds(self) -> float:
        """Seconds from the start of the process to the end of its first training step."""
        return sum(phase.wall_s for phase in self.phases)


def forked(records: RunRecords) -> bool:
    """Say whether trials of this run were forked, as planned: cold starts are then trials of their own."""
    return records.plan.processes == "forked"


def starts_of(records: RunRecords, framework: str) -> tuple[Start, ...]:
    """Return the cold starts of a framework in order of blocks, of the blocks in which every framework has one."""
    found = all_starts(records)
    return tuple(
        Start(block=block, phases=until_first_step(phases))
        for (block, name), phases in sorted(found.items())
        if name == framework and all((block, other) in found for other in records.plan.frameworks)
    )


def all_starts(records: RunRecords) -> dict[tuple[int, str], Sequence[Phase]]:
    """Return the phases of each block's cold start of each framework."""
    if forked(records):
        return {(one.spec.block, one.spec.framework): one.result.phases for one in records.cold_starts}
    return {(one.spec.block, one.spec.framework): one.result.phases for one in records.trainings}


def until_first_step(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return the phases that a cold start consists of."""
    return tuple(phase for phase in phases if phase.name in timing.COLD_START_PHASES)
