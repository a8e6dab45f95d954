"""Dates as records write them."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the present time in UTC as ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def seconds_between(first: str, second: str) -> float:
    """Return the seconds from one recorded date to another."""
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()
