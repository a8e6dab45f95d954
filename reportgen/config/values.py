"""The kinds of value that report.toml knows beyond numbers: each says, as a person would, what it accepts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Strict, StringConstraints

#: Longer lines do not fit a title page in any size. In characters.
LINE_LENGTH = 200


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("line breaks and control characters are not accepted")
    return value


def _iso_date(value: Any) -> Any:
    """Turn a TOML date into the text it was written as; leave anything else to the checks that follow."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _is_date(value: str) -> str:
    try:
        genuine = not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        genuine = False
    if not genuine:
        raise ValueError("not a day of the calendar in the form YYYY-MM-DD")
    return value


def _is_address(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in value:
        raise ValueError("not a web address")
    if parts.password is not None:
        raise ValueError("it holds a password, which the report would print")
    return value


def _is_file_name(value: str) -> str:
    if not value:
        raise ValueError("a file name is wanted")
    return value


def _all_different(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) < len(value):
        raise ValueError("a name occurs twice")
    return value


def _is_workloads(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Check the name of a workload, or several names, as a line of text is checked; one alone in a list is that name."""
    names = (value,) if isinstance(value, str) else value
    if not names:
        raise ValueError("at least one is wanted")
    for name in names:
        _one_line(name)
        if len(name) > LINE_LENGTH:
            raise ValueError(f"longer than {LINE_LENGTH} characters")
    _all_different(names)
    return names[0] if len(names) == 1 else names


Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH), AfterValidator(_one_line)]
IsoDate = Annotated[str, BeforeValidator(_iso_date), AfterValidator(_is_date)]
Address = Annotated[Line, AfterValidator(_is_address)]
FileName = Annotated[Line, AfterValidator(_is_file_name)]
Names = Annotated[tuple[str, ...], AfterValidator(_all_different)]
# TOML has lists where the model has tuples: that one conversion is wanted.
Workloads = Annotated[str | Annotated[tuple[str, ...], Strict(False)], AfterValidator(_is_workloads)]
