"""Numbers as they are printed: the uncertainty decides the digits, and every sign is the typographic one.

All functions are pure and return text; a value that does not exist or is not finite becomes :data:`ABSENT`, never "nan".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from reportgen.language import ENGLISH, ISO_DATE, current, gettext, localised, marked, ngettext

MINUS = "\u2212"
THIN_SPACE = "\u202f"  # narrow, and never a line break: it stands between digits, and between a number and its unit
ABSENT = marked("not available")
DASH = "\u2013"
SIGNIFICANT_DIGITS = 3  # of a value that has no uncertainty beside it
MAXIMUM_DECIMALS = 9
TIME_UNITS = (("s", 1.0), ("ms", 1e3), ("\u00b5s", 1e6))
#: A number with decimals, and no version: no further point follows.
DECIMALS = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.]*\.)")
#: What stands between two numbers of a list.
LISTED = re.compile(r"(?<=\d), (?=[±\u2212-]?\d)")
#: An exponent behind its caret, and the raised form of what it may hold.
RAISED_MARK = re.compile(r"\^(\u2212?\d+)")
RAISED = str.maketrans("\u22120123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
BYTE_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def decimals_for(uncertainty: float | None, value: float) -> int:
    """Return how many decimals ``value`` deserves: its uncertainty to one significant digit, or two when that digit is 1 or 2.

    Without an uncertainty (``None`` or 0) three significant digits of the value itself. Between 0 and :data:`MAXIMUM_DECIMALS`.
    """
    if uncertainty is not None and math.isfinite(uncertainty) and uncertainty > 0:
        exponent = math.floor(math.log10(uncertainty))
        leading = round(uncertainty / 10**exponent, 6)
        decimals = -exponent + (1 if leading < 2.95 else 0)
    elif math.isfinite(value) and value != 0:
        decimals = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(value)))
    else:
        decimals = SIGNIFICANT_DIGITS - 1
    return max(0, min(MAXIMUM_DECIMALS, decimals))


def number(value: float | None, decimals: int) -> str:
    """Return ``value`` with a fixed number of decimals, U+2212 as its minus, and thin spaces between groups of three from 10 000 on."""
    if value is None or not math.isfinite(value):
        return gettext(ABSENT)
    text = f"{abs(value):,.{decimals}f}"
    if abs(value) < 9999.5:
        text = text.replace(",", "")
    negative = value < 0 and any(digit in text for digit in "123456789")
    return (MINUS if negative else "") + localised(text.replace(",", THIN_SPACE))


def integer(value: int | None) -> str:
    """Return a count with thin spaces between groups of three from 10 000 on."""
    return gettext(ABSENT) if value is None else number(float(value), 0)


def signed(value: float | None, decimals: int) -> str:
    """Return a difference with its sign always shown; zero carries none."""
    text = number(value, decimals)
    if value is None or not math.isfinite(value) or text.startswith(MINUS) or not any(digit in text for digit in "123456789"):
        return text
    return "+" + text


def significant(value: float | None, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Return ``value`` to ``digits`` significant digits, without exponent."""
    if value is None or not math.isfinite(value):
        return gettext(ABSENT)
    if value == 0:
        return "0"
    return number(value, max(0, min(MAXIMUM_DECIMALS, digits - 1 - math.floor(math.log10(abs(value))))))


def scientific(value: float | None, digits: int = 2) -> str:
    """Return ``value`` as ``9.5 x 10^-6`` with typographic signs, the caret marking what a document raises; zero and 0.001 to 9999 stay plain."""
    if value is None or not math.isfinite(value):
        return gettext(ABSENT)
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return significant(value, digits)
    mantissa, exponent = f"{abs(value):.{digits - 1}e}".split("e")
    mantissa = localised(mantissa)
    sign = MINUS if value < 0 else ""
    return f"{sign}{mantissa}{THIN_SPACE}\u00d7{THIN_SPACE}10^{str(int(exponent)).replace('-', MINUS)}"


def bounds(low: str, high: str) -> str:
    """Return two printed numbers as an interval; where the decimal mark is a comma, a semicolon stands between them."""
    return f"[{low}{', ' if current().decimal_mark == '.' else '; '}{high}]"


def recorded(text: str) -> str:
    """Return a word or numbers that a record holds in English, in the language that is spoken.

    Where the decimal mark is a comma, a semicolon stands between the numbers of a list.
    """
    found = gettext(text)
    if found != text or current().decimal_mark == ".":
        return found
    return LISTED.sub("; ", DECIMALS.sub(lambda match: localised(match[0]), text))


def percent(fraction: float | None, decimals: int = 2) -> str:
    """Return a fraction between 0 and 1 as a percentage with its sign."""
    return gettext(ABSENT) if fraction is None or not math.isfinite(fraction) else f"{number(fraction * 100, decimals)}{THIN_SPACE}%"


def time_unit(seconds: Iterable[float]) -> tuple[str, float]:
    """Return the unit in which the largest of ``seconds`` is at least 1, and the factor from seconds to it."""
    largest = max((abs(value) for value in seconds if math.isfinite(value)), default=0.0)
    for unit, factor in TIME_UNITS:
        if largest * factor >= 1:
            return unit, factor
    return TIME_UNITS[0] if largest == 0 else TIME_UNITS[-1]


def duration(seconds: float | None, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Return a time in s, ms or us, whichever gives a number of at least 1; from two minutes on in minutes, from two hours on in hours."""
    if seconds is None or not math.isfinite(seconds):
        return gettext(ABSENT)
    if abs(seconds) >= 7200:
        return f"{significant(seconds / 3600, digits)}{THIN_SPACE}h"
    if abs(seconds) >= 120:
        return f"{significant(seconds / 60, digits)}{THIN_SPACE}min"
    unit, factor = time_unit([seconds])
    return f"{significant(seconds * factor, digits)}{THIN_SPACE}{unit}"


def size(size_bytes: float | None) -> str:
    """Return a size in IEC units: bytes below 1024, then one decimal."""
    if size_bytes is None or not math.isfinite(size_bytes):
        return gettext(ABSENT)
    step = 0
    value = float(size_bytes)
    while abs(value) >= 1024 and step < len(BYTE_UNITS) - 1:
        value /= 1024
        step += 1
    return f"{number(value, 0 if step == 0 else 1)}{THIN_SPACE}{BYTE_UNITS[step]}"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """Return the count with its noun: ``1 block``, ``10 blocks``. The noun is one of :data:`reportgen.report.vocabulary.NOUNS`."""
    return ngettext(f"{{count}} {singular}", f"{{count}} {many or singular + 's'}", count, count=integer(count))


def raised(text: str) -> str:
    """Return ``10^-6`` with raised digits, where no document raises what a caret marks."""
    return RAISED_MARK.sub(lambda match: match[1].translate(RAISED), text)


def enumeration(items: Iterable[str]) -> str:
    """Return items as a sentence has them: ``a``, ``a and b``, ``a, b and c``."""
    parts = list(items)
    if len(parts) < 2:
        return parts[0] if parts else gettext("none")
    return gettext("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def one_after_another(*sentences: str) -> str:
    """Return sentences as a paragraph; what is not said is empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def lowered(title: str) -> str:
    """Return a title as it stands inside a sentence: in English in small letters, elsewhere as it is."""
    return title.lower() if current().code == ENGLISH else title


def date(timestamp: str) -> str:
    """Return the day of an ISO 8601 timestamp as the language writes it; what is no date stays as it is."""
    day = timestamp[:10]
    if current().date_pattern == ISO_DATE:
        return day
    from datetime import date as calendar_day

    from babel.dates import format_date

    try:
        return format_date(calendar_day.fromisoformat(day), current().date_pattern, locale=current().code)
    except ValueError:
        return timestamp


def month(period: str) -> str:
    """Return a year and month, or a year alone (``2026-03``, ``2026``), as the language writes it."""
    if current().date_pattern == ISO_DATE or "-" not in period:
        return period
    from datetime import date as calendar_day

    from babel.dates import format_skeleton

    try:
        return str(format_skeleton("yMMMM", calendar_day.fromisoformat(f"{period}-01"), locale=current().code))
    except ValueError:
        return period
