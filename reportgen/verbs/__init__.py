"""Verbs of the command line, found by themselves: a module here has its commands in ``VERBS``.

What a verb does lies elsewhere, and is imported when it runs.
"""

from __future__ import annotations

import importlib
import pkgutil

import click


def members() -> tuple[click.Command, ...]:
    """Return the verbs of all modules here."""
    modules = [importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__)]
    return tuple(verb for module in modules for verb in getattr(module, "VERBS", ()))
