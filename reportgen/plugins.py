"""Finding members of an extension point: a module in the room's folder, or an installed package's entry point.

A member is a module-level object with an agreed name (``DATASET``, ``WORKLOAD``, ``FRAMEWORK``, ``FORMAT``, ``RUNTIME``). Finding members imports
their modules, so these modules import nothing heavy at their top.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Protocol, TypeVar

from reportgen.errors import ReportgenError


class Named(Protocol):
    """What every member of an extension point has."""

    @property
    def name(self) -> str:
        """What a person types to choose the member."""


Member = TypeVar("Member", bound=Named)


def discover(package: str, attribute: str, kind: type[Member]) -> dict[str, Member]:
    """Return the members of ``package`` by name, built-in ones first, then those of entry-point group ``package``.

    A module without ``attribute`` is a helper of that room and is passed over. Raises :class:`ReportgenError` when an outsider's entry point
    cannot be imported, is of the wrong kind, or takes a name that is already there.
    """
    found: dict[str, Member] = {}
    room = importlib.import_module(package)
    for entry in sorted(pkgutil.iter_modules(room.__path__), key=lambda module: module.name):
        member = getattr(importlib.import_module(f"{package}.{entry.name}"), attribute, None)
        if isinstance(member, kind):
            found[member.name] = member
    for point in entry_points(group=package):
        try:
            member = point.load()
        except Exception as error:
            raise ReportgenError(f"The plugin {point.name!r} ({point.value}) cannot be imported: {error}. Repair or uninstall it.") from error
        if not isinstance(member, kind):
            raise ReportgenError(f"The plugin {point.name!r} ({point.value}) is not a {kind.__name__}. Repair or uninstall it.")
        if member.name in found:
            raise ReportgenError(f"The plugin {point.name!r} ({point.value}) takes the name {member.name!r}, which is already taken.")
        found[member.name] = member
    return found


def choose(members: dict[str, Member], name: str, what: str) -> Member:
    """Return the member called ``name``, or raise :class:`ReportgenError` that lists the accepted names; ``what`` is the singular noun."""
    if name not in members:
        raise ReportgenError(f"There is no {what} called {name!r}. Accepted: {', '.join(sorted(members))}.")
    return members[name]
