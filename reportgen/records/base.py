"""What every record has: it is immutable, strict about unknown keys, and carries the version of its schema.

Schema history (a migration turns an older record into the current one, see :func:`migrate`):

* 1: first version. What a record says in words may be a sentence with its facts (:class:`reportgen.records.Sentence`); older records have the
  text, which is read as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from reportgen.errors import WordedError
from reportgen.language import marked

SCHEMA_VERSION = 1
UNKNOWN_VERSION = marked("schema version {version} is not known; this program reads version {known}")


class UnknownVersionError(WordedError, ValueError):
    """A record has a schema version that this program does not know."""


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
        raise UnknownVersionError(UNKNOWN_VERSION, version=repr(version), known=SCHEMA_VERSION)
    return data
