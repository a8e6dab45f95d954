"""What all tables of report.toml are made of: their base, their fields, and the words for what these accept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

#: What a field of plain text accepts.
TEXT = "text on one line, at most 200 characters"
DATE = 'a date as YYYY-MM-DD, or ""'
FILE = "a file name, relative to the folder of report.toml"
FOLDER = "a folder, relative to that of report.toml"
#: A folder of this name beside report.toml is looked into for templates without being asked to.
TEMPLATES = "templates"
#: Keys whose value is a folder, which after a flag is relative to the current one.
FOLDERS = {("output", "runs"), ("output", "out"), ("report", "templates")}
#: What the command line says, by dotted key; ``None`` stands for a flag that was not given.
Asked = Mapping[str, object]


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
