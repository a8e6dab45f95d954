"""Which exports a study makes of its models, and how they are opened again."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen import frameworks
from reportgen.hardware import usable_cpus


def formats_of(modes: Mapping[str, tuple[str, ...]], *, repeated: bool) -> dict[str, tuple[str, ...]]:
    """Return the formats of each framework, by the names of its modes, the main one first: those exported in several blocks, or in the first alone.

    A mode that trains without a model object has nothing that could be exported.
    """
    return {
        name: () if frameworks.find_mode(name, own[0]).by_hand else tuple(one.name for one in frameworks.formats(name) if one.repeated == repeated)
        for name, own in modes.items()
    }


def more_threads(threads: int) -> int | None:
    """Return how many threads exports are opened with a second time: one for each processor, or ``None`` where a study has that many anyway."""
    processors = usable_cpus()
    return processors if processors > threads else None
