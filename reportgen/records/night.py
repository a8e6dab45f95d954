"""What a night leaves in its run for the history: raw values, cell by cell, and the keys that say which nights may be compared.

Medians and verdicts are not in it; they are computed from it, every time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.environment import Software
from reportgen.records.plan import Plan

#: In which direction a value gets worse. A ratio of two frameworks gets worse in both: for the one or for the other.
Worse = Literal["higher", "lower", "either"]
#: What a result depends on beside the machine and the workload. Everything else that is installed is in the run's environment.
SOFTWARE_PACKAGES = ("reportgen", "tensorflow", "keras", "torch", "torchvision", "numpy", "onnx", "onnxruntime", "ai-edge-litert")
# Enough of a digest to tell what one person measures from what another one does; a person reads it in messages.
KEY_LENGTH = 16


class NightCell(Record):
    """One metric of one night, with a raw value for each block that has one.

    ``code`` identifies the metric within a series of nights; ``parts`` are the codes of numerator and denominator of a ratio. ``test_count`` is the
    number of test samples behind an accuracy, else 0. Units: ``s``, ``bytes``, ``fraction``, ``ratio``, ``loss``.
    """

    code: str
    metric: str
    title: str
    framework: str
    unit: str
    worse: Worse
    values: tuple[float, ...] = Field(min_length=1)
    test_count: int = 0
    parts: tuple[str, ...] = ()


class Control(Record):
    """What the fixed control workload took beside a run, in seconds a repetition. Values with different ``key`` are not comparable."""

    schema_version: int = SCHEMA_VERSION
    key: str
    seconds: tuple[float, ...]


class NightRecord(Record):
    """One night of one workload. ``repeat`` are the cells that were measured again at once, ``repeat_control`` the control workload beside that."""

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
    problems: tuple[str, ...] = ()


def digest_of(parts: object) -> str:
    """Return a key of anything that JSON can write."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:KEY_LENGTH]


def workload_parts(plan: Plan, models: Mapping[str, str]) -> dict[str, object]:
    """Return what makes two runs' workload the same, by name; ``models`` are the digests of the model code by framework.

    How often it is repeated, and with which seeds, changes how well a value is known, and not what it is the value of.
    """
    return {
        "workload": plan.workload.replace("\\", "/").rpartition("/")[2],
        "model code": dict(models),
        "data set": plan.dataset.digest,
        "hyperparameters": plan.hyperparameters.model_dump(mode="json"),
        "main modes": {name: plan.main_mode(name) for name in plan.frameworks},
        "threads": plan.threads,
        "device": plan.device,
        "start": plan.start,
        "processes": plan.processes,
    }


def relevant_software(software: Software, threads: int, variables: Sequence[str] = ()) -> dict[str, str]:
    """Return the software key in full: interpreter, frameworks, runtimes, and what else changes how they compute."""
    packages = {name: software.packages[name] for name in SOFTWARE_PACKAGES if name in software.packages}
    return {"Python": software.python, **packages, "threads": str(threads)} | ({"variables": ", ".join(variables)} if variables else {})
