"""How styles are timed: each first proves that it computes, then all take turns.

This module knows no framework; it is given functions that take one training step.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.experiments.graphs.problem import SIZES, Problem, Size, make_problem
from reportgen.records import ExperimentNote, Sentence, Series
from reportgen.runner.phases import PhaseClock

# A wrong gradient or a lost update shows in the losses of far fewer steps; these also
# fill caches before anything is timed.
COMPARED_STEPS = 50
# The interval of a median needs 6; 15 lie within a second or so of each other.
SAMPLES = 15
# A sample holds as many steps as fit into this time: the clock's own tenth of a
# microsecond, and a stray interrupt, then weigh little.
SAMPLE_S = 0.01
CALIBRATING_STEPS = 5
# Large enough that a product of such matrices is nothing but arithmetic.
PRODUCT_ROWS = 1024
PRODUCTS = 10

Step = Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Style:
    """One way to run a step. ``build(problem)`` returns a function that takes one step and returns the loss before it, as a scalar."""

    name: str
    title: str
    build: Callable[[Problem], Step]


def measure_styles(
    styles: Sequence[Style],
    multiply: Callable[[int], Step],
    seed: int,
    clock: PhaseClock,
    sizes: Sequence[Size] = SIZES,
) -> tuple[tuple[Series, ...], tuple[ExperimentNote, ...]]:
    """Return losses, first calls and times per step of every style at every size, and the rate of arithmetic; notes say which style cannot run.

    A style that fails at one size is left out from there on.
    """
    series: list[Series] = []
    notes: dict[str, ExperimentNote] = {}
    old: dict[str, ExperimentNote] = {}
    with clock.phase("products"):
        rate = product_rates(multiply)
    for size in sizes:
        running: dict[str, Step] = {}
        with clock.phase(f"first calls, {size.samples} samples"):
            problem = make_problem(size, seed)
            for style in styles:
                if style.title in notes:
                    continue
                try:
                    with warnings.catch_warnings(record=True) as caught:
                        warnings.simplefilter("always")
                        step, found = begin(style, problem, size)
                # Whatever a style raises is an answer to the question whether it runs.
                except Exception as error:
                    notes[style.title] = not_available(style.title, error)
                    continue
                if any(is_farewell(one) for one in caught):
                    old[style.title] = deprecated(style.title)
                running[style.title] = step
                series += found
        with clock.phase(f"steps, {size.samples} samples"):
            series += take_turns(running, size)
    with clock.phase("products"):
        rate += product_rates(multiply)
    series.append(
        Series(
            quantity="rate of arithmetic",
            subject="matrix product",
            unit="FLOP/s",
            parameters={"rows": PRODUCT_ROWS},
            samples=tuple(rate),
        )
    )
    return tuple(series), (*notes.values(), *old.values())


def begin(
    style: Style, problem: Problem, size: Size
) -> tuple[Step, tuple[Series, Series]]:
    """Build a style and take its first steps; return it with the seconds of its first call (building included) and its losses."""
    start = time.perf_counter()
    step = style.build(problem)
    losses = [float(step())]
    first_s = time.perf_counter() - start
    losses += [float(step()) for _ in range(COMPARED_STEPS - 1)]

    def named(quantity: str, unit: str, samples: Sequence[float]) -> Series:
        return Series(
            quantity=quantity,
            subject=style.title,
            unit=unit,
            parameters=size.parameters,
            samples=tuple(samples),
        )

    return step, (named("first call", "s", [first_s]), named("loss", "1", losses))


def take_turns(running: dict[str, Step], size: Size) -> tuple[Series, ...]:
    """Time every style in rounds, so that drift of the machine meets all alike; the order within a round moves on by one each time."""
    counts = {title: steps_in_a_sample(step) for title, step in running.items()}
    times: dict[str, list[float]] = {title: [] for title in running}
    titles = list(running)
    for turn in range(SAMPLES):
        shift = turn % max(1, len(titles))
        for title in titles[shift:] + titles[:shift]:
            times[title].append(seconds(running[title], counts[title]))
    return tuple(
        Series(
            quantity="step time",
            subject=title,
            unit="s",
            parameters=size.parameters,
            samples=tuple(samples),
        )
        for title, samples in times.items()
    )


def steps_in_a_sample(step: Step) -> int:
    """Return how many steps a sample takes, at least one."""
    return max(1, round(SAMPLE_S / seconds(step, CALIBRATING_STEPS)))


def seconds(step: Step, count: int) -> float:
    """Return the mean time of ``count`` steps; the loss of the last is read, so that none is still under way."""
    begin = time.perf_counter()
    for _ in range(count - 1):
        step()
    float(step())
    return (time.perf_counter() - begin) / count


def product_rates(multiply: Callable[[int], Step]) -> list[float]:
    """Return the floating-point operations per second of matrix products, one value a product; the first is dropped."""
    product = multiply(PRODUCT_ROWS)
    rates = []
    for _ in range(PRODUCTS + 1):
        begin = time.perf_counter()
        product()
        rates.append(2 * PRODUCT_ROWS**3 / (time.perf_counter() - begin))
    return rates[1:]


def not_available(subject: str, error: Exception) -> ExperimentNote:
    """Return the note on a style that does not run here."""
    lines = str(error).strip().splitlines() or [""]
    return ExperimentNote(
        subject=subject,
        kind="not available",
        text=Sentence(sentence=f"{type(error).__name__}: {lines[0]}"),
    )


def is_farewell(warning: warnings.WarningMessage) -> bool:
    """Say whether a framework warns that what was called is to go: PyTorch says so to users by a FutureWarning."""
    return issubclass(
        warning.category, DeprecationWarning | FutureWarning
    ) and "deprecated" in str(warning.message)


def deprecated(subject: str) -> ExperimentNote:
    """Return the note on a style whose own framework warns of it."""
    return ExperimentNote(
        subject=subject,
        kind="remark",
        text=Sentence(
            sentence="deprecated: the framework warns that this call is to disappear"
        ),
    )
