"""From a configuration to the ordered list of trials. Pure: the same input gives the same plan, and nothing is run."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from reportgen.records import PlannedParity, PlannedProfile, PlannedTrial, Precision
from reportgen.variants import variant_name

#: How each framework is driven: its modes by name, the main one first.
Modes = Mapping[str, tuple[str, ...]]
Contender = TypeVar("Contender")
PRECISIONS: tuple[Precision, ...] = ("float32", "float64")


def order_in_blocks(contenders: Sequence[Contender], blocks: int, seed: int) -> tuple[tuple[Contender, ...], ...]:
    """Return the order of what is compared (frameworks, or frameworks in modes) in each block.

    Blocks come in pairs, an order and its reverse (A B, B A), so that drift of the machine within a block does not favour a position; which
    comes first is drawn from ``seed``. With an odd number of blocks, one order occurs once more than the other.
    """
    draw = random.Random(f"order of frameworks, seed {seed}")
    orders: list[tuple[Contender, ...]] = []
    while len(orders) < blocks:
        order = draw.sample(list(contenders), len(contenders))
        orders += [tuple(order), tuple(reversed(order))]
    return tuple(orders[:blocks])


def contenders_of(frameworks: Sequence[str], modes: Modes) -> tuple[tuple[str, str], ...]:
    """Return every framework in each of its modes."""
    return tuple((framework, mode) for framework in frameworks for mode in modes[framework])


def plan_trials(
    frameworks: Sequence[str],
    modes: Modes,
    blocks: int,
    seed: int,
    export_blocks: int,
    formats: Mapping[str, tuple[str, ...]],
    formats_once: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[PlannedTrial, ...]:
    """Return every training trial in order of execution.

    A block has one trial of each framework in each of its modes, with the same seed (``seed`` + block - 1); the models of the main modes in the
    first ``export_blocks`` blocks are exported to ``formats[framework]``, those of the first of these blocks also to ``formats_once[framework]``.
    """

    def exports(block: int, framework: str, mode: str) -> tuple[str, ...]:
        if block > export_blocks or mode != modes[framework][0]:
            return ()
        return (*formats[framework], *(formats_once.get(framework, ()) if block == 1 else ()))

    return tuple(
        PlannedTrial(
            trial=trial_name(block, framework, further(modes, framework, mode), attempt=1),
            block=block,
            position=position,
            framework=framework,
            mode=mode,
            seed=seed + block - 1,
            exports=exports(block, framework, mode),
        )
        for block, order in enumerate(order_in_blocks(contenders_of(frameworks, modes), blocks, seed), start=1)
        for position, (framework, mode) in enumerate(order, start=1)
    )


def plan_parity(frameworks: Sequence[str], modes: Modes, seed: int) -> tuple[PlannedParity, ...]:
    """Return the parity trials: of the two frameworks that are compared, and of each further mode with its framework's main one.

    A variant shows by itself what it computes, since its framework's main mode does so in another process; where a framework is measured alone, that
    is for its variants' sake.

    All have the same seed: shared weights and batches are made from it. float32 is what is measured; in float64 rounding is so small that a
    difference of formulas, however slight, stands out.
    """
    compared = frameworks[:2] if len(frameworks) > 1 else ()
    varied = {framework: tuple(mode for mode in modes[framework] if variant_name(mode)) for framework in frameworks}
    compared = (*compared, *(framework for framework in frameworks if varied[framework] and framework not in compared))
    between = tuple(
        PlannedParity(trial=f"parity-{framework}-{precision}", framework=framework, mode=modes[framework][0], precision=precision, seed=seed)
        for precision in PRECISIONS
        for framework in compared
    )
    within = tuple(
        PlannedParity(
            trial=f"parity-{framework}-{mode}-{precision}",
            framework=framework,
            mode=mode,
            reference=modes[framework][0],
            precision=precision,
            seed=seed,
        )
        for framework in frameworks
        for mode in modes[framework][1:]
        if not variant_name(mode)
        for precision in PRECISIONS
    )
    of_variants = tuple(
        PlannedParity(trial=f"parity-{framework}-{mode}-{precision}", framework=framework, mode=mode, precision=precision, seed=seed)
        for framework in frameworks
        for mode in varied[framework]
        for precision in PRECISIONS
    )
    return between + within + of_variants


def plan_profiles(frameworks: Sequence[str], modes: Modes, wanted: Callable[[str, str], bool]) -> tuple[PlannedProfile, ...]:
    """Return the profiles: of each framework in those of its modes of which ``wanted(framework, mode)`` is true."""
    return tuple(
        PlannedProfile(trial=f"profile-{framework}{suffix(further(modes, framework, mode))}", framework=framework, mode=mode)
        for framework, mode in contenders_of(frameworks, modes)
        if wanted(framework, mode)
    )


def further(modes: Modes, framework: str, mode: str) -> str:
    """Return what a trial's name says of its mode: nothing for the main one."""
    return "" if mode == modes[framework][0] else mode


def trial_name(block: int, framework: str, further_mode: str, attempt: int) -> str:
    """Return the name of a training trial, which is also its folder: ``block-03-pytorch``, ``block-03-pytorch-compile-attempt-2``."""
    return f"block-{block:02d}-{framework}{suffix(further_mode)}{attempt_suffix(attempt)}"


def inference_name(source_trial: str, export_format: str, attempt: int, threads: int | None = None) -> str:
    """Return the name of the trial that reopens an export of ``source_trial``, a second time where a number of ``threads`` is given."""
    again = "" if threads is None else f"-threads-{threads}"
    return f"{source_trial}-export-{export_format.replace('_', '-')}{again}{attempt_suffix(attempt)}"


def attempt_suffix(attempt: int) -> str:
    """Return what a repeated trial's name ends with."""
    return f"-attempt-{attempt}" if attempt > 1 else ""


def suffix(further_mode: str) -> str:
    """Return what a mode beside the main one adds to a trial's name."""
    return f"-{further_mode}" if further_mode else ""
