"""HOW a network is built, trained, evaluated and exported: a folder for each framework, the only rooms that import one."""

from __future__ import annotations

from reportgen.frameworks.base import Framework
from reportgen.frameworks.export_format import ExportFormat
from reportgen.frameworks.mode import Mode
from reportgen.plugins import choose, discover

__all__ = [
    "ExportFormat",
    "Framework",
    "Mode",
    "find",
    "find_format",
    "find_mode",
    "formats",
    "modes",
    "names",
]


def members() -> dict[str, Framework]:
    """Return every framework by name, without importing any of them."""
    return discover("reportgen.frameworks", "FRAMEWORK", Framework)


def names() -> tuple[str, ...]:
    """Return the names that ``--framework`` accepts, TensorFlow first as in the product's own name for the comparison."""
    return tuple(sorted(members(), reverse=True))


def find(name: str) -> Framework:
    """Return the framework called ``name``; raises :class:`~reportgen.errors.ReportgenError` with the accepted names."""
    return choose(members(), name, "framework")


def formats(framework: str) -> tuple[ExportFormat, ...]:
    """Return the export formats of a framework: the modules of its ``exports`` folder."""
    return tuple(
        discover(
            f"reportgen.frameworks.{framework}.exports", "FORMAT", ExportFormat
        ).values()
    )


def find_format(framework: str, name: str) -> ExportFormat:
    """Return one export format of a framework."""
    return choose(
        {known.name: known for known in formats(framework)},
        name,
        f"{framework} export format",
    )


def modes(framework: str) -> tuple[Mode, ...]:
    """Return the ways of driving a framework: the packages of its ``modes`` folder, by name."""
    return tuple(
        discover(f"reportgen.frameworks.{framework}.modes", "MODE", Mode).values()
    )


def find_mode(framework: str, name: str) -> Mode:
    """Return one mode of a framework."""
    return choose(
        {known.name: known for known in modes(framework)}, name, f"{framework} mode"
    )
