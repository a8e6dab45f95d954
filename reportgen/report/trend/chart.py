"""One chart of a metric over nights, as SVG inside the page: no script, no file of its own, and the colours of the page.

Drawn by hand and not by a plotting library: a page has dozens of charts, and each night of each chart is to show its values when pointed at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from reportgen.analysis.history.sentences import shown
from reportgen.analysis.history.shown import CellTrend, MarkKind, SoftwareChange, TrendPoint
from reportgen.language import gettext, marked
from reportgen.report.format import bounds, plural
from reportgen.report.format import date as day

# In the units of the drawing, which the page scales to its column.
WIDTH, HEIGHT = 720.0, 210.0
LEFT, RIGHT, TOP, BOTTOM = 74.0, 10.0, 20.0, 24.0
# The share of the width that older nights, drawn in groups, may take.
GROUPS_SHARE = 0.25
# Room above and below the values, as a share of their range.
PADDING = 0.08
TICKS = 4
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
#: How a mark is drawn and called: never by its colour alone.
MARKS: dict[MarkKind, tuple[str, str]] = {
    "regression": ("\u25b2", marked("confirmed regression")),
    "flagged": ("\u25b3", marked("flagged")),
    "recovery": ("\u25bc", marked("recovery")),
    "improvement": ("\u25bd", marked("improvement")),
}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where values lie in the drawing: seconds since 1970 and values at the edges, and where the drawing of single nights begins."""

    first_s: float
    last_s: float
    old_first_s: float
    low: float
    high: float
    split: float

    def x(self, moment_s: float) -> float:
        """Return where a moment lies, among single nights or among groups."""
        if moment_s < self.first_s:
            return LEFT + (self.split - LEFT) * share(moment_s, self.old_first_s, self.first_s)
        return self.split + (WIDTH - RIGHT - self.split) * share(moment_s, self.first_s, self.last_s)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share(value, self.low, self.high)


def share(value: float, low: float, high: float) -> float:
    """Return where ``value`` lies between two others, from 0 to 1; in the middle where they are one."""
    return (value - low) / (high - low) if high > low else 0.5


def seconds(at: str) -> float:
    """Return a moment in seconds since 1970."""
    return datetime.fromisoformat(at).timestamp()


def frame_of(trend: CellTrend) -> Frame:
    """Return the frame that holds everything of a trend."""
    points, groups = trend.points, trend.groups
    values = [value for point in points for value in (point.centre, point.low, point.high, point.again) if value is not None]
    values += [value for group in groups for value in (group.low, group.high)]
    low, high = min(values), max(values)
    # A metric that never moved still needs a height, and a scale that would magnify its rounding says nothing.
    room = max((high - low) * PADDING, abs(high) * 0.01)
    moments = [seconds(point.at) for point in points]
    inner = WIDTH - LEFT - RIGHT
    return Frame(
        first_s=moments[0],
        last_s=moments[-1],
        old_first_s=seconds(groups[0].first_at) if groups else moments[0],
        low=low - room,
        high=high + room,
        split=LEFT + inner * GROUPS_SHARE if groups else LEFT,
    )


def chart(trend: CellTrend, changes: Sequence[tuple[str, SoftwareChange]], label: str) -> Markup:
    """Return the drawing of a trend; ``changes`` are those of the software with the letter that each has below the chart."""
    frame = frame_of(trend)
    parts = [*axis(trend, frame), *dates(trend, frame), *software(frame, changes), *older(trend, frame), *levels(trend, frame), *nights(trend, frame)]
    # Every text in it is escaped where it is made.
    inside = "".join(parts)
    return Markup(f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(label)}">{inside}</svg>')


def ticks(low: float, high: float) -> list[float]:
    """Return some round values between two others."""
    rough = (high - low) / TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in NICE if nice * power >= rough * 0.999)
    return [index * step for index in range(math.ceil(low / step), math.floor(high / step) + 1)]


def axis(trend: CellTrend, frame: Frame) -> Iterable[str]:
    """Yield the rules at round values, with these."""
    for value in ticks(frame.low, frame.high):
        y = frame.y(value)
        yield f'<path class="rule" d="M{LEFT:g} {y:.1f}H{WIDTH - RIGHT:g}"/>'
        yield f'<text class="tick" x="{LEFT - 6:g}" y="{y + 3.5:.1f}" text-anchor="end">{escape(shown(trend.kind, value))}</text>'


def dates(trend: CellTrend, frame: Frame) -> Iterable[str]:
    """Yield the first and the last day, and where single nights begin."""
    y = HEIGHT - 6
    first, last = trend.groups[0].first_at if trend.groups else trend.points[0].at, trend.points[-1].at
    # Nights of one day, for a trial of all this, are told apart by the time.
    told = clock if first[:10] == last[:10] else day
    yield f'<text class="tick" x="{LEFT:g}" y="{y:g}">{told(first)}</text>'
    yield f'<text class="tick" x="{WIDTH - RIGHT:g}" y="{y:g}" text-anchor="end">{told(last)}</text>'
    if trend.groups:
        yield f'<path class="split" d="M{frame.split:.1f} {TOP:g}V{HEIGHT - BOTTOM:g}"/>'
        yield f'<text class="tick" x="{frame.split:.1f}" y="{y:g}" text-anchor="middle">{day(trend.points[0].at)}</text>'


def software(frame: Frame, changes: Sequence[tuple[str, SoftwareChange]]) -> Iterable[str]:
    """Yield a line with a letter where the software changed."""
    for letter, change in changes:
        moment = seconds(change.at)
        if frame.first_s <= moment <= frame.last_s:
            x = frame.x(moment)
            yield f'<g class="change"><title>{escape(f"{day(change.at)}: {change.text}")}</title>'
            yield f'<path d="M{x:.1f} {TOP:g}V{HEIGHT - BOTTOM:g}"/><text x="{x:.1f}" y="{TOP - 7:g}" text-anchor="middle">{letter}</text></g>'


def older(trend: CellTrend, frame: Frame) -> Iterable[str]:
    """Yield older nights: the range of each group, and its median."""
    for group in trend.groups:
        first, last = frame.x(seconds(group.first_at)), frame.x(seconds(group.last_at))
        width = max(last - first, 2.0)
        text = gettext(
            "{first} to {last}, {nights}: median {median}",
            first=day(group.first_at),
            last=day(group.last_at),
            nights=plural(group.count, "night"),
            median=shown(trend.kind, group.centre),
        )
        top, bottom, middle = frame.y(group.high), frame.y(group.low), frame.y(group.centre)
        yield f'<g class="group"><title>{escape(text)}</title>'
        yield f'<rect x="{first:.1f}" y="{top:.1f}" width="{width:.1f}" height="{max(bottom - top, 0.5):.1f}"/>'
        yield f'<path d="M{first:.1f} {middle:.1f}h{width:.1f}"/></g>'


def levels(trend: CellTrend, frame: Frame) -> Iterable[str]:
    """Yield the step line."""
    line = ""
    for level in trend.levels:
        first, last = (frame.x(seconds(trend.points[index].at)) for index in (level.first, level.last))
        y = frame.y(level.level)
        line += f"H{first:.1f}V{y:.1f}H{last:.1f}" if line else f"M{first:.1f} {y:.1f}H{last:.1f}"
    yield f'<path class="level" d="{line}"/>'


def nights(trend: CellTrend, frame: Frame) -> Iterable[str]:
    """Yield every night with its interval, and the marks above them."""
    marks = {mark.index: mark.kind for mark in trend.marks}
    moments = [frame.x(seconds(point.at)) for point in trend.points]
    bars = "".join(
        f"M{x:.1f} {frame.y(point.high):.1f}V{frame.y(point.low):.1f}"
        for x, point in zip(moments, trend.points, strict=True)
        if point.low is not None and point.high is not None
    )
    yield f'<path class="interval" d="{bars}"/>'
    for index, (x, point) in enumerate(zip(moments, trend.points, strict=True)):
        y = frame.y(point.centre)
        said = night_text(trend, point, marks.get(index))
        title = escape(said)
        yield f'<circle class="night" cx="{x:.1f}" cy="{y:.1f}" r="2.4"><title>{title}</title></circle>'
        if point.again is not None:
            repeated = escape(gettext("measured again: {night}", night=said))
            yield f'<circle class="again" cx="{x:.1f}" cy="{frame.y(point.again):.1f}" r="3.6"><title>{repeated}</title></circle>'
        if index in marks:
            sign, _ = MARKS[marks[index]]
            yield f'<text class="mark {marks[index]}" x="{x:.1f}" y="{max(y - 7, 16):.1f}" text-anchor="middle"><title>{title}</title>{sign}</text>'


def night_text(trend: CellTrend, point: TrendPoint, mark: MarkKind | None) -> str:
    """Return what a night shows when pointed at."""
    return f"{moment(point.at)}: {value_text(trend, point)}{f'; {gettext(MARKS[mark][1])}' if mark else ''}"


def clock(at: str) -> str:
    """Return the time of day of an ISO 8601 timestamp."""
    return at[11:16]


def moment(at: str) -> str:
    """Return day and time of an ISO 8601 timestamp."""
    return f"{day(at)} {clock(at)}"


def value_text(trend: CellTrend, point: TrendPoint) -> str:
    """Return a night's value with its interval and n."""
    interval = "" if point.low is None or point.high is None else f" {bounds(shown(trend.kind, point.low), shown(trend.kind, point.high))}"
    again = "" if point.again is None else gettext(", measured again {value}", value=shown(trend.kind, point.again))
    return f"{shown(trend.kind, point.centre)}{interval}, n = {point.n}{again}"
