"""What every table of report.toml is made of: fields that carry their own description, and a base that forgives nothing."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue


def key(description: str, **more: Any) -> Any:
    """Return a field of a section.

    ``accepted``, ``flag`` and ``default_text`` are what documentation and error messages say of it; ``example`` is a value to show for a key
    whose default is not a value of its own.
    """
    extra: dict[str, JsonValue] = {name: more.pop(name) for name in ("accepted", "flag", "default_text", "example") if name in more}
    return Field(description=description, json_schema_extra=extra, **more)


class Section(BaseModel):
    """Base of the tables of report.toml: immutable, without unknown keys, and without silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
