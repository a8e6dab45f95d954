"""From a configuration to the ordered list of trials. Pure: the same input gives the same plan, and nothing is run."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from reportgen.records import PlannedParity, PlannedTrial, Precision


def order_in_blocks(frameworks: Sequence[str], blocks: int, seed: int) -> tuple[tuple[str, ...], ...]:
    """Return the order of the frameworks in each block.

    Blocks come in pairs, an order and its reverse (A B, B A), so that drift of the machine within a block does not favour a position; which
    comes first is drawn from ``seed``. With an odd number of blocks, one order occurs once more than the other.
    """
    draw = random.Random(f"order of frameworks, seed {seed}")
    orders: list[tuple[str, ...]] = []
    while len(orders) < blocks:
        order = draw.sample(list(frameworks), len(frameworks))
        orders += [tuple(order), tuple(reversed(order))]
    return tuple(orders[:blocks])


def plan_trials(
    frameworks: Sequence[str], blocks: int, seed: int, export_blocks: int, formats: Mapping[str, tuple[str, ...]]
) -> tuple[PlannedTrial, ...]:
    """Return every training trial in order of execution.

    A block has one trial of each framework, with the same seed (``seed`` + block - 1); the models of the first ``export_blocks`` blocks are
    exported to ``formats[framework]``.
    """
    return tuple(
        PlannedTrial(
            trial=trial_name(block, framework, attempt=1),
            block=block,
            position=position,
            framework=framework,
            seed=seed + block - 1,
            exports=formats[framework] if block <= export_blocks else (),
        )
        for block, order in enumerate(order_in_blocks(frameworks, blocks, seed), start=1)
        for position, framework in enumerate(order, start=1)
    )


def plan_parity(frameworks: Sequence[str], seed: int) -> tuple[PlannedParity, ...]:
    """Return the parity trials of the two frameworks that are compared, in each precision; none where there is only one framework.

    All have the same seed: shared weights and batches are made from it. float32 is what is measured; in float64 rounding is so small that a
    difference of formulas, however slight, stands out.
    """
    compared = frameworks[:2]
    precisions: tuple[Precision, ...] = ("float32", "float64")
    if len(compared) < 2:
        return ()
    return tuple(
        PlannedParity(trial=f"parity-{framework}-{precision}", framework=framework, precision=precision, seed=seed)
        for precision in precisions
        for framework in compared
    )


def trial_name(block: int, framework: str, attempt: int) -> str:
    """Return the name of a training trial, which is also its folder: ``block-03-pytorch``, or ``block-03-pytorch-attempt-2``."""
    return f"block-{block:02d}-{framework}{attempt_suffix(attempt)}"


def inference_name(source_trial: str, export_format: str, attempt: int) -> str:
    """Return the name of the trial that reopens an export of ``source_trial``."""
    return f"{source_trial}-export-{export_format.replace('_', '-')}{attempt_suffix(attempt)}"


def attempt_suffix(attempt: int) -> str:
    """Return what a repeated trial's name ends with."""
    return f"-attempt-{attempt}" if attempt > 1 else ""
