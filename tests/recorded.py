"""Runs as they would be recorded today, for any workload and mode, without measuring: the results of the example run with other sources."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from reportgen import frameworks, workloads
from reportgen.analysis.results import FrameworkResult, Results
from reportgen.records import Source


def source(title: str, module: str) -> Source:
    found = find_spec(module)
    assert found is not None
    assert found.origin is not None
    return Source(title=title, module=module, text=Path(found.origin).read_text(encoding="utf-8"), sha256="0" * 64)


def recorded(results: Results, workload: str, framework: str, name: str) -> tuple[Any, Results, FrameworkResult]:
    """Return the plan's part of a run of ``workload`` in the mode ``name``, its results, and those of the framework."""
    mode = frameworks.find_mode(framework, name)
    model = source("Model", f"{workloads.find(workload).package}.{mode.code}")
    training = f"{mode.package}.training"
    if mode.by_hand:
        sources = (model, source("Training step", training), source("Training loop", "reportgen.frameworks.descent"))
    else:
        sources = (model, source("Data", mode.data or f"{mode.package}.data"), source("Training", training))
    found = next(one for one in results.frameworks if one.name == framework).model_copy(update={"sources": sources})
    dataset = results.dataset.model_copy(update={"task": workloads.find(workload).task})
    run = SimpleNamespace(plan=SimpleNamespace(main_mode=lambda _: name, workload=workload))
    return run, results.model_copy(update={"dataset": dataset, "frameworks": (found,)}), found
