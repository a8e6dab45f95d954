"""The sentence of each outcome. Nothing else in the program words a comparison, and nothing here says more than its interval does.

The words "same", "equal" and "best", a bare "significant", and causes do not occur: no measurement shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from reportgen.analysis.claims import Finding, Guard, NoiseFloor
from reportgen.analysis.exported import Shipped
from reportgen.analysis.interval import Interval
from reportgen.language import gettext, ngettext
from reportgen.records import Look, StoppingRule
from reportgen.report.format import THIN_SPACE, decimals_for, duration, enumeration, integer, number, signed, size
from reportgen.report.format import bounds as between

TIMES = "\u00d7"
# A ratio to fewer decimals would hide a difference of a per cent; to more, nobody measures it.
RATIO_DECIMALS = (2, 4)
POINT_DECIMALS = (2, 3)
#: A number of blocks, or in words those of two runs.
Count = int | str


def claim(sentence: str, name: str, ratio: float, interval: Interval, n: Count, named: Mapping[str, str]) -> str:
    """Return ``PyTorch trained 1.23x faster [1.15, 1.31], n = 10``; ``ratio`` and ``interval`` are above 1.

    ``sentence`` is a marked one, with the names ``{name}``, ``{ratio}``, ``{interval}`` and ``{n}`` in it, and whatever else is ``named``.
    """
    digits = ratio_decimals(interval)
    return gettext(sentence, name=name, ratio=number(ratio, digits), interval=bounds(interval, digits), n=n, **named)


def within_floor(ratio: float, interval: Interval, floor: NoiseFloor, n: Count) -> str:
    """Return the sentence for a difference that the machine alone could make."""
    digits = ratio_decimals(interval)
    figures = gettext(
        "ratio {ratio} {bounds}, floor {per_cent}, n = {n}",
        ratio=number(ratio, digits),
        bounds=bounds(interval, digits),
        per_cent=per_cent(floor.value),
        n=n,
    )
    return gettext("the difference is within the noise floor ({figures})", figures=figures)


def no_ratio_shown(detectable: float) -> str:
    """Return the sentence for an interval of a ratio that holds "no difference"; ``detectable`` is the minimal detectable effect as a fraction."""
    return gettext("no difference shown; a difference of {detectable} would probably have been seen", detectable=per_cent(detectable))


def no_points_shown(detectable: float) -> str:
    """Return the same for an interval of a difference of fractions."""
    return gettext(
        "no difference shown; a difference of {detectable} percentage points would probably have been seen", detectable=number(100 * detectable, 2)
    )


def more_accurate(name: str, difference: float, interval: Interval, n: Count) -> str:
    """Return the sentence for a difference of accuracies; ``difference`` and ``interval`` are fractions above 0."""
    digits = point_decimals(interval)
    return gettext(
        "{name} classified {difference} percentage points more of the test images correctly {points}, n = {n}",
        name=name,
        difference=number(100 * difference, digits),
        points=points(interval),
        n=n,
    )


def equivalent(first: str, second: str, difference: float, interval: Interval, margin: float, n: Count) -> str:
    """Return the sentence for two accuracies whose difference lies within the margin that was declared beforehand."""
    digits = point_decimals(interval)
    figures = f"{first} \u2212 {second} = {signed(100 * difference, digits)} {points(interval)}"
    return gettext(
        "equivalent within ±{margin} percentage points, a margin declared beforehand ({figures}, n = {n})",
        margin=number(100 * margin, 1),
        figures=figures,
        n=n,
    )


def to_ship(
    framework: str,
    files: int,
    images: int,
    margin: float,
    reduced: Shipped | None,
    exact: Shipped | None,
    quickest: Shipped | None,
    why_none: Literal["not shown", "none made", "not smaller"] = "not shown",
) -> str:
    """Return which of a framework's files one would hand out; ``reduced`` has fewer bits than its source, ``exact`` gives its source's answers.

    Where there is no such ``reduced`` file, ``why_none`` says whether none was made, none was shown to be as good, or none of these is the smaller.
    """
    found = {"files": integer(files), "framework": framework, "margin": number(100 * margin, 1), "images": integer(images)}
    parts = []
    if reduced is not None:
        digits = point_decimals(reduced.interval)
        parts.append(
            ngettext(
                "of the {files} file made with {framework}, the smallest that is shown to lose less than {margin} percentage points of accuracy is "
                "{described}, a change of {difference} {points} on {images} test images",
                "of the {files} files made with {framework}, the smallest that is shown to lose less than {margin} percentage points of accuracy is "
                "{described}, a change of {difference} {points} on {images} test images",
                files,
                described=described(reduced),
                difference=signed(100 * reduced.difference, digits),
                points=points(reduced.interval),
                **found,
            )
        )
    elif why_none == "none made":
        parts.append(
            ngettext(
                "of the {files} file made with {framework}, none has fewer bits than the model",
                "of the {files} files made with {framework}, none has fewer bits than the model",
                files,
                **found,
            )
        )
    elif why_none == "not smaller":
        parts.append(
            ngettext(
                "of the {files} file made with {framework}, none with fewer bits is both shown to lose less than {margin} percentage points of "
                "accuracy on {images} test images and smaller than all in full precision",
                "of the {files} files made with {framework}, none with fewer bits is both shown to lose less than {margin} percentage points of "
                "accuracy on {images} test images and smaller than all in full precision",
                files,
                **found,
            )
        )
    else:
        parts.append(
            ngettext(
                "of the {files} file made with {framework}, none with fewer bits is shown to lose less than {margin} percentage points of accuracy "
                "on {images} test images",
                "of the {files} files made with {framework}, none with fewer bits is shown to lose less than {margin} percentage points of accuracy "
                "on {images} test images",
                files,
                **found,
            )
        )
    if exact is not None:
        parts.append(gettext("the smallest that gives the model's own logits is {described}", described=described(exact)))
    else:
        parts.append(gettext("none gives the model's own logits"))
    if quickest is not None and quickest.format not in [one.format for one in (reduced, exact) if one is not None]:
        parts.append(gettext("of all that are shown to be as good, the lowest latency was measured with {described}", described=described(quickest)))
    return "; ".join(parts)


def described(file: Shipped) -> str:
    """Return a file's title with its size, and its latency as what it is: a description, however many processes it rests on."""
    if file.latency_s is None:
        return f"{file.title} ({size(file.size_bytes)})"
    return ngettext(
        "{title} ({size_bytes}; one image takes {latency_s}, median of {n} process)",
        "{title} ({size_bytes}; one image takes {latency_s}, median of {n} processes)",
        file.n,
        title=file.title,
        size_bytes=size(file.size_bytes),
        latency_s=duration(file.latency_s),
        n=integer(file.n),
    )


def detectable_effect(finding: Finding) -> str | None:
    """Return a finding's minimal detectable effect with its unit, or ``None`` where it has none."""
    if finding.minimal_detectable_effect is None:
        return None
    return percentage_points(finding.minimal_detectable_effect) if finding.ratio is None else per_cent(finding.minimal_detectable_effect - 1)


def no_claim(guards: Iterable[Guard]) -> str:
    """Return ``no claim`` with the reasons of the guards that did not hold."""
    return gettext("no claim: {reasons}", reasons="; ".join(guard.reason for guard in guards if not guard.passed))


def ran_first(title: str, ratio: float, interval: Interval, n: int) -> str:
    """Return the sentence for an effect of the position in a block."""
    digits = ratio_decimals(interval)
    return gettext(
        "{title}: a trial that ran first in its block took {ratio}× {interval} the time of one that ran second, n = {n}",
        title=title,
        ratio=number(ratio, digits),
        interval=bounds(interval, digits),
        n=n,
    )


def stopping(blocks: int, rule: StoppingRule | None, looks: Iterable[Look]) -> str:
    """Return when the study was to stop, which was decided before it began, and which looks it took at its precision."""
    if rule is None:
        return ngettext("{blocks} block, fixed before the first one", "{blocks} blocks, fixed before the first one", blocks, blocks=integer(blocks))
    return ngettext(
        "until the 95\u202f% interval of the logarithm of the ratio of training times is within ±{target}, looked at after {planned} blocks, "
        "{blocks} block at most; looks taken: {taken}",
        "until the 95\u202f% interval of the logarithm of the ratio of training times is within ±{target}, looked at after {planned} blocks, "
        "{blocks} blocks at most; looks taken: {taken}",
        blocks,
        target=number(rule.target, 3),
        planned=enumeration(map(str, rule.looks)),
        blocks=integer(blocks),
        taken=enumeration(looked(look) for look in looks),
    )


def looked(look: Look) -> str:
    """Return what one look at the precision found, and whether it was the last."""
    found = {"half_width": number(look.half_width, 3), "blocks": integer(look.blocks)}
    if look.stop:
        return ngettext("±{half_width} after {blocks} block (stopped)", "±{half_width} after {blocks} blocks (stopped)", look.blocks, **found)
    return ngettext("±{half_width} after {blocks} block", "±{half_width} after {blocks} blocks", look.blocks, **found)


def per_cent(fraction: float) -> str:
    """Return a small fraction as a percentage with two significant digits, three decimals at most."""
    return f"{number(100 * fraction, min(3, max(1, decimals_for(None, 100 * fraction) - 1)))}{THIN_SPACE}%"


def percentage_points(fraction: float) -> str:
    """Return a difference of fractions in percentage points."""
    return gettext("{fraction} percentage points", fraction=number(100 * fraction, 2))


def bounds(interval: Interval, digits: int) -> str:
    """Return an interval as ``[1.15, 1.31]``."""
    return between(number(interval.low, digits), number(interval.high, digits))


def points(interval: Interval) -> str:
    """Return an interval of a difference of fractions in percentage points."""
    digits = point_decimals(interval)
    return between(number(100 * interval.low, digits), number(100 * interval.high, digits))


def ratio_decimals(interval: Interval) -> int:
    """Return the decimals that half the width of an interval of a ratio deserves."""
    least, most = RATIO_DECIMALS
    return max(least, min(most, decimals_for((interval.high - interval.low) / 2, 1.0)))


def point_decimals(interval: Interval) -> int:
    """Return the decimals that half the width of an interval of a difference deserves, in percentage points."""
    least, most = POINT_DECIMALS
    return max(least, min(most, decimals_for(50 * (interval.high - interval.low), 1.0)))
