"""Formulae of the author's text as pictures: the same in print and on the screen, where the typesetter knows no MathML."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass

from reportgen.report.resources import SVG, Resource

# The size of the running text. In points; the picture is scaled with the text around it.
TEXT_POINTS = 10.5
# Letters may reach over the box that the layout gives them. In points.
MARGIN_POINTS = 0.6
POINTS_PER_INCH = 72.0
# Small letters of the text's face are this much taller than those of the formulae's at the same size.
ENLARGED = 1.13
FAMILY = "stix"  # matplotlib's own serif face for formulae, beside the serif of the text
FRACTION, DISPLAYED_FRACTION = "\\frac", "\\dfrac"
#: In characters. No line of print holds more, and what is nested without end would exhaust the parser.
LONGEST = 500
ENVIRONMENT = re.compile(r"\\begin\s*\{[^}]*\}")
#: What matplotlib's parser says about itself, around what is wrong.
PARSER_WORDS = re.compile(r"^Parse\w*Exception: |\s*\(at char \d+\), \(line:\d+, col:\d+\)$")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A formula as a picture. ``width_em`` and ``depth_em`` are in sizes of the text around it; the depth reaches below the line."""

    tex: str
    picture: Resource
    width_em: float
    depth_em: float


def formula(tex: str, *, displayed: bool = False) -> Formula:
    """Return ``tex``, without its dollar signs, as a picture; one that is ``displayed`` in a line of its own has fractions of full size.

    Raises ``ValueError`` that says in one line why it is not understood.
    """
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    plain = " ".join(tex.split())
    if len(plain) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    text = f"${plain.replace(FRACTION, DISPLAYED_FRACTION) if displayed else plain}$"
    with matplotlib.rc_context({"mathtext.fontset": FAMILY, "svg.fonttype": "path", "svg.hashsalt": "reportgen"}):
        properties = FontProperties(size=TEXT_POINTS)
        try:
            # At 72 dots per inch a dot is a point.
            width, height, depth, _, _ = MathTextParser("path").parse(text, dpi=POINTS_PER_INCH, prop=properties)
        except ValueError as error:
            # The parser repeats the formula with a caret below the place; its last line says what is wrong.
            raise ValueError(cause_of(error, plain)) from error
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
        across, up = width + 2 * MARGIN_POINTS, height + 2 * MARGIN_POINTS
        figure = Figure(figsize=(across / POINTS_PER_INCH, up / POINTS_PER_INCH))
        figure.text(MARGIN_POINTS / across, (depth + MARGIN_POINTS) / up, text, fontproperties=properties, ha="left", va="baseline")
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    name = f"formula/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return Formula(
        tex=plain,
        picture=Resource(name=name, media_type=SVG, content=buffer.getvalue()),
        width_em=ENLARGED * across / TEXT_POINTS,
        depth_em=ENLARGED * (depth + MARGIN_POINTS) / TEXT_POINTS,
    )


def cause_of(error: ValueError, tex: str) -> str:
    """Return in one line what the parser found wrong, without the names of its own parts."""
    if ENVIRONMENT.search(tex):
        return f"{ENVIRONMENT.search(tex).group()} begins an environment, and there are none here: write each line as a formula of its own"  # type: ignore[union-attr]
    return PARSER_WORDS.sub("", str(error).strip().splitlines()[-1])
