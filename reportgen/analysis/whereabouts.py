"""What is said about where the time of a training epoch goes."""

from __future__ import annotations

from reportgen.records import Record


class EpochPart(Record):
    """A part of a framework's training epoch: median seconds, found as the difference of two kinds of passes, and the share of the epoch.

    A difference below zero says that the part is smaller than what the passes scatter; it is kept as it was found.
    """

    name: str
    seconds: float
    share: float


class EpochProfile(Record):
    """Where the time of one framework's training epoch goes, from a profile that enters no timing; ``epoch_s`` is the whole, in seconds."""

    framework: str
    epoch_s: float
    rounds: int
    parts: tuple[EpochPart, ...]
