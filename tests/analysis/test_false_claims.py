"""What the whole road of findings does to data whose truth is known: two runs of one program, and a program made slower."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from reportgen.analysis.claims import Finding, NoiseFloor
from reportgen.analysis.comparisons import TRAINED
from reportgen.analysis.findings import AccuracyComparison, Comparisons, TimeComparison, make_joint_findings
from reportgen.analysis.results import ParityCheck

PROVEN = (ParityCheck(code="P01", name="logits", precision="float64", outcome="equal", value=0.0, limit=0.0, unit="", detail="", blocks_claims=()),)
METRICS = ("training_time", "steady_epoch_time", "cold_start", "test_set_inference", "latency")
IMAGES = 400


def study(generator: np.random.Generator, **changes: float) -> tuple[Finding, ...]:
    """Return the findings of a report on one simulated workload; see :func:`compared`."""
    return make_joint_findings([compared(generator, **changes)])[0]


def compared(generator: np.random.Generator, *, n: int = 10, noise: float = 0.03, step: float = 0.0, floor: float = 0.02) -> Comparisons:
    """Return what is compared in a simulated study: the numerator's programs take exp(``step``) times as long, otherwise nothing differs.

    Blocks drift, times of one trial are related, and one trial in fifty is disturbed: slower by about a tenth.
    """
    drift = generator.normal(0, 0.1, size=n)

    def seconds() -> NDArray[np.float64]:
        own = generator.normal(0, noise, size=(len(METRICS), n))
        shared = generator.normal(0, noise, size=n)
        disturbed = (generator.uniform(size=n) < 0.02) * generator.exponential(0.1, size=n)
        return np.exp(drift + (own + shared) / math.sqrt(2) + disturbed)

    above, below = seconds() * math.exp(step), seconds()
    times = [
        TimeComparison(
            code=metric,
            metric=metric,
            title=metric,
            claim=TRAINED,
            primary=metric == "training_time",
            numerator="A",
            denominator="A'",
            numerator_s=tuple(above[index].tolist()),
            denominator_s=tuple(below[index].tolist()),
            floor=NoiseFloor(value=floor, calibrated=True, source="simulated"),
            guards=(),
        )
        for index, metric in enumerate(METRICS)
    ]
    difficulty = generator.normal(3.0, 1.5, size=IMAGES)

    def correct() -> NDArray[np.bool_]:
        luck = generator.normal(0, 0.1, size=(n, 1))
        return np.asarray(generator.uniform(size=(n, IMAGES)) < 1 / (1 + np.exp(-(difficulty + luck))))

    accuracy = AccuracyComparison(
        numerator="A", denominator="A'", numerator_correct=correct(), denominator_correct=correct(), paired=False, guards=()
    )
    return Comparisons(times=times, accuracy=accuracy, parity=PROVEN)


def within(count: int, share: float) -> float:
    """Return the most of ``count`` simulations that a true rate of ``share`` lets pass: four standard errors, one false alarm in 30,000."""
    return count * share + 4 * math.sqrt(count * share * (1 - share))


@pytest.mark.parametrize(("noise", "floor"), [(0.03, 0.02), (0.03, 1e-9), (0.002, 1e-9)])
def test_a_program_against_itself_is_claimed_to_differ_no_more_often_than_promised(noise: float, floor: float) -> None:
    # With a floor of nothing, Holm alone has to keep the promise.
    simulations = 400
    generator = np.random.default_rng(round(1000 * noise) + (floor > 0.01))
    claims = sum(any(one.outcome == "claim" for one in study(generator, noise=noise, floor=floor)) for _ in range(simulations))
    assert claims <= within(simulations, 0.05)


def test_a_suite_of_several_workloads_makes_no_more_false_claims_than_a_report_on_one() -> None:
    # Nothing differs on any of four workloads, and no floor helps: one family over all keeps the promise, and claims less than a family for each.
    simulations, workloads = 150, 4
    generator = np.random.default_rng(2026)
    jointly = apart = 0
    for _ in range(simulations):
        suite = [compared(generator, floor=1e-9) for _ in range(workloads)]
        jointly += claimed(make_joint_findings(suite))
        apart += claimed([make_joint_findings([one])[0] for one in suite])
    assert jointly <= within(simulations, 0.05)
    assert apart > jointly


def claimed(suite: Sequence[Sequence[Finding]]) -> bool:
    return any(one.outcome == "claim" for findings in suite for one in findings)


def test_the_noise_floor_makes_claims_about_nothing_rarer_still() -> None:
    simulations = 300
    with_floor = sum(any(one.outcome == "claim" for one in study(np.random.default_rng(seed), noise=0.02, floor=0.03)) for seed in range(simulations))
    without = sum(any(one.outcome == "claim" for one in study(np.random.default_rng(seed), noise=0.02, floor=1e-9)) for seed in range(simulations))
    assert with_floor <= without
    assert with_floor <= within(simulations, 0.01)


def test_a_difference_at_the_edge_of_the_floor_is_claimed_no_more_often_than_promised() -> None:
    # The hardest case: a true difference, visible in every metric, of exactly the size that is not to be believed.
    simulations = 400
    generator = np.random.default_rng(77)
    claims = sum(any(one.outcome == "claim" for one in study(generator, noise=0.01, step=math.log(1.02), floor=0.02)) for _ in range(simulations))
    assert claims <= within(simulations, 0.05)


def test_a_program_that_takes_a_tenth_longer_is_found_out() -> None:
    simulations = 200
    generator = np.random.default_rng(5)
    found: Counter[str] = Counter()
    for _ in range(simulations):
        for one in study(generator, noise=0.03, step=math.log(1.1)):
            if one.metric == "training_time":
                found[one.outcome] += 1
                assert one.outcome != "claim" or one.sentence.startswith("A' trained"), "the faster one is named"
    assert found["claim"] / simulations > 0.8
    assert found["suppressed"] == 0
