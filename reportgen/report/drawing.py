"""What all figures share: the report's sans face, quiet axes, and SVG that is the same bytes every time."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.language import current, localised
from reportgen.report.compact import compact
from reportgen.report.data_tables import DataTable
from reportgen.report.format import DECIMALS
from reportgen.report.locate import templates_folder
from reportgen.report.plots import Picture, panel_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAMILY = "IBM Plex Sans"
FACES = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold")
WIDTH_INCHES = 6.3  # text width of A4 with 25 mm margins, so that letters in figures keep their nominal size
PNG_DPI = 200  # of figures that are asked for as files: sharp on a slide
GREY = "#555555"
GRID = "#e4e4e4"
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "reportgen",  # ids in the SVG would otherwise differ from run to run
    "font.size": 8.0,
    "axes.titlesize": 8.5,
    "axes.titleweight": "semibold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.0,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": "#222222",
    "ytick.labelcolor": "#222222",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
    "figure.facecolor": "white",  # opaque, so that it stays legible on a dark page
    "savefig.facecolor": "white",
}


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A figure as it was drawn, and the numbers that are in it. It becomes a picture only inside :func:`drawing_style`."""

    figure: Figure
    data: DataTable

    @property
    def svg(self) -> Picture:
        """The figure as SVG without a date, letters as paths, and beside it with text for a document that has the fonts."""
        import matplotlib

        localise(self.figure)
        content = compact(saved(self.figure, format="svg", metadata={"Date": None}))
        with matplotlib.rc_context({"svg.fonttype": "none"}), settled(self.figure):
            with_text = compact(saved(self.figure, format="svg", metadata={"Date": None}))
        # The layout is settled by drawing: only now is it known where the axes are.
        return Picture(content, tuple(panel_of(axes) for axes in self.figure.axes), with_text)

    @property
    def png(self) -> bytes:
        """The figure as PNG."""
        localise(self.figure)
        return saved(self.figure, format="png", dpi=PNG_DPI, metadata={"Software": None})


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A picture that is made of images of the data set, as PNG, and what is behind it."""

    png: bytes
    data: DataTable


def wrapped(png: bytes) -> bytes:
    """Return a PNG inside of an SVG."""
    width, height = (int.from_bytes(png[start : start + 4]) for start in (16, 20))  # where a PNG has them
    source = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
    frame = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame} viewBox="0 0 {width} {height}"><image {frame} href="{source}"/></svg>\n'.encode()


@contextmanager
def plain_fonts() -> Iterator[Path]:
    """Yield a folder with the bundled sans faces as TTF files, which is what matplotlib and Pillow can open."""
    from fontTools.ttLib import TTFont

    with tempfile.TemporaryDirectory(prefix="reportgen-fonts-") as folder:
        for face in FACES:
            font = TTFont(templates_folder() / "fonts" / f"{face}.woff2")
            font.flavor = None
            font.save(Path(folder) / f"{face}.ttf")
        yield Path(folder)


@contextmanager
def drawing_style(fonts: Path) -> Iterator[None]:
    """Use the report's style for every figure drawn inside; ``fonts`` is what :func:`plain_fonts` yields."""
    import matplotlib
    from matplotlib import font_manager

    before = list(font_manager.fontManager.ttflist)
    for face in FACES:
        font_manager.fontManager.addfont(fonts / f"{face}.ttf")
    try:
        # matplotlib types its settings one by one; this is simply a mapping of them.
        settings: Any = {**SETTINGS, "font.family": FAMILY}
        with matplotlib.rc_context(settings):
            yield
    finally:
        font_manager.fontManager.ttflist = before


def new_figure(height_inches: float, rows: int, columns: int, **options: Any) -> tuple[Figure, list[list[Axes]]]:
    """Return a figure of the report's width with a grid of axes, light horizontal rules behind the data."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False, **options)
    for axes in grid.flat:
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
    return figure, [list(row) for row in grid]


def localise(figure: Figure) -> None:
    """Let the numbers of all axes have the decimal mark of the language that is spoken; words at ticks, such as names of rows, keep their points."""
    if current().decimal_mark == ".":
        return
    from matplotlib.ticker import FuncFormatter, NullFormatter

    figure.draw_without_rendering()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            for formatter, change in ((axis.get_major_formatter(), axis.set_major_formatter), (axis.get_minor_formatter(), axis.set_minor_formatter)):
                if not isinstance(formatter, NullFormatter):
                    change(FuncFormatter(lambda value, place, inner=formatter: with_marks(inner(value, place))))


def with_marks(label: str) -> str:
    """Return the label of a tick with the decimal mark of the language in its numbers; a point in a name is none."""
    return DECIMALS.sub(lambda found: localised(found[0]), label)


@contextmanager
def settled(figure: Figure) -> Iterator[None]:
    """Keep the layout that the last drawing came to, which is half of the work of the next."""
    engine = figure.get_layout_engine()
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(engine)


def saved(figure: Figure, **options: Any) -> bytes:
    """Return what matplotlib would write to a file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, **options)
    return buffer.getvalue()
