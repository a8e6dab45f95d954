"""Which distributions this program needs, and which are installed: from metadata alone, so that looking costs no import.

The names and version ranges come from the program's own metadata, or, where it runs from a checkout that was never installed, from the
``pyproject.toml`` beside it; nothing is listed twice.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from reportgen.errors import ReportgenError

PROGRAM = "reportgen"
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class ProgramMetadata:
    """What the program asks of its surroundings: a range of Python versions, and distributions with ranges of versions."""

    requires_python: SpecifierSet
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Closure:
    """Everything installed that the program builds on, directly or not: versions by name, and the names that are required but absent."""

    versions: dict[str, str]
    missing: tuple[str, ...]


def program_metadata() -> ProgramMetadata:
    """Return the program's own requirements; raises :class:`ReportgenError` when it is neither installed nor in its checkout."""
    project_file = CHECKOUT / "pyproject.toml"
    if project_file.is_file():
        project = tomllib.loads(project_file.read_text(encoding="utf-8"))["project"]
        return _metadata(project["requires-python"], project["dependencies"])
    try:
        installed = distribution(PROGRAM)
    except PackageNotFoundError:
        raise ReportgenError(f"{PROGRAM} runs from {CHECKOUT}, but is not installed there. Install it with pip.") from None
    return _metadata(installed.metadata["Requires-Python"] or "", installed.requires or [])


def installed_version(name: str) -> str | None:
    """Return the version of an installed distribution, or ``None``."""
    found = _find(name)
    return found.version if found else None


def dependency_closure() -> Closure:
    """Return every distribution that the program needs on this machine, directly or through another one, sorted by name.

    An installed plugin belongs to it, with what the plugin needs in turn.
    """
    versions: dict[str, str] = {}
    missing: set[str] = set()
    visited: set[tuple[str, frozenset[str]]] = set()
    waiting = [*program_metadata().requirements, *_plugins()]
    while waiting:
        requirement = waiting.pop()
        visit = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if visit in visited:
            continue
        visited.add(visit)
        found = _find(requirement.name)
        if found is None:
            missing.add(requirement.name)
            continue
        versions[visit[0]] = found.version
        waiting += _applicable(found, requirement.extras)
    return Closure(versions=dict(sorted(versions.items())), missing=tuple(sorted(missing)))


def _metadata(requires_python: str, requirements: list[str]) -> ProgramMetadata:
    parsed = tuple(Requirement(text) for text in requirements)
    # Requirements of an extra carry a marker that is false as long as no extra is asked for.
    needed = tuple(requirement for requirement in parsed if _applies(requirement, {""}))
    return ProgramMetadata(requires_python=SpecifierSet(requires_python), requirements=needed)


def _plugins() -> list[Requirement]:
    """Return the distributions that add members to one of this program's extension points."""
    return [Requirement(found.name) for found in distributions() if any(point.group.startswith(f"{PROGRAM}.") for point in found.entry_points)]


def _applicable(found: Distribution, extras: set[str]) -> list[Requirement]:
    return [requirement for text in found.requires or () if _applies(requirement := Requirement(text), extras | {""})]


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)


def _find(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
