"""The table's arithmetic, on made-up outcomes."""

import pytest

from benchmarks.arithmetic import Limit
from benchmarks.outcome import Laps, Outcome
from benchmarks.pairs import Comparison, compare
from benchmarks.table import table


def outcome(epoch_s: float, compile_s: float = 0.0) -> Outcome:
    return Outcome(
        epochs=Laps(wall_s=[90.0, epoch_s, epoch_s], cpu_s=[80.0, epoch_s / 2, epoch_s / 2]),
        inference=Laps(wall_s=[9.0, epoch_s / 10], cpu_s=[9.0, epoch_s / 20]),
        accuracy=0.97,
        compile_s=compile_s,
        peak_memory_bytes=1_000_000,
    )


@pytest.fixture
def comparison() -> Comparison:
    pairs = [(outcome(8.0), outcome(2.0, 3.0)), (outcome(12.0), outcome(2.0, 5.0)), (outcome(40.0), outcome(8.0, 4.0))]
    limit = Limit(flops=10**9, products_s=0.01, update_s=0.002, reading_s=0.001, drawing_s=0.0)
    return compare(pairs, workload="mlp", framework="pytorch", mode="compile", images=1600, batch_size=32, limit=limit)


def test_ratios_are_taken_within_pairs_without_the_first_epoch(comparison: Comparison) -> None:
    assert (comparison.training_ratio.low, comparison.training_ratio.middle, comparison.training_ratio.high) == (4.0, 5.0, 6.0)
    assert comparison.inference_ratio.middle == pytest.approx(5.0)
    assert comparison.training_cpu_ratio.middle == pytest.approx(5.0)


def test_distance_is_processor_time_over_arithmetic(comparison: Comparison) -> None:
    assert comparison.limit_s == pytest.approx(50 * 0.012)
    assert comparison.distance == pytest.approx(1.0 / 0.6)


def test_parts_add_up_to_the_epoch(comparison: Comparison) -> None:
    shares = comparison.shares()
    assert sum(shares.values()) == pytest.approx(comparison.tuned.epoch_cpu_s.middle)
    assert shares["products"] == pytest.approx(0.5)
    assert comparison.limit.gflops == pytest.approx(100)


def test_table_has_two_lines_for_a_comparison_and_says_where_time_goes(comparison: Comparison) -> None:
    lines = table([comparison]).splitlines()
    assert "baseline" in lines[2] and "12.00 (8.00 to 40.00)" in lines[2]
    assert "compile" in lines[3] and "5.0x (4.0 to 6.0)" in lines[3] and lines[3].endswith("1.67")
    assert "products 0.500" in lines[-1] and "dropout" not in lines[-1]
