"""Printed numbers, read back: a table is sorted by what its cells say, whatever unit each of them is in."""

from __future__ import annotations

import re

from reportgen.report.format import BYTE_UNITS, MINUS, THIN_SPACE, TIME_UNITS

#: Factor from a printed unit to that in which all of its kind are compared: seconds, bytes, or none.
UNITS = {
    **{unit: 1 / factor for unit, factor in TIME_UNITS},
    "min": 60.0,
    "h": 3600.0,
    **{unit: 1024.0**step for step, unit in enumerate(BYTE_UNITS)},
}
NUMBER = re.compile(
    rf"[^\d{MINUS}+.]*?(?P<sign>[{MINUS}+])?(?P<digits>\d[\d{THIN_SPACE}]*(?:\.\d+)?)"
    rf"(?:{THIN_SPACE}\u00d7{THIN_SPACE}10\^(?P<exponent>{MINUS}?\d+))?(?:{THIN_SPACE}(?P<unit>[A-Za-z\u00b5]+))?"
)


def leading_number(text: str) -> float | None:
    """Return the first number in a text that the functions of :mod:`reportgen.report.format` made, in a unit that all of its kind share.

    None where there is no number.
    """
    match = NUMBER.match(text)
    if match is None:
        return None
    value = float(match["digits"].replace(THIN_SPACE, ""))
    exponent = int((match["exponent"] or "0").replace(MINUS, "-"))
    sign = -1.0 if match["sign"] == MINUS else 1.0
    return sign * value * 10.0**exponent * UNITS.get(match["unit"] or "", 1.0)
