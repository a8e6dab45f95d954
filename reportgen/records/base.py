"""What every record has: it is immutable, strict about unknown keys, and carries the version of its schema.

Schema history (a migration turns an older record into the current one, see :func:`migrate`):

* 1: first version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1


class Record(BaseModel):
    """Base of everything stored: immutable, and strict about unknown keys so that a foreign file is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class FileRecord(Record):
    """A file that belongs to a record: its path relative to the trial's folder (POSIX), its size and the digest of its bytes."""

    path: str
    size_bytes: int = Field(ge=0)
    sha256: str


def migrate(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``data`` as the current schema version has it; raises ``ValueError`` for a version this program does not know."""
    version = data.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise ValueError(f"schema version {version!r} is not known; this program reads version {SCHEMA_VERSION}")
    return data
