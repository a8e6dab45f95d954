"""The cold starts of a study whose trials are forked: what a new interpreter pays, measured by trials of its own."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.records import PlannedColdStart, PlannedTrial
from reportgen.runner.plan import Modes, attempt_suffix

# The least number from which a 95 % interval of the median exists, and from which anything may be claimed. More would cost more than they tell.
COLD_STARTS = 6


def plan_cold_starts(trials: Sequence[PlannedTrial], modes: Modes) -> tuple[PlannedColdStart, ...]:
    """Return the cold starts that go with training trials: in the first :data:`COLD_STARTS` blocks one of each framework in its main mode.

    They come in the block's order.
    """
    return tuple(
        PlannedColdStart(
            trial=cold_start_name(trial.block, trial.framework, attempt=1),
            block=trial.block,
            position=trial.position,
            framework=trial.framework,
            mode=trial.mode,
            seed=trial.seed,
        )
        for trial in trials
        if trial.block <= COLD_STARTS and trial.mode == modes[trial.framework][0]
    )


def cold_start_name(block: int, framework: str, attempt: int) -> str:
    """Return the name of a cold start, which is also its folder: ``block-03-pytorch-cold``."""
    return f"block-{block:02d}-{framework}-cold{attempt_suffix(attempt)}"
