"""The stopwatch, with a clock that the test moves by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from reportgen.records import Epoch
from reportgen.runner import phases, stopwatch
from reportgen.runner.phases import PhaseClock, Stamp
from reportgen.runner.stopwatch import Stopwatch


class HandClock:
    """Wall and processor time that pass only when told."""

    def __init__(self) -> None:
        self.wall_s = 100.0
        self.cpu_s = 10.0

    def wait(self, wall_s: float, cpu_s: float = 0.0) -> None:
        self.wall_s += wall_s
        self.cpu_s += cpu_s

    def stamp(self) -> Stamp:
        return Stamp(wall_s=self.wall_s, cpu_s=self.cpu_s)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    hand = HandClock()
    monkeypatch.setattr(stopwatch, "stamp", hand.stamp)
    monkeypatch.setattr(time, "perf_counter", lambda: hand.wall_s)
    return hand


def one_epoch(watch: Stopwatch, clock: HandClock, train_s: float, validation_s: float) -> None:
    watch.epoch_begins()
    clock.wait(train_s / 4, train_s / 2)
    watch.step_ends()
    clock.wait(3 * train_s / 4, 3 * train_s / 2)
    watch.training_ends()
    clock.wait(validation_s, validation_s)
    watch.validation_ends(0.5, 0.75, 0.25, 0.875)


def test_training_and_validation_are_timed_apart_and_scores_go_where_they_belong(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    one_epoch(watch, clock, 4.0, 1.0)
    (epoch,) = watch.epochs
    assert (epoch.index, epoch.train_s, epoch.validation_s, epoch.data_s) == (1, 4.0, 1.0, None)
    assert (epoch.train_loss, epoch.train_accuracy, epoch.validation_loss, epoch.validation_accuracy) == (0.5, 0.75, 0.25, 0.875)


def test_what_happens_between_epochs_is_in_no_epoch(clock: HandClock) -> None:
    def slow(epoch: Epoch) -> None:
        clock.wait(1000.0, 1000.0)

    watch = Stopwatch(on_epoch=slow)
    clock.wait(50.0)
    one_epoch(watch, clock, 4.0, 1.0)
    one_epoch(watch, clock, 8.0, 2.0)
    assert [(epoch.index, epoch.train_s, epoch.validation_s) for epoch in watch.epochs] == [(1, 4.0, 1.0), (2, 8.0, 2.0)]


def test_only_the_very_first_step_is_recorded(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    one_epoch(watch, clock, 4.0, 1.0)
    first = watch.first_step
    one_epoch(watch, clock, 40.0, 1.0)
    assert first is watch.first_step
    assert first is not None
    assert first[1].wall_s - first[0].wall_s == 1.0


def test_the_phases_split_the_training_without_overlap_or_gap(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopwatch, "peak_memory_bytes", lambda: 12345)
    watch = Stopwatch(on_epoch=lambda epoch: clock.wait(7.0, 7.0))
    one_epoch(watch, clock, 4.0, 1.0)
    one_epoch(watch, clock, 8.0, 2.0)
    phase_clock = PhaseClock(announce=lambda name: None)
    watch.enter_phases(phase_clock)
    assert [(phase.name, phase.wall_s, phase.cpu_s, phase.peak_memory_bytes) for phase in phase_clock.phases] == [
        ("first step", 1.0, 2.0, None),
        ("training", 11.0, 22.0, 12345),
        ("validation", 3.0, 3.0, None),
    ]


def test_a_program_that_shows_no_first_step_still_has_its_training(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    watch.epoch_begins()
    clock.wait(4.0, 4.0)
    watch.training_ends()
    watch.validation_ends(0, 0, 0, 0)
    phase_clock = PhaseClock(announce=lambda name: None)
    watch.enter_phases(phase_clock)
    assert [phase.wall_s for phase in phase_clock.phases] == [0.0, 4.0, 0.0]


def test_waiting_for_batches_is_data_time_and_working_on_them_is_not(clock: HandClock) -> None:
    def loader() -> Iterator[int]:
        for batch in range(3):
            clock.wait(0.5)
            yield batch
        clock.wait(0.25)  # Finding out that there is no more is waiting too.

    watch = Stopwatch(on_epoch=lambda epoch: None)
    seen = []
    for _ in range(2):
        watch.epoch_begins()
        for batch in watch.batches(loader()):
            seen.append(batch)
            clock.wait(10.0)
        watch.training_ends()
        watch.validation_ends(0, 0, 0, 0)
    assert seen == [0, 1, 2] * 2
    assert [(epoch.train_s, epoch.data_s) for epoch in watch.epochs] == [(31.75, 1.75)] * 2


def test_the_data_time_of_one_epoch_is_not_carried_into_the_next(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    watch.epoch_begins()
    list(watch.batches([1, 2]))
    watch.training_ends()
    watch.validation_ends(0, 0, 0, 0)
    one_epoch(watch, clock, 4.0, 1.0)
    assert [epoch.data_s for epoch in watch.epochs] == [0.0, None]


def test_an_epoch_is_told_as_soon_as_it_is_over(clock: HandClock) -> None:
    told: list[Epoch] = []
    watch = Stopwatch(on_epoch=told.append)
    one_epoch(watch, clock, 4.0, 1.0)
    assert told == watch.epochs


def test_real_time_passes() -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    watch.epoch_begins()
    before = phases.stamp()
    while phases.stamp().cpu_s - before.cpu_s < 0.01:
        pass
    watch.training_ends()
    watch.validation_ends(0, 0, 0, 0)
    assert watch.epochs[0].train_s >= 0.005


def test_what_is_compiled_ahead_is_a_phase_of_its_own_and_no_part_of_the_training(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    with watch.compiling():
        clock.wait(7.0, 3.0)
    one_epoch(watch, clock, 4.0, 1.0)
    found = PhaseClock(announce=lambda name: None)
    watch.enter_phases(found)
    assert [(phase.name, phase.wall_s, phase.cpu_s) for phase in found.phases] == [
        ("compile", 7.0, 3.0),
        ("first step", 1.0, 2.0),
        ("training", 3.0, 6.0),
        ("validation", 1.0, 1.0),
    ]


def test_a_program_that_takes_many_steps_in_one_call_takes_the_very_first_alone(clock: HandClock) -> None:
    watch = Stopwatch(on_epoch=lambda epoch: None)
    taken = []
    for _ in range(2):
        watch.epoch_begins()
        for first, end in watch.stretches(5):
            taken.append((first, end))
            clock.wait(end - first)
        watch.training_ends()
        watch.validation_ends(0.5, 0.75, 0.25, 0.875)
    assert taken == [(0, 1), (1, 5), (0, 5)]
    assert watch.first_step is not None
    begin, end = watch.first_step
    assert end.wall_s - begin.wall_s == 1.0
    assert [epoch.train_s for epoch in watch.epochs] == [5.0, 5.0]
