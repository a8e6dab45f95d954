"""The section on modes, on the example run with two modes made of its own trials."""

from __future__ import annotations

from pathlib import Path

import made_results
import pytest
from made_results import STEPS

from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.config import Config
from reportgen.report.drawings import make_resources
from reportgen.report.excerpts import training_part
from reportgen.report.markup import to_markup
from reportgen.report.mode_figures import limits, modes_figure
from reportgen.report.sections.elements import Register
from reportgen.report.sections.modes import modes
from reportgen.report.view import view


@pytest.fixture
def with_modes(example_results: Results) -> Results:
    return made_results.with_modes(example_results)


def test_without_modes_there_is_no_section(example_results: Results, tmp_path: Path) -> None:
    plain = example_results.model_copy(update={"modes": ()})
    assert modes(plain, Register()) is None
    assert "modes" not in view(plain, Config(folder=tmp_path)).headings


def test_the_table_has_a_row_for_every_mode_and_says_what_failed(with_modes: Results) -> None:
    section = modes(with_modes, Register())
    assert section is not None
    rows = [[cell.text for cell in row] for row in section.table.rows]
    assert len(rows) == 4
    assert rows[0][0].endswith("(MAIN), main")
    assert rows[1][0].endswith("(FAST), tuned")
    assert "7.25" in rows[1][4]
    assert rows[3][1] == "\u2013"
    assert section.failures == (f"{with_modes.modes[3].full_title} was not measured: there is no compiler.",)


def test_the_excerpt_is_the_function_that_takes_the_steps(with_modes: Results) -> None:
    assert training_part(f"import os\n\n\n{STEPS}".rstrip()) == STEPS.rstrip()
    assert training_part("x = 1") == "x = 1"
    assert training_part("no python at all {") == "no python at all {"
    section = modes(with_modes, Register())
    assert section is not None
    assert any("unmistakable_steps" in excerpt.code.markup for excerpt in section.excerpts)


def test_the_figure_shows_every_mode_that_was_measured(with_modes: Results) -> None:
    assert modes_figure(with_modes).svg.startswith(b"<svg ")


@pytest.mark.parametrize(
    ("values", "around"), [((0.3, 0.42), (0.2, 0.5)), ((0.04, 0.71), (0.02, 1.0)), ((1.0, 1.0), (1.0, 2.0)), ((7.0, 60.0), (5.0, 100.0))]
)
def test_the_axis_reaches_from_tick_to_tick(values: tuple[float, float], around: tuple[float, float]) -> None:
    assert limits(values) == pytest.approx(around)


def test_the_page_has_the_section_the_parity_of_modes_and_their_code_once(with_modes: Results, example_pictures: Pictures, tmp_path: Path) -> None:
    content = view(with_modes, Config(folder=tmp_path))
    page = to_markup(content, make_resources(with_modes, example_pictures, content), "screen", tmp_path)
    assert "Faster ways to train the same network" in page
    assert "What fast is." in page
    assert "there is no compiler" in page
    assert "P25 losses" in page
    titles = [source.title for source in content.appendix.sources]
    assert len(titles) == len(set(titles))
    assert any(title.endswith("(FAST): Training") for title in titles)
    assert not any("(MAIN)" in title for title in titles)
