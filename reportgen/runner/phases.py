"""Measuring the phases of a process's life: wall time, processor time and peak memory of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.records import Phase
from reportgen.runner.device import Device, Processor


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A moment: wall clock and processor time of the process (user + system, all threads), both in seconds."""

    wall_s: float
    cpu_s: float


def stamp() -> Stamp:
    """Return the present moment."""
    return Stamp(wall_s=time.perf_counter(), cpu_s=time.process_time())


class PhaseClock:
    """Collects phases in the order in which they happen; ``announce`` is called with the name of each as it begins.

    ``device`` is what every stamp waits for: the CPU, until a program says where it computes.
    """

    def __init__(self, announce: Callable[[str], None]) -> None:
        self.phases: list[Phase] = []
        self.device: Device = Processor()
        self._announce = announce

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure the body of a ``with`` statement."""
        self._announce(name)
        self.reset_peaks()
        begin = stamp()
        yield
        self.device.synchronise()
        end = stamp()
        self.add(name, end.wall_s - begin.wall_s, end.cpu_s - begin.cpu_s, peak_memory_bytes(), self.device.peak_memory_bytes())

    def reset_peaks(self) -> None:
        """Begin new peaks of memory, of the process and of the device."""
        reset_peak_memory()
        self.device.reset_peak_memory()

    def add(self, name: str, wall_s: float, cpu_s: float, memory_bytes: int | None = None, device_memory_bytes: int | None = None) -> None:
        """Add a phase that was measured elsewhere."""
        self.phases.append(
            Phase(
                name=name,
                wall_s=max(0.0, wall_s),
                cpu_s=max(0.0, cpu_s),
                peak_memory_bytes=memory_bytes,
                peak_device_memory_bytes=device_memory_bytes,
            )
        )


def seconds_since(moment: float) -> float:
    """Return the seconds since ``moment``, a value of ``time.time`` in another process."""
    return time.time() - moment


def reset_peak_memory() -> None:
    """Begin a new peak, where the kernel can (Linux): 5 resets the high-water mark of the resident set."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_memory_bytes() -> int | None:
    """Return the peak resident memory in bytes: since the last reset on Linux, of the whole process elsewhere; ``None`` where it is unknown."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    # macOS counts bytes, the other systems kibibytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
