"""Formulae of the author's text as pictures: the same in print and on the screen, where the typesetter knows no MathML."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from reportgen.report.resources import Resource

# The size of the running text. In points; the picture is scaled with the text around it.
TEXT_POINTS = 10.5
# Letters may reach over the box that the layout gives them. In points.
MARGIN_POINTS = 0.6
POINTS_PER_INCH = 72.0
FAMILY = "stix"  # matplotlib's own serif face for formulae, beside the serif of the text


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A formula as a picture. ``height_em`` and ``depth_em`` are in sizes of the text around it; the depth reaches below the line."""

    tex: str
    picture: Resource
    height_em: float
    depth_em: float


def formula(tex: str) -> Formula:
    """Return ``tex``, without its dollar signs, as a picture. Raises ``ValueError`` that says where it is not understood."""
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    text = f"${' '.join(tex.split())}$"
    with matplotlib.rc_context({"mathtext.fontset": FAMILY, "svg.fonttype": "path", "svg.hashsalt": "reportgen"}):
        properties = FontProperties(size=TEXT_POINTS)
        # At 72 dots per inch a dot is a point.
        width, height, depth, _, _ = MathTextParser("path").parse(text, dpi=POINTS_PER_INCH, prop=properties)
        across, up = width + 2 * MARGIN_POINTS, height + 2 * MARGIN_POINTS
        figure = Figure(figsize=(across / POINTS_PER_INCH, up / POINTS_PER_INCH))
        figure.patch.set_alpha(0.0)
        figure.text(MARGIN_POINTS / across, (depth + MARGIN_POINTS) / up, text, fontproperties=properties, ha="left", va="baseline")
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    name = f"formula/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return Formula(
        tex=text[1:-1],
        picture=Resource(name=name, media_type="image/svg+xml", content=buffer.getvalue()),
        height_em=up / TEXT_POINTS,
        depth_em=(depth + MARGIN_POINTS) / TEXT_POINTS,
    )
