"""What a clock must know of the device that a program computes on.

A graphics processor takes orders and works them off later: whoever stamps the time must wait for it first, or measures only how fast orders were
given.
"""

from __future__ import annotations

from typing import Protocol


class Device(Protocol):
    """A device as the clocks see it; each framework brings one for its accelerator."""

    def synchronise(self) -> None:
        """Return when everything that was ordered is done."""

    def reset_peak_memory(self) -> None:
        """Begin a new peak of the device's memory."""

    def peak_memory_bytes(self) -> int | None:
        """Return the peak of the device's memory in use since the last reset, or ``None`` where there is no such device or no telling."""


class Processor:
    """The CPU: an operation is done when its call returns, and its memory is that of the process."""

    def synchronise(self) -> None:
        """There is nothing to wait for."""

    def reset_peak_memory(self) -> None:
        """The clock itself begins a new peak of the process's memory."""

    def peak_memory_bytes(self) -> int | None:
        """There is no memory beside that of the process."""
        return None
