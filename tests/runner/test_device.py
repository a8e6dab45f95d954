"""Clocks wait for the device before they stamp, and read its memory; the device here is made up, since no test needs a GPU."""

from __future__ import annotations

import pytest

from reportgen.runner import phases, stopwatch
from reportgen.runner.device import Processor
from reportgen.runner.phases import PhaseClock, Stamp
from reportgen.runner.stopwatch import Stopwatch


class MadeUp:
    """A device with a second of work always waiting, on a clock that nothing else moves."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.peak: int | None = 0

    def synchronise(self) -> None:
        self.now_s += 1.0

    def reset_peak_memory(self) -> None:
        self.peak = 5

    def peak_memory_bytes(self) -> int | None:
        return self.peak

    def stamp(self) -> Stamp:
        return Stamp(wall_s=self.now_s, cpu_s=0.0)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    made_up = MadeUp()
    monkeypatch.setattr(phases, "stamp", made_up.stamp)
    monkeypatch.setattr(stopwatch, "stamp", made_up.stamp)
    return made_up


def test_a_phase_lasts_until_the_device_is_done(device: MadeUp) -> None:
    clock = PhaseClock(announce=lambda name: None)
    clock.device = device
    with clock.phase("evaluation"):
        pass
    assert clock.phases[0].wall_s == 1.0


def test_a_phase_has_the_peak_of_the_device_since_it_began(device: MadeUp) -> None:
    clock = PhaseClock(announce=lambda name: None)
    clock.device = device
    with clock.phase("evaluation"):
        assert device.peak == 5
        device.peak = 7
    assert clock.phases[0].peak_device_memory_bytes == 7


def test_every_border_of_an_epoch_waits_for_the_device(device: MadeUp) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None, device=device)
    watch.epoch_begins()
    watch.step_ends()
    watch.training_ends()
    watch.validation_ends(0.5, 0.5, 0.5, 0.5)
    (epoch,) = watch.epochs
    assert (epoch.train_s, epoch.validation_s) == (2.0, 1.0)


def test_later_steps_are_not_waited_for(device: MadeUp) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None, device=device)
    watch.epoch_begins()
    watch.step_ends()
    before = device.now_s
    watch.step_ends()
    assert device.now_s == before


def test_training_has_the_peak_of_the_device(device: MadeUp) -> None:
    clock = PhaseClock(announce=lambda name: None)
    watch = Stopwatch(on_epoch=lambda epoch: None, device=device)
    watch.epoch_begins()
    watch.step_ends()
    watch.training_ends()
    watch.validation_ends(0.5, 0.5, 0.5, 0.5)
    device.peak = 9
    watch.enter_phases(clock)
    assert [phase.peak_device_memory_bytes for phase in clock.phases if phase.name == "training"] == [9]


def test_the_processor_has_no_memory_of_its_own() -> None:
    clock = PhaseClock(announce=lambda name: None)
    with clock.phase("data"):
        pass
    assert clock.phases[0].peak_device_memory_bytes is None
    assert Processor().peak_memory_bytes() is None
