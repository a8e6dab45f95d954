"""Made-up nights on disk, for tests of the history: what is in them is what the test says, and nothing was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.nightly.night import NIGHT
from reportgen.records.night import Control, NightCell, NightRecord

FIRST = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)
SOFTWARE = {"Python": "3.11.9", "torch": "2.14.1"}


def cell(code: str, *values: float, **changes: Any) -> NightCell:
    """Return a cell: a time of the framework that its code names, unless told otherwise."""
    metric, _, rest = code.partition(":")
    framework = rest.partition(":")[0]
    fields: dict[str, Any] = {
        "code": code,
        "metric": metric,
        "title": f"{metric.replace('_', ' ').capitalize()}, {framework}",
        "framework": framework,
        "unit": "s",
        "worse": "higher",
        "values": values,
    }
    return NightCell.model_validate(fields | changes)


def night(index: int, cells: Sequence[NightCell], **changes: Any) -> NightRecord:
    """Return the night number ``index``."""
    fields: dict[str, Any] = {
        "run": f"night-{index:03d}",
        "created_at": (FIRST + timedelta(days=index)).isoformat(timespec="milliseconds"),
        "host_name": "example",
        "workload": "mlp",
        "workload_title": "Multilayer perceptron",
        "dataset": "digits",
        "workload_hash": "0" * 16,
        "hardware_key": "1" * 16,
        "hardware": "Example, 2 processors, 1 GiB",
        "software": SOFTWARE,
        "planned_blocks": 6,
        "complete_blocks": 6,
        "cells": tuple(cells),
        "control": Control(key="1", seconds=(1.0, 1.01, 0.99)),
    }
    return NightRecord.model_validate(fields | changes)


def write(runs: Path, one: NightRecord) -> NightRecord:
    """Write a night below a folder of runs."""
    (runs / one.run).mkdir(parents=True, exist_ok=True)
    (runs / one.run / NIGHT).write_text(one.model_dump_json())
    return one


def series(count: int, level: float = 1.0, noise: float = 0.03, seed: int = 1, steps: Mapping[int, float] | None = None) -> list[float]:
    """Return one value a night: a level with a scatter, multiplied from each night of ``steps`` on."""
    values = level * np.exp(np.random.default_rng(seed).normal(0, noise, count))
    for first, factor in (steps or {}).items():
        values[first:] *= factor
    return [float(value) for value in values]


def write_history(runs: Path, metrics: Mapping[str, Sequence[float]], **changes: Any) -> list[NightRecord]:
    """Write a night for each value of the metrics by code; a night's six blocks scatter a little around its value."""
    spread = (0.995, 0.998, 0.999, 1.001, 1.002, 1.005)
    count = max(map(len, metrics.values()))
    found = []
    for index in range(count):
        cells = [cell(code, *(values[index] * part for part in spread)) for code, values in metrics.items() if index < len(values)]
        found.append(write(runs, night(index, cells, **changes)))
    return found
