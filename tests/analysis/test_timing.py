from __future__ import annotations

import numpy as np
import pytest
from builders import epochs, inference_sample, make_training, phases, training_result, training_spec

from reportgen.analysis import timing
from reportgen.records import Phase, TrainingResult


def result(*train_s: float, data_s: float | None = None) -> TrainingResult:
    return training_result(training_spec(), epochs=epochs(*train_s, data_s=data_s))


def test_the_training_time_is_the_sum_of_the_epochs_without_validation() -> None:
    assert timing.training_s(result(3.0, 1.5, 1.5)) == 6.0


def test_the_first_epoch_is_no_part_of_the_steady_time() -> None:
    assert timing.steady_epoch_s(result(100.0, 2.0, 4.0)) == 3.0


def test_an_only_epoch_is_all_there_is() -> None:
    assert timing.steady_epoch_s(result(2.0)) == 2.0


@pytest.mark.parametrize(
    ("train_s", "unsteady"),
    [
        ((9.0,), False),
        ((9.0, 1.0), False),
        ((9.0, 1.0, 1.049), False),
        ((9.0, 1.0, 1.051), True),
        ((9.0, 1.051, 1.0), True),
        ((9.0, 1.0, 1.06), True),
        ((9.0, 1.06, 1.0), True),
        # The odd one in the middle belongs to neither half.
        ((9.0, 1.0, 5.0, 1.0), False),
        ((9.0, 1.0, 1.0, 1.2, 1.2), True),
        # Noise that both halves share is no trend.
        ((9.0, 1.0, 1.4, 1.4, 1.0), False),
    ],
)
def test_steadiness_compares_the_halves_after_the_dropped_epoch(train_s: tuple[float, ...], unsteady: bool) -> None:
    assert timing.is_unsteady(result(*train_s)) is unsteady


def test_data_time_is_unknown_as_soon_as_one_epoch_does_not_show_it() -> None:
    assert timing.data_s(result(1.0, 1.0, data_s=0.25)) == 0.5
    assert timing.data_s(result(1.0, 1.0)) is None
    mixed = (*epochs(1.0, data_s=0.25), *epochs(1.0))
    assert timing.data_s(training_result(training_spec(), epochs=mixed)) is None


def test_waiting_no_time_is_not_the_same_as_not_knowing() -> None:
    assert timing.data_s(result(1.0, data_s=0.0)) == 0.0


def test_cold_start_is_everything_up_to_the_end_of_the_first_step_and_nothing_after() -> None:
    before = phases(start=1.0, **{"import": 2.0}, data=4.0, build=8.0, first_step=16.0)
    parts = before + phases(training=100.0, validation=100.0, evaluation=100.0, export=100.0)
    assert timing.cold_start_s(training_result(training_spec(), phases=parts)) == 31.0


def test_effective_cores_are_processor_time_over_wall_time_of_the_training_alone() -> None:
    parts = (
        Phase(name="import", wall_s=10.0, cpu_s=40.0),
        Phase(name="first step", wall_s=1.0, cpu_s=3.0),
        Phase(name="training", wall_s=3.0, cpu_s=3.0),
        Phase(name="validation", wall_s=10.0, cpu_s=40.0),
    )
    assert timing.effective_cores(training_result(training_spec(), phases=parts)) == 1.5


def test_peak_memory_is_the_largest_of_the_phases_that_know_it() -> None:
    parts = tuple(Phase(name=str(memory), wall_s=1, cpu_s=1, peak_memory_bytes=memory) for memory in (None, 5, 3))
    assert timing.peak_memory_bytes(training_result(training_spec(), phases=parts)) == 5
    assert timing.peak_memory_bytes(training_result(training_spec(), phases=parts[:1])) is None


def test_a_phase_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"block-01-tensorflow has no phase 'flight'"):
        timing.phase(training_result(training_spec()), "flight")


def test_the_line_of_a_trial_repeats_its_order_and_its_times() -> None:
    training = make_training(block=3, framework="pytorch")
    row = timing.trial_row(training.spec, training.result, 0.9, 3.0)
    assert (row.trial, row.block, row.position, row.attempt, row.seed) == ("block-03-pytorch", 3, 1, 1, 3)
    assert (row.training_s, row.steady_epoch_s, row.evaluation_s, row.accuracy) == (6.0, 1.5, 0.5, 0.9)
    assert row.cold_start_s == 3.0
    assert row.effective_cores == pytest.approx(0.5)


def test_latencies_by_hand() -> None:
    sample = inference_sample(latency_s=[float(value) for value in range(1, 102)], test_set_s=(3.0, 1.0, 2.0))
    assert timing.median_latency_s(sample) == 51.0
    assert timing.p95_latency_s(sample) == 96.0
    assert timing.test_set_s(sample) == 2.0


def test_one_slow_pass_does_not_move_the_time_over_the_test_set() -> None:
    assert timing.test_set_s(inference_sample(test_set_s=(1.0, 1.0, 1.0, 1.0, 60.0))) == 1.0


def test_the_percentile_is_interpolated() -> None:
    values = np.random.default_rng(3).exponential(size=1000)
    ordered = np.sort(values)
    place = 0.95 * 999
    expected = ordered[int(place)] + (place - int(place)) * (ordered[int(place) + 1] - ordered[int(place)])
    assert timing.p95_latency_s(inference_sample(latency_s=values.tolist())) == pytest.approx(expected)
