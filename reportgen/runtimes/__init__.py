"""Runtimes: a file each, opening exported models. They are imported when a model is opened, not when they are found."""

from __future__ import annotations

from reportgen.plugins import choose, discover
from reportgen.runtimes.base import ModelContext, OpenModel, Runtime

__all__ = ["ModelContext", "OpenModel", "Runtime", "find", "members"]


def members() -> dict[str, Runtime]:
    """Return every runtime by name."""
    return discover("reportgen.runtimes", "RUNTIME", Runtime)


def find(name: str) -> Runtime:
    """Return the runtime called ``name``; raises :class:`~reportgen.errors.ReportgenError` with the known names."""
    return choose(members(), name, "runtime")
