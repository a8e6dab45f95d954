"""A confidence interval, in a module of its own because both the results and the claims that are made from them hold some."""

from __future__ import annotations

from reportgen.records import Record


class Interval(Record):
    """A confidence interval, with the method that made it; ``level`` is the confidence that it really has (at least the nominal one)."""

    low: float
    high: float
    level: float
    method: str
