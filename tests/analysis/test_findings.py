from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from reportgen.analysis.claims import Finding, Guard, NoiseFloor
from reportgen.analysis.comparisons import TRAINED
from reportgen.analysis.findings import AccuracyComparison, Comparisons, TimeComparison, make_findings, make_joint_findings
from reportgen.analysis.results import ParityCheck

FLOOR = NoiseFloor(value=0.02, calibrated=False, source="assumed")
NEVER = ("same", "equal ", "best", "significant", "because", "due to", "thanks to")


def check(outcome: str = "equal", **changes: Any) -> ParityCheck:
    fields = {"code": "P01", "name": "parameter count", "precision": "float32", "outcome": outcome, "value": 0.0, "limit": 0.0}
    return ParityCheck.model_validate(fields | {"unit": "", "detail": "", "blocks_claims": ()} | changes)


PROVEN = (check(),)
UNPROVEN = "no claim: no parity check shows that the programs match"


def scattered(centre: float, spread: float, n: int) -> np.ndarray:
    """Return n values with exactly this mean and sample standard deviation, symmetric."""
    values = np.arange(n) - (n - 1) / 2
    if n == 1:
        return np.array([centre])
    return centre + spread * values / values.std(ddof=1)


def times(ratio: float = 1.2, spread: float = 0.02, n: int = 10, **changes: Any) -> TimeComparison:
    """PyTorch over TensorFlow: above 1, TensorFlow was faster."""
    below = np.full(n, 10.0)
    fields: dict[str, Any] = {
        "code": "training_time",
        "metric": "training_time",
        "title": "Total training time",
        "claim": TRAINED,
        "primary": True,
        "numerator": "PyTorch",
        "denominator": "TensorFlow",
        "numerator_s": tuple(below * np.exp(scattered(math.log(ratio), spread, n))),
        "denominator_s": tuple(below),
        "floor": FLOOR,
        "guards": (Guard(name="effective cores alike", passed=True, reason="alike"),),
    }
    return TimeComparison(**(fields | changes))


def accuracy(difference: int = 0, n: int = 10, images: int = 10_000, wrong: int = 200, jitter: int = 0) -> AccuracyComparison:
    """PyTorch right on ``difference`` more of the images than TensorFlow; ``jitter`` more or less in every other trial."""
    first, second = np.ones((n, images), dtype=bool), np.ones((n, images), dtype=bool)
    for trial in range(n):
        shift = jitter if trial % 2 else -jitter
        first[trial, : wrong + shift] = False
        second[trial, : wrong + difference - shift] = False
    return AccuracyComparison(
        numerator="PyTorch", denominator="TensorFlow", numerator_correct=first, denominator_correct=second, paired=False, guards=()
    )


def only(found: tuple[Finding, ...]) -> Finding:
    (finding,) = found
    assert not [word for word in NEVER if word in f"{finding.sentence} ".lower()]
    return finding


def readable(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u2212", "-")


def test_a_difference_beyond_the_floor_is_a_claim_for_the_faster_one() -> None:
    forth = only(make_findings([times(1.2)], None, PROVEN))
    assert forth.outcome == "claim"
    assert forth.sentence == "TensorFlow trained 1.200× faster [1.183, 1.217], n = 10"
    back = only(make_findings([times(1 / 1.2)], None, PROVEN))
    assert back.sentence == "PyTorch trained 1.200× faster [1.183, 1.217], n = 10"
    assert forth.p_value == pytest.approx(back.p_value)


def test_a_small_difference_is_within_the_floor_however_narrow_its_interval() -> None:
    found = only(make_findings([times(1.012, spread=0.003)], None, PROVEN))
    assert found.outcome == "within noise floor"
    assert readable(found.sentence) == "the difference is within the noise floor (ratio 1.0120 [1.0098, 1.0142], floor 2.0 %, n = 10)"


def test_a_higher_floor_withholds_what_a_lower_one_let_pass() -> None:
    high = NoiseFloor(value=0.25, calibrated=True, source="A/A")
    assert only(make_findings([times(1.2, floor=high)], None, PROVEN)).outcome == "within noise floor"
    assert only(make_findings([times(1 / 1.2, floor=high)], None, PROVEN)).outcome == "within noise floor"


def test_an_interval_across_the_edge_of_the_floor_is_no_claim() -> None:
    found = only(make_findings([times(1.03, spread=0.02)], None, PROVEN))
    assert found.interval is not None
    assert 1 < found.interval.low < 1.02 < found.interval.high
    assert found.outcome == "within noise floor"


def test_an_interval_that_contains_1_says_what_would_have_been_seen() -> None:
    found = only(make_findings([times(1.01, spread=0.04)], None, PROVEN))
    assert found.outcome == "no difference shown"
    assert readable(found.sentence) == "no difference shown; a difference of 4.1 % would probably have been seen"
    assert found.minimal_detectable_effect == pytest.approx(math.exp((2.2621572 + 0.8834) * 0.04 / math.sqrt(10)), abs=1e-4)


@pytest.mark.parametrize(
    ("changes", "parity", "reason"),
    [
        ({"n": 5}, PROVEN, "no claim: 5 blocks (a claim needs 6)"),
        ({"n": 1, "spread": 0.0}, PROVEN, "no claim: 1 block (a claim needs 6)"),
        ({}, (), UNPROVEN),
        ({}, (check("skipped"), check("not comparable")), UNPROVEN),
        ({}, (check("equal"), check("failed", code="P07", name="logits")), "no claim: parity failed: P07 (logits)"),
        ({}, (check("equal"), check("failed", blocks_claims=("training_time",))), "no claim: parity failed: P01 (parameter count)"),
        ({"guards": (Guard(name="cores", passed=False, reason="unequal effective cores: A 1.00, B 2.00"),)}, PROVEN,
         "no claim: unequal effective cores: A 1.00, B 2.00"),
        ({"spread": 0.0}, PROVEN, "no claim: the repetitions do not scatter at all"),
    ],
)  # fmt: skip
def test_a_guard_that_does_not_hold_suppresses_the_claim_and_says_why(changes: dict[str, Any], parity: tuple[ParityCheck, ...], reason: str) -> None:
    (found,) = make_findings([times(**({"n": 10, "spread": 0.02} | changes))], None, parity)
    assert (found.outcome, found.sentence) == ("suppressed", reason)
    assert (found.p_value, found.adjusted_p) == (None, None)
    assert found.ratio == pytest.approx(1.2), "the measured ratio is not hidden"


def test_six_blocks_are_enough() -> None:
    assert only(make_findings([times(n=6)], None, PROVEN)).outcome == "claim"


def test_a_failed_check_of_something_else_does_not_stop_this_claim() -> None:
    parity = (check(), check("failed", blocks_claims=("accuracy",)))
    found = make_findings([times()], accuracy(jitter=3), parity)
    assert [(one.metric, one.outcome) for one in found] == [("training_time", "claim"), ("accuracy", "suppressed")]


def test_a_declared_difference_proves_as_much_as_a_tolerance() -> None:
    assert only(make_findings([times()], None, (check("declared difference"),))).outcome == "claim"


def test_all_reasons_are_given_at_once() -> None:
    assert only(make_findings([times(n=3)], None, ())).sentence.count(";") == 1


def test_primary_comparisons_come_first() -> None:
    secondary = times(code="cold_start", metric="cold_start", primary=False)
    assert [one.code for one in make_findings([secondary, times()], accuracy(jitter=3), PROVEN)] == ["training_time", "accuracy", "cold_start"]


def test_company_widens_the_interval_and_raises_the_p_value() -> None:
    alone = only(make_findings([times(1.025, spread=0.02)], None, PROVEN))
    undecided = [times(1.0, spread=0.05, code=str(index), primary=False) for index in range(5)]
    together = make_findings([times(1.025, spread=0.02), *undecided], None, PROVEN)[0]
    assert alone.p_value == together.p_value
    assert together.adjusted_p == pytest.approx(6 * (alone.p_value or 0))
    assert alone.interval is not None and together.interval is not None
    assert together.interval.level == pytest.approx(1 - 0.05 / 6)
    assert together.interval.low < alone.interval.low
    assert (together.minimal_detectable_effect or 0) > (alone.minimal_detectable_effect or 2)


def test_suppressed_comparisons_are_no_part_of_the_family() -> None:
    suppressed = [times(code=str(index), guards=(Guard(name="x", passed=False, reason="x"),)) for index in range(5)]
    (first, *_) = make_findings([times(), *suppressed], None, PROVEN)
    assert first.adjusted_p == first.p_value


def test_outcome_and_adjusted_p_never_disagree() -> None:
    generator = np.random.default_rng(11)
    for _ in range(100):
        several = [times(math.exp(generator.normal(0, 0.02)), generator.uniform(0.005, 0.05), code=str(index)) for index in range(4)]
        for one in make_findings(several, None, PROVEN):
            assert (one.outcome == "no difference shown") == ((one.adjusted_p or 0) > 0.05)


def test_accuracies_that_differ_are_a_claim_for_the_more_accurate_one() -> None:
    found = only(make_findings([], accuracy(difference=100, jitter=3), PROVEN))
    assert found.outcome == "claim"
    assert found.sentence.startswith("PyTorch classified 1.00 percentage points more of the test images correctly [0.7")
    back = only(make_findings([], accuracy(difference=-100, jitter=3), PROVEN))
    assert back.sentence.startswith("TensorFlow classified 1.00 percentage points more")


def test_accuracies_within_the_margin_are_equivalent_even_where_they_differ() -> None:
    found = only(make_findings([], accuracy(difference=3, images=100_000, wrong=2000, jitter=1), PROVEN))
    assert found.outcome == "equivalent"
    assert readable(found.sentence).startswith(
        "equivalent within ±0.2 percentage points, a margin declared beforehand (PyTorch - TensorFlow = +0.003 ["
    )
    assert found.interval is not None
    assert -0.002 < found.interval.low <= found.interval.high < 0.002


def test_accuracies_that_scatter_too_much_show_nothing() -> None:
    found = only(make_findings([], accuracy(difference=3, images=1000, wrong=50, jitter=10), PROVEN))
    assert found.outcome == "no difference shown"
    assert readable(found.sentence).endswith("percentage points would probably have been seen")


@pytest.mark.filterwarnings("error")
def test_one_block_has_no_scatter_and_says_so_without_a_warning() -> None:
    found = only(make_findings([times(n=1)], None, PROVEN))
    assert found.minimal_detectable_effect is None


def test_one_block_has_a_difference_and_no_interval() -> None:
    found = only(make_findings([], accuracy(difference=100, n=1), PROVEN))
    assert (found.outcome, found.interval) == ("suppressed", None)
    assert found.difference == pytest.approx(0.01)


def test_findings_are_named_once() -> None:
    found = make_findings([times(), times(code="cold_start", primary=False)], accuracy(jitter=3), PROVEN)
    assert len({one.code for one in found}) == len(found)


def test_p_values_of_a_suite_are_adjusted_over_the_claims_of_all_its_workloads() -> None:
    # Two workloads with two comparisons each, of which one is suppressed: a family of three.
    first = Comparisons(times=[times(1.02), times(1.015, code="cold_start", metric="cold_start", primary=False)], accuracy=None, parity=PROVEN)
    second = Comparisons(times=[times(1.01), times(2.0, n=3, code="latency", metric="latency", primary=False)], accuracy=None, parity=PROVEN)
    (one, other), (third, suppressed) = make_joint_findings([first, second])
    raw = [finding.p_value for finding in (one, other, third)]
    assert raw == sorted(raw)
    assert suppressed.adjusted_p is None
    expected = [min(1.0, 3 * raw[0]), min(1.0, 2 * raw[1]), raw[2]]
    assert [finding.adjusted_p for finding in (one, other, third)] == pytest.approx(np.maximum.accumulate(expected))
    alone = make_findings(first.times, None, PROVEN)
    assert alone[0].adjusted_p == pytest.approx(2 * raw[0])
    assert one.interval.high - one.interval.low > alone[0].interval.high - alone[0].interval.low


def test_the_order_of_the_workloads_does_not_matter() -> None:
    suite = [
        Comparisons(times=[times(ratio)], accuracy=accuracy(difference, jitter=5), parity=PROVEN)
        for ratio, difference in ((1.2, 0), (1.01, 40), (0.9, 90))
    ]
    forth = make_joint_findings(suite)
    assert make_joint_findings(suite[::-1]) == forth[::-1]
