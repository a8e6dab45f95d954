"""Values of a comparison as they are printed: each in the unit of its metric, and what became of it from one run to the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reportgen.analysis.across.compare import FILE_SIZE
from reportgen.analysis.across.outcome import ComparedMetric
from reportgen.analysis.claims import Finding
from reportgen.analysis.interval import Interval
from reportgen.analysis.results import Summary
from reportgen.analysis.wording import bounds, points, ratio_decimals
from reportgen.language import gettext
from reportgen.report.format import DASH, THIN_SPACE, integer, number, signed, significant, size, time_unit
from reportgen.report.format import bounds as pair

ABSENT = DASH
Show = Callable[[float], str]


def shown_as(unit: str, summary: Summary) -> tuple[Show, str]:
    """Return how values of a metric are printed, all in the unit of the largest, and that unit."""
    if unit == "s":
        name, factor = time_unit(summary.values)
        return (lambda value: significant(value * factor)), name
    if unit in ("bytes", FILE_SIZE):
        return size, ""
    if unit == "fraction":
        return (lambda value: number(100 * value, 2)), "%"
    # Pure numbers: a ratio, or an error in the units of the data.
    return partial(significant, digits=4 if unit == "ratio" else 3), ""


def figure_with_interval(summary: Summary | None, unit: str) -> str:
    """Return a median with its interval and its unit, as ``1.23 [1.20, 1.31] s``."""
    if summary is None:
        return ABSENT
    show, name = shown_as(unit, summary)
    between = f" {pair(show(summary.interval.low), show(summary.interval.high))}" if summary.interval else ""
    return f"{show(summary.median)}{between}{THIN_SPACE + name if name else ''}"


def figure(summary: Summary | None, unit: str) -> str:
    """Return a median with its unit."""
    if summary is None:
        return ABSENT
    show, name = shown_as(unit, summary)
    return f"{show(summary.median)}{THIN_SPACE + name if name else ''}"


def change(metric: ComparedMetric, position: int) -> str:
    """Return what became of a metric from the first run to the one at ``position``: a ratio or a difference with its interval."""
    finding = metric.findings[position - 1]
    if finding is not None:
        return effect(finding)
    first, other = metric.summaries[0], metric.summaries[position]
    if first is None or other is None:
        return ABSENT
    return size_change(first.median, other.median) if metric.unit == FILE_SIZE else ABSENT


def effect(finding: Finding) -> str:
    """Return a finding's ratio or difference with its interval."""
    if finding.ratio is not None:
        return with_interval(finding.interval, finding.ratio)
    difference = signed(100 * (finding.difference or 0.0), 2)
    between = f" {points(finding.interval)}" if finding.interval else ""
    return gettext("{difference}\u202fpoints", difference=f"{difference}{between}")


def with_interval(interval: Interval | None, ratio: float) -> str:
    """Return a ratio with as many digits as its interval deserves."""
    if interval is None:
        return f"\u00d7{THIN_SPACE}{significant(ratio)}"
    digits = ratio_decimals(interval)
    return f"\u00d7{THIN_SPACE}{number(ratio, digits)} {bounds(interval, digits)}"


def size_change(first: float, other: float) -> str:
    """Return how the size of a file changed; it does not scatter, so every byte counts."""
    if first == other:
        return gettext("unchanged")
    return f"{'+' if other > first else ''}{integer(round(other - first))}{THIN_SPACE}B ({signed(100 * (other / first - 1), 1)}{THIN_SPACE}%)"
