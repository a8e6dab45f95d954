"""What a name of the author's text stands for, and what all makers of such names share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analysis.interval import Interval
from reportgen.analysis.results import Summary
from reportgen.report.format import duration, number, significant

#: Digits of a ratio: two decimals, and one where it is so large.
LARGE_RATIO = 10


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value by name: ``text`` is what is printed, ``meaning`` says what it is, with the unit where the text has none."""

    text: str
    meaning: str


Named = Iterator[tuple[str, Value]]


def in_name(title: str) -> str:
    """Return a title as a part of a name: small letters and digits, with underscores between words. ``tf.function`` is ``tf_function``."""
    return re.sub(r"[^a-z0-9]+", "_", title.lower().replace("\u00d7", "x")).strip("_")


def times(name: str, label: str, summary: Summary | None) -> Named:
    """Yield the median of seconds; nothing where they were not measured."""
    if summary is not None:
        yield name, Value(text=duration(summary.median), meaning=f"{label}, median")


def speedup(name: str, label: str, ratio: float | None, interval: Interval | None) -> Named:
    """Yield how many times faster something is, with the digits of the tables: of three figures where there is no interval."""
    if ratio is None:
        return
    if interval is None:
        yield name, Value(text=significant(ratio), meaning=label)
        return
    digits = 2 if ratio < LARGE_RATIO else 1
    yield name, Value(text=number(ratio, digits), meaning=label)
    yield f"{name}.low", Value(text=number(interval.low, digits), meaning="lower end of its 95\u202f% interval")
    yield f"{name}.high", Value(text=number(interval.high, digits), meaning="upper end of its 95\u202f% interval")
