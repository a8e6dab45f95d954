"""Verbs of the command line, a file each, found by themselves: ``VERB`` is the command.

What a verb does lies elsewhere, and is imported when it runs.
"""

from __future__ import annotations

import importlib
import pkgutil

import click


def members() -> tuple[click.Command, ...]:
    """Return the verbs that have a file here, by name."""
    modules = [importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__)]
    return tuple(module.VERB for module in modules if hasattr(module, "VERB"))
