"""Several workloads measured by one command: written once, before the first trial, and never changed."""

from __future__ import annotations

from pydantic import Field

from reportgen.records.base import SCHEMA_VERSION, Record


class SuiteRecord(Record):
    """What a suite holds: in its folder lies an ordinary run for each of ``workloads``, in a folder of that name. ``created_at`` is ISO 8601."""

    schema_version: int = SCHEMA_VERSION
    suite: str
    created_at: str
    reportgen_version: str
    command: str
    workloads: tuple[str, ...] = Field(min_length=1)
