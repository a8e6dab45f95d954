from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from reportgen.runner.phases import PhaseClock, peak_memory_bytes, reset_peak_memory, seconds_since, stamp

CAN_RESET = sys.platform == "linux" and Path("/proc/self/clear_refs").exists()


def test_a_phase_is_announced_before_it_begins_and_entered_after_it_ended() -> None:
    happened: list[str] = []
    clock = PhaseClock(announce=lambda name: happened.append(f"announce {name}"))
    with clock.phase("data"):
        happened.append(f"body, {len(clock.phases)} entered")
    assert happened == ["announce data", "body, 0 entered"]
    assert [phase.name for phase in clock.phases] == ["data"]


def test_sleeping_costs_wall_time_and_no_processor_time() -> None:
    clock = PhaseClock(announce=lambda name: None)
    with clock.phase("sleep"):
        time.sleep(0.2)
    (phase,) = clock.phases
    assert phase.wall_s >= 0.19
    assert phase.cpu_s < phase.wall_s / 2


def test_working_costs_processor_time() -> None:
    clock = PhaseClock(announce=lambda name: None)
    with clock.phase("work"):
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass
    assert clock.phases[0].cpu_s >= 0.1


def test_a_phase_that_breaks_off_is_no_phase() -> None:
    clock = PhaseClock(announce=lambda name: None)
    with pytest.raises(RuntimeError), clock.phase("data"):
        raise RuntimeError
    assert clock.phases == []


def test_phases_keep_their_order_and_clocks_that_step_back_give_no_negative_time() -> None:
    clock = PhaseClock(announce=lambda name: None)
    clock.add("start", -0.5, -0.1)
    clock.add("later", 1.0, 2.0, 3)
    assert [(phase.name, phase.wall_s, phase.cpu_s, phase.peak_memory_bytes) for phase in clock.phases] == [
        ("start", 0.0, 0.0, None),
        ("later", 1.0, 2.0, 3),
    ]


def test_seconds_since_a_moment_of_another_process() -> None:
    assert seconds_since(time.time() - 5) == pytest.approx(5, abs=1)


def test_stamps_do_not_go_back() -> None:
    first, second = stamp(), stamp()
    assert second.wall_s >= first.wall_s
    assert second.cpu_s >= first.cpu_s


def test_peak_memory_is_that_of_a_python_process_in_bytes() -> None:
    found = peak_memory_bytes()
    assert found is not None
    assert 2**22 < found < 2**40


@pytest.mark.skipif(not CAN_RESET, reason="only Linux can begin a new peak")
def test_a_large_array_shows_in_its_own_phase_and_not_in_the_next() -> None:
    clock = PhaseClock(announce=lambda name: None)
    with clock.phase("large"):
        block = bytearray(2**28)
        block[::4096] = b"x" * len(block[::4096])
        del block
    with clock.phase("small"):
        pass
    large, small = (phase.peak_memory_bytes for phase in clock.phases)
    assert large is not None and small is not None
    assert large - small > 2**27


def test_without_the_kernels_file_the_peak_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has neither file nor resource module")
    expected = peak_memory_bytes()

    def missing(self: Path, *args: object, **options: object) -> str:
        raise FileNotFoundError(self)

    monkeypatch.setattr(Path, "read_text", missing)
    found = peak_memory_bytes()
    assert found is not None and expected is not None
    # Not reset between phases, so at least as large, and of the same unit.
    assert expected * 0.9 < found < expected * 1000


def test_resetting_where_it_is_not_allowed_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path, *args: object) -> int:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "write_text", forbidden)
    reset_peak_memory()
