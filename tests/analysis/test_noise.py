from __future__ import annotations

import pytest
from builders import make_calibration

from reportgen.analysis.log_ratios import log_differences, ratio_interval
from reportgen.analysis.noise import LEAST_FLOOR, bound, noise_floor
from reportgen.records import Hardware, hardware_key

BOTH = ("tensorflow", "pytorch")
QUIET = [(10.0, 10.0 * factor) for factor in (1.001, 0.999, 1.002, 0.998, 1.0, 1.001)]
LOUD = [(10.0, 10.0 * factor) for factor in (1.10, 0.95, 1.07, 0.97, 1.02, 1.08)]


def test_without_a_calibration_two_per_cent_are_assumed_and_said_to_be() -> None:
    found = noise_floor(None, BOTH, "training_time")
    assert (found.value, found.calibrated) == (0.02, False)
    assert "not calibrated on this machine" in found.source


def test_a_quiet_machine_does_not_go_below_the_least() -> None:
    found = noise_floor(make_calibration(tensorflow=QUIET, pytorch=QUIET), BOTH, "training_time")
    assert (found.value, found.calibrated) == (LEAST_FLOOR, True)
    assert "gave 0." in found.source


def test_the_noisier_framework_sets_the_floor_by_the_far_end_of_its_interval() -> None:
    calibration = make_calibration(tensorflow=QUIET, pytorch=LOUD)
    found = noise_floor(calibration, BOTH, "training_time")
    interval = ratio_interval(log_differences([a for a, _ in LOUD], [b for _, b in LOUD]))
    assert found.value == pytest.approx(max(interval.high, 1 / interval.low) - 1)
    assert found.calibrated
    assert "6 blocks" in found.source
    assert noise_floor(calibration, ("tensorflow",), "training_time").value == LEAST_FLOOR


def test_the_bound_is_alike_for_slow_and_for_fast() -> None:
    turned = [(b, a) for a, b in LOUD]
    forth, back = make_calibration(tensorflow=LOUD), make_calibration(tensorflow=turned)
    assert bound(forth, "tensorflow", "training_time") == pytest.approx(bound(back, "tensorflow", "training_time"))


def test_fewer_blocks_raise_the_floor() -> None:
    two, six = (bound(make_calibration(tensorflow=LOUD[:n]), "tensorflow", "training_time") for n in (2, 6))
    assert two is not None and six is not None
    assert two > six


@pytest.mark.parametrize("metric", ["export_latency", "no such metric"])
def test_what_the_calibration_did_not_measure_is_not_calibrated(metric: str) -> None:
    assert not noise_floor(make_calibration(tensorflow=LOUD, pytorch=LOUD), BOTH, metric).calibrated


def test_a_framework_or_a_second_block_that_is_missing_leaves_it_uncalibrated() -> None:
    assert not noise_floor(make_calibration(tensorflow=LOUD), BOTH, "training_time").calibrated
    assert not noise_floor(make_calibration(tensorflow=LOUD[:1]), ("tensorflow",), "training_time").calibrated


def hardware(**changes: object) -> Hardware:
    fields = {"cpu_model": "Example", "usable_cpus": 2, "memory_bytes": 2**33, "devices": (), "architecture": "x86_64"}
    return Hardware.model_validate(fields | changes)


@pytest.mark.parametrize("change", [{"cpu_model": "Other"}, {"usable_cpus": 4}, {"memory_bytes": 2**34}, {"devices": ("GPU",)}])
def test_another_machine_has_another_key(change: dict[str, object]) -> None:
    assert hardware_key(hardware(**change)) != hardware_key(hardware())


def test_what_a_kernel_keeps_for_itself_is_no_other_machine() -> None:
    assert hardware_key(hardware(memory_bytes=2**33 - 40 * 2**20)) == hardware_key(hardware())
    assert len(hardware_key(hardware())) == 16
