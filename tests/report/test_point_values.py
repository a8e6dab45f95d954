"""What a figure says when one points at it lies where that is drawn, and has the digits of the tables: also figures that the example run has not."""

import io

import numpy as np
import pytest
from golden_cases import drawings
from made_results import suite_of, with_graphs, with_losses, with_modes, with_nights, with_variants
from PIL import Image

from reportgen.experiments.graphs.section import step_values
from reportgen.report.comparison_figures import drawn_findings
from reportgen.report.drawing import drawing_style, plain_fonts, saved
from reportgen.report.format import raised
from reportgen.report.plots import Picture, curves_in, panel_of
from reportgen.report.sections.curve_values import learning_values, time_values
from reportgen.report.sections.elements import Register
from reportgen.report.sections.modes import modes
from reportgen.report.sections.point_values import export_values, in_rows, loss_differences, night_values, part_values, ratio_values, ratio_words
from reportgen.report.sections.summary import ratio_figure
from reportgen.report.sections.variants import variants
from reportgen.report.trend.figure import drawn

NEAR = 5  # pixels around a point, at 100 to the inch: a dotted line has gaps
STEPS = 60


@pytest.fixture(scope="module")
def told(example_results, example_run_folder):
    """The curves of each figure, by the name of its golden picture."""
    graphs = with_graphs()
    nights = with_nights(example_results, example_run_folder)
    return {
        "curves": learning_values(example_results),
        "losses": learning_values(with_losses(example_results)),
        "step-losses": learning_values(with_losses(example_results, STEPS)),
        "times": time_values(example_results),
        "exported": export_values(example_results),
        "ratios": ratio_values(drawn_findings(example_results)),
        "compared": ratio_values(drawn_findings(example_results)),
        "parity-losses": loss_differences(example_results),
        "epoch-parts": part_values(example_results),
        "modes": modes(with_modes(example_results), Register()).figure.curves,
        "variants": variants(with_variants(example_results), Register()).figure.curves,
        "history": night_values(drawn(nights.history)),
        "suite": ratio_figure(suite_of(example_run_folder, ("first", "second", "third")), Register()).curves,
        "graphs": step_values(graphs.experiments[0], graphs),
    }


def test_every_point_is_drawn(told, example_results, example_run_folder):
    figures = drawings(example_results, example_run_folder)
    assert set(told) == set(figures)
    for name, draw in figures.items():
        with plain_fonts() as fonts, drawing_style(fonts):
            drawing = draw().figure
            png = saved(drawing, format="png", dpi=100)
        picture = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
        figure = Register().figure("any", "Any", "", "Any", "any", curves=told[name])
        places = curves_in(figure, Picture(b"", [panel_of(axes) for axes in drawing.axes]))
        down, across = picture.shape
        points = [point for curve in places for point in curve["points"]]
        assert len(points) == sum(len(curve.points) for curve in told[name]) > 0, name
        for x, y, words in points:
            column, row = round(x * across), round(y * down)
            near = picture[max(0, row - NEAR) : row + NEAR + 1, max(0, column - NEAR) : column + NEAR + 1]
            assert near.min() < 240, (name, words)


def test_values_are_those_of_the_tables(told, example_results):
    times = [duration for curve in told["modes"] for _, _, duration in curve.points]
    assert times[0].startswith("trial 1: ")
    assert len(times) == 3 * example_results.frameworks[0].n
    assert [curve.label for curve in told["variants"]] == ["TensorFlow", "TensorFlow, plain", "PyTorch", "PyTorch, next"]
    assert told["history"][0].points[0][2].startswith("2026-01-01: ")
    assert "[" in told["history"][0].points[0][2]
    assert [point[2].partition(", p95 ")[1] for point in told["exported"][0].points] == [", p95 "], "a model in memory has a latency alone"
    assert [curve.panel for curve in told["exported"][:4]] == [2, 0, 1, 2]
    assert {curve.label for curve in told["graphs"]} == {"TensorFlow, eager", "TensorFlow, tf.function", "PyTorch, eager"}


def test_exponents_are_raised_where_no_document_does_it():
    assert raised("1.2 \u00d7 10^\u22127") == "1.2 \u00d7 10\u207b\u2077"
    assert raised("2^10 and a^b") == "2\u00b9\u2070 and a^b"


def test_rows_count_from_the_top():
    first, second = in_rows([("a", 1.0, "one"), ("b", 2.0, "two")])
    assert (first.points, second.points) == (((1.0, 0.0, "one"),), ((2.0, 1.0, "two"),))
    assert ratio_words(0.30247, None) == "0.302"
