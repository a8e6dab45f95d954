"""WHAT is compared: a folder each, with plain model code for every framework, variable for variable the same."""

from __future__ import annotations

from reportgen.plugins import choose, discover
from reportgen.workloads.base import Workload

__all__ = ["Workload", "find", "names"]


def members() -> dict[str, Workload]:
    """Return every workload by name."""
    return discover("reportgen.workloads", "WORKLOAD", Workload)


def names() -> tuple[str, ...]:
    """Return the names that ``--workload`` accepts."""
    return tuple(members())


def find(name: str) -> Workload:
    """Return the workload called ``name``; raises :class:`~reportgen.errors.ReportgenError` with the accepted names."""
    return choose(members(), name, "workload")
