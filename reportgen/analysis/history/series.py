"""A metric over nights, as the detector takes it: what it is, and one value a night."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportgen.analysis.history.detector import Floats, Scale, share_scale
from reportgen.records.night import Worse

#: Units of what depends on the speed of the machine.
TIMED = ("s", "ratio")


@dataclass(frozen=True, kw_only=True)
class CellKind:
    """What a series is of; the fields are those of :class:`reportgen.records.night.NightCell`."""

    code: str
    metric: str
    title: str
    framework: str
    unit: str
    worse: Worse
    test_count: int = 0
    parts: tuple[str, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether a slower machine would move it."""
        return self.unit in TIMED


@dataclass(frozen=True, kw_only=True)
class CellSeries:
    """A metric over comparable nights: ``centres`` float64 (nights,), oldest first, the last one tonight's."""

    kind: CellKind
    centres: Floats = field(repr=False)

    @property
    def scale(self) -> Scale:
        """The scale on which its values are compared."""
        if self.kind.unit != "fraction":
            return Scale()
        return share_scale(float(np.mean(self.centres)), self.kind.test_count)

    @property
    def scaled(self) -> Floats:
        """The values on that scale."""
        return self.scale(self.centres)
