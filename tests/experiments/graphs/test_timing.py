"""How styles are timed, with styles that only count."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest

from reportgen.experiments.graphs import timing
from reportgen.experiments.graphs.problem import Problem, Size
from reportgen.experiments.graphs.timing import COMPARED_STEPS, PRODUCTS, SAMPLES, Style, measure_styles
from reportgen.runner.phases import PhaseClock

SMALL = Size(samples=2, inputs=3, hidden=2, outputs=1)


@pytest.fixture(autouse=True)
def short_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "SAMPLE_S", 1e-5)


def counting(name: str, log: list[str]) -> Style:
    def build(problem: Problem) -> Callable[[], float]:
        assert problem.x.shape == (2, 3)
        left = iter(range(10**9))

        def step() -> float:
            log.append(name)
            return float(next(left))

        return step

    return Style(name=name, title=name, build=build)


def multiply(_rows: int) -> Callable[[], None]:
    return lambda: None


def test_every_style_has_losses_a_first_call_and_samples() -> None:
    series, notes = measure_styles([counting("a", []), counting("b", [])], multiply, 1, PhaseClock(lambda _: None), [SMALL])
    found = {(one.quantity, one.subject): one for one in series}
    assert notes == ()
    for name in ("a", "b"):
        assert found["loss", name].samples == tuple(float(step) for step in range(COMPARED_STEPS))
        assert len(found["first call", name].samples) == 1
        assert len(found["step time", name].samples) == SAMPLES
        assert found["step time", name].parameters == SMALL.parameters
    assert len(found["rate of arithmetic", "matrix product"].samples) == 2 * PRODUCTS


def test_styles_take_turns_and_none_is_always_first() -> None:
    log: list[str] = []
    measure_styles([counting(name, log) for name in "abc"], multiply, 1, PhaseClock(lambda _: None), [SMALL])
    turns = [name for place, name in enumerate(log) if place == 0 or log[place - 1] != name]
    sampled = "".join(turns)[6:]
    assert {"ab", "bc", "ca"} <= {sampled[place : place + 2] for place in range(len(sampled) - 1)}


def test_a_style_that_cannot_run_is_left_out_with_its_reason() -> None:
    def build(problem: Problem) -> Callable[[], float]:
        raise RuntimeError("no compiler here\nand much more")

    series, notes = measure_styles([Style(name="x", title="X", build=build), counting("a", [])], multiply, 1, PhaseClock(lambda _: None), [SMALL])
    assert {one.subject for one in series if one.quantity == "step time"} == {"a"}
    assert [(one.subject, one.kind, str(one.text)) for one in notes] == [("X", "not available", "RuntimeError: no compiler here")]


def test_a_style_that_its_framework_calls_old_is_marked() -> None:
    def build(problem: Problem) -> Callable[[], float]:
        warnings.warn("`trace` is deprecated", FutureWarning, stacklevel=1)
        return lambda: 1.0

    _, notes = measure_styles([Style(name="x", title="X", build=build)], multiply, 1, PhaseClock(lambda _: None), [SMALL])
    assert [(one.subject, one.kind) for one in notes] == [("X", "remark")]
