"""What a night leaves in its run for the history: raw values, cell by cell, and the keys that say which nights may be compared.

Medians and verdicts are not in it; they are computed from it, every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.sentence import NOTHING, Sentence

#: In which direction a value gets worse. A ratio of two frameworks gets worse in both: for the one or for the other.
Worse = Literal["higher", "lower", "either"]


class CellKind(Record):
    """What a metric is, night after night.

    ``code`` identifies it within a series of nights, and begins with ``metric``; ``parts`` are the codes of numerator and denominator of a ratio.
    ``test_count`` is the number of test samples behind an accuracy, else 0. Units: ``s``, ``bytes``, ``fraction``, ``ratio``, ``loss``, ``1/s``.
    """

    code: str
    metric: str
    title: str
    framework: str
    unit: str
    worse: Worse
    test_count: int = 0
    parts: tuple[str, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether a slower machine would move it."""
        return self.unit in ("s", "ratio", "1/s")


class NightCell(CellKind):
    """One metric of one night, with a raw value for each block that has one."""

    values: tuple[float, ...] = Field(min_length=1)


class Control(Record):
    """What the fixed control workload took beside a run, in seconds a repetition. Values with different ``key`` are not comparable."""

    schema_version: int = SCHEMA_VERSION
    key: str
    seconds: tuple[float, ...]


class NightRecord(Record):
    """One night of one workload. ``repeat`` are the cells that were measured again at once, ``repeat_control`` the control workload beside that.

    ``problems`` say what was planned and could not be measured, ``repeat_problem`` why nothing was measured again where that was called for: as
    sentences with their facts, and as texts in nights of before these were recorded.
    """

    schema_version: int = SCHEMA_VERSION
    run: str
    created_at: str
    host_name: str
    workload: str
    workload_title: str
    dataset: str
    workload_hash: str
    hardware_key: str
    hardware: str
    software: Mapping[str, str]
    planned_blocks: int
    complete_blocks: int
    cells: tuple[NightCell, ...]
    control: Control | None = None
    repeat: tuple[NightCell, ...] = ()
    repeat_control: Control | None = None
    repeat_problem: Sentence = NOTHING
    problems: tuple[Sentence, ...] = ()
