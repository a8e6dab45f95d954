"""What a key accepts, in words: read off the model, so that messages and documentation cannot say anything else than what is checked."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic.fields import FieldInfo

#: From here on a number is easier to read with its thousands apart.
GROUPING_FROM = 10_000


#: Up to here every whole number is a 64-bit float, and is better read without a decimal point.
EXACT_INTEGERS_BELOW = 2**53


def extra(field: FieldInfo, name: str) -> str | None:
    """Return what the model says about ``field`` beyond its type: ``accepted``, ``flag``, ``default_text`` or ``example``."""
    found = field.json_schema_extra
    value = found.get(name) if isinstance(found, dict) else None
    return str(value) if value is not None else None


def accepted(field: FieldInfo) -> str:
    """Return which values ``field`` accepts, as a phrase that can follow "Accepted:"."""
    written = extra(field, "accepted")
    if written is not None:
        return written
    if field.annotation is bool:
        return "true or false"
    choices = _choices(field.annotation)
    if choices:
        return " or ".join(f'"{choice}"' for choice in choices)
    return _number(field)


def default(field: FieldInfo) -> str:
    """Return the default of ``field`` as report.toml would write it, or in words where it depends on something else."""
    return extra(field, "default_text") or toml_value(field.default)


def toml_value(value: object) -> str:
    """Return ``value`` as TOML writes it; for a value that TOML cannot write, as text in quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_INTEGERS_BELOW:
        return str(int(value))
    if isinstance(value, int | float | date | time):
        return str(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(character if character.isprintable() else f"\\u{ord(character):04X}" for character in text) + '"'


def _choices(annotation: Any) -> tuple[str, ...]:
    return tuple(str(choice) for choice in get_args(annotation)) if get_origin(annotation) is Literal else ()


def _number(field: FieldInfo) -> str:
    kinds = get_args(field.annotation) or (field.annotation,)
    kind = "a whole number" if int in kinds else "a number"
    low = next((f"from {_grouped(item.ge)}" for item in field.metadata if isinstance(item, Ge)), None)
    low = low or next(f"greater than {_grouped(item.gt)}" for item in field.metadata if isinstance(item, Gt))
    high = next(_grouped(item.le) for item in field.metadata if isinstance(item, Le))
    return f"{kind} {low} to {high}" if low.startswith("from") else f"{kind} {low}, at most {high}"


def _grouped(number: Any) -> str:
    """Return a bound with the underscores between thousands that TOML allows too."""
    return f"{number:_}" if number >= GROUPING_FROM else f"{number}"
