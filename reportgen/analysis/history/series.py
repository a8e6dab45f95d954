"""A metric over nights, as the detector takes it: what it is, and one value a night."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportgen.analysis.history.detector import Floats, Scale, share_scale
from reportgen.records.night import CellKind


@dataclass(frozen=True, kw_only=True)
class CellSeries:
    """A metric over comparable nights: ``centres`` float64 (nights,), oldest first, the last one tonight's."""

    kind: CellKind
    centres: Floats = field(repr=False)

    @property
    def scale(self) -> Scale:
        """The scale on which its values are compared."""
        return scale_of(self.kind, self.centres)

    @property
    def scaled(self) -> Floats:
        """The values on that scale."""
        return self.scale(self.centres)


def scale_of(kind: CellKind, centres: Floats) -> Scale:
    """Return the scale on which values of a metric are compared."""
    if kind.unit != "fraction" or not centres.size:
        return Scale()
    return share_scale(float(np.mean(centres)), kind.test_count)
