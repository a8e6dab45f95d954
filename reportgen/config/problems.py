"""Everything that can be wrong with a configuration, each as one line that says where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from reportgen.config.accepted import accepted, toml_value
from reportgen.config.models import SECTIONS
from reportgen.config.variants import VARIANTS

#: A wrong value is shown, but not the whole of a paragraph that was pasted into the wrong place. In characters.
SHOWN_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong with ``key``, a path into report.toml; ``message`` is a whole sentence or more."""

    key: tuple[str, ...]
    message: str


def unknown_sections(data: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what is wrong at the top level of the file: unknown names, and sections that are no tables."""
    for name, value in data.items():
        if name in SECTIONS:
            if not isinstance(value, Mapping):
                yield Problem(key=(name,), message=f"{shown(value)} is not accepted. {name} is a table: write [{name}] and its keys below it.")
            continue
        if name == VARIANTS:
            continue
        homes = [section for section, model in SECTIONS.items() if name in model.model_fields]
        what = "unknown section" if isinstance(value, Mapping) else "unknown key"
        hint = f"It belongs below [{homes[0]}]. " if homes else suggestion(name, (*SECTIONS, VARIANTS))
        yield Problem(key=(name,), message=f"{what}. {hint}Accepted sections: {', '.join((*SECTIONS, VARIANTS))}.")


def invalid_values(section: str, error: ValidationError) -> Iterator[Problem]:
    """Yield what pydantic found wrong in ``section``, once for each key."""
    fields = SECTIONS[section].model_fields
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0])
        if name in seen or detail["type"] == "default_factory_not_called":
            continue
        seen.add(name)
        if detail["type"] == "extra_forbidden":
            yield Problem(key=(section, name), message=_unknown_key(section, name))
            continue
        yield wrong_value((section, name), fields[name], detail)


def wrong_value(key: tuple[str, ...], field: FieldInfo, detail: Mapping[str, Any]) -> Problem:
    """Return the problem of a value that pydantic refused, with its reason where it is a person's own."""
    reason = detail.get("ctx", {}).get("error")
    because = f" ({reason})" if reason is not None and detail["type"] == "value_error" else ""
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        because = f' (text stands in quotation marks: "{detail["input"]}")'
    return Problem(key=key, message=f"{shown(detail['input'])} is not accepted{because}. Accepted: {accepted(field)}.")


def unknown_name(key: tuple[str, ...], name: str, names: tuple[str, ...], place: str = "") -> Problem:
    """Return the problem of a workload, framework or data set that does not exist.

    ``names`` are those that do; ``place`` is what else is accepted.
    """
    accepted_names = ", ".join(names) + (f", or {place}" if place else "")
    return Problem(key=key, message=f"there is no {shown(name)}. {suggestion(name, names)}Accepted: {accepted_names}.")


def suggestion(name: str, names: tuple[str, ...]) -> str:
    """Return a question that offers the closest of ``names``, with a space after it, or nothing where none is close."""
    close = get_close_matches(name.lower(), names, n=1)
    return f"Did you mean {close[0]}? " if close else ""


def shown(value: object) -> str:
    """Return a value as report.toml has it, cut to a readable length."""
    text = "a table" if isinstance(value, Mapping) else toml_value(value)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}..."


def _unknown_key(section: str, name: str) -> str:
    fields = SECTIONS[section].model_fields
    homes = [other for other, model in SECTIONS.items() if name in model.model_fields]
    return unknown_key(section, name, tuple(fields), homes)


def unknown_key(section: str, name: str, known: tuple[str, ...], homes: Sequence[str] = ()) -> str:
    """Return what is said of a key that a table does not have; ``homes`` are the tables that have it."""
    hint = f"It belongs below [{homes[0]}]. " if homes else suggestion(name, known)
    return f"unknown key. {hint}Accepted below [{section}]: {', '.join(known)}."
