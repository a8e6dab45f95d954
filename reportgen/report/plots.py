"""Where the points of a curve are in its picture: the web page shows their values there, which it takes from the view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reportgen.report.sections.elements import Figure

PLACE_DECIMALS = 4  # of a picture's width: a tenth of a pixel on a large screen


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One axis: its limits in its unit, where they are in the picture (shares of its width from the left, or of its height from the top)."""

    low: float
    high: float
    from_share: float
    to_share: float
    logarithmic: bool

    def place(self, value: float) -> float | None:
        """Return where ``value`` is in the picture; None where it has no place on the axis."""
        low, high = self.low, self.high
        if self.logarithmic:
            if value <= 0:
                return None
            low, high, value = math.log10(low), math.log10(high), math.log10(value)
        share = (value - low) / (high - low) if math.isfinite(value) else math.nan
        return self.from_share + share * (self.to_share - self.from_share) if -1e-9 <= share <= 1 + 1e-9 else None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The axes of a drawing."""

    across: Scale
    down: Scale


class Picture(bytes):
    """A drawing's file, which knows where its axes are, and the same drawing with its words as text.

    A file that stands by itself has letters as paths: it looks the same everywhere. Inside of a document that brings the fonts, text is smaller, and
    can be searched and copied.
    """

    panels: tuple[Panel, ...]
    with_text: bytes

    def __new__(cls, content: bytes, panels: Sequence[Panel] = (), with_text: bytes = b"") -> Picture:
        """Return ``content`` with its axes, and with its other form."""
        made = super().__new__(cls, content)
        made.panels = tuple(panels)
        made.with_text = with_text or content
        return made


def panel_of(axes: Axes) -> Panel:
    """Return where axes are in a figure that has been drawn."""
    box = axes.get_position()
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return Panel(
        across=Scale(low=left, high=right, from_share=box.x0, to_share=box.x1, logarithmic=axes.get_xscale() == "log"),
        down=Scale(low=bottom, high=top, from_share=1 - box.y0, to_share=1 - box.y1, logarithmic=axes.get_yscale() == "log"),
    )


def curves_in(figure: Figure, picture: bytes) -> list[dict[str, Any]]:
    """Return the curves of a figure: ``label``, and ``points`` as place across and down (shares of the picture) and value in words."""
    panels = picture.panels if isinstance(picture, Picture) else ()
    found = []
    for curve in figure.curves:
        panel = panels[curve.panel]
        places = ((panel.across.place(x), panel.down.place(y), words) for x, y, words in curve.points)
        points = [
            (round(across, PLACE_DECIMALS), round(down, PLACE_DECIMALS), words)
            for across, down, words in places
            if across is not None and down is not None
        ]
        if points:
            found.append({"label": curve.label, "points": points})
    return found
